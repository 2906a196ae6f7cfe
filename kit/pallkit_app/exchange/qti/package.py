"""The test that puts the items in order, and the manifest of the content package."""

from __future__ import annotations

from collections.abc import Sequence

from pallkit import __version__
from pallkit.cases import Case, Prose
from pallkit.i18n import Language
from pallkit_app.exchange.qti.items import item_id
from pallkit_app.exchange.qti.outcomes import VARIABLES
from pallkit_app.exchange.qti.xml import Element, document, make, put, root
from pallkit_app.exchange.telling import notices_of

TEST = "test.xml"
LOSS = "loss.txt"
MANIFEST = "imsmanifest.xml"
_PACKAGING = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_PACKAGING_XSD = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd"
_SUMMED = ("SCORE", "MAXSCORE", *VARIABLES.values())


def item_file(step: str) -> str:
    """Where the item of a step lies in the package."""
    return f"items/{step}.xml"


def sequence_xml(case: Case, texts: Prose, lang: Language, steps: Sequence[str]) -> str:
    """The items one after the other, answered once each, with their points added up."""
    items = [
        make("qti-assessment-item-ref", identifier=item_id(step), href=item_file(step))
        for step in steps
    ]
    control = make("qti-item-session-control", max_attempts="1", show_feedback="true")
    section = make(
        "qti-assessment-section",
        _rubric(notices_of(case, texts, lang)),
        *items,
        identifier="section",
        title=texts.title,
        visible="true",
    )
    part = make(
        "qti-test-part",
        control,
        section,
        identifier="part",
        navigation_mode="linear",
        submission_mode="individual",
    )
    test = root(
        "qti-assessment-test",
        *(_declared(name) for name in _SUMMED),
        part,
        make("qti-outcome-processing", *(put(name, _sum(name)) for name in _SUMMED)),
        identifier=f"test-{case.id}",
        title=texts.title,
        tool_name="PallKit",
        tool_version=__version__,
    )
    test.set("xml:lang", lang)
    return document(test)


def manifest_xml(case: Case, steps: Sequence[str]) -> str:
    """Every file of the package with its kind; the test depends on the items."""
    depends = [make("dependency", identifierref=item_id(step)) for step in steps]
    resources = [
        _resource("test", "imsqti_test_xmlv3p0", TEST, *depends),
        *(_resource(item_id(step), "imsqti_item_xmlv3p0", item_file(step)) for step in steps),
        _resource("loss", "webcontent", LOSS),
    ]
    manifest = root(
        "manifest",
        make(
            "metadata",
            make("schema", text="QTI Package"),
            make("schemaversion", text="3.0.0"),
        ),
        make("organizations"),
        make("resources", *resources),
        space=_PACKAGING,
        xsd=_PACKAGING_XSD,
        identifier=f"pallkit-{case.id}-{case.version}",
    )
    return document(manifest)


def _rubric(notices: Sequence[str]) -> Element:
    body = make("qti-content-body", *(make("p", text=one) for one in notices))
    return make("qti-rubric-block", body, use="instructions", view="candidate")


def _declared(name: str) -> Element:
    return make("qti-outcome-declaration", identifier=name, cardinality="single", base_type="float")


def _sum(name: str) -> Element:
    return make("qti-sum", make("qti-test-variables", variable_identifier=name))


def _resource(identifier: str, kind: str, file: str, *more: Element) -> Element:
    return make(
        "resource", make("file", href=file), *more, identifier=identifier, type=kind, href=file
    )
