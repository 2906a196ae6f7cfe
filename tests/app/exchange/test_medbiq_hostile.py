"""A hostile or broken virtual patient is refused in one line; without the one defence it gets in.

The zip's and the parser's own defences are tested beside, for every file; here each of them,
and those of this format, is shown to stand in the way of an import.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.sax import make_parser
from xml.sax.handler import feature_external_ges
from xml.sax.xmlreader import XMLReader

import pytest
import xmlschema
from tests.app.exchange.virtual_patients import (
    XSI,
    Files,
    availability,
    by_hand,
    data,
    labyrinth,
    link,
    model,
    node,
    packed,
    pathways,
    said,
    shows,
    text,
)

from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES, render
from pallkit_app.exchange import markup, package
from pallkit_app.exchange.markup import read_xml
from pallkit_app.exchange.medbiq import validity
from pallkit_app.exchange.medbiq.decoding import COUNTS, Counts
from pallkit_app.exchange.medbiq.importing import Incoming, import_case, read_case
from pallkit_app.exchange.medbiq.markdown import to_markdown
from pallkit_app.exchange.medbiq.reading import TRUST, Trust
from pallkit_app.exchange.medbiq.xhtml import html_tree

AM = "activitymodel.xml"
VPD = "virtualpatientdata.xml"


def trusting_parser() -> XMLReader:
    parser: XMLReader = make_parser()  # noqa: S317  # the danger is what is tested
    parser.setFeature(feature_external_ges, True)  # noqa: FBT003  # the library's signature
    return parser


def changed(name: str, find: bytes, put: bytes, files: Files | None = None) -> Files:
    files = files or labyrinth()
    assert find in files[name]
    return {**files, name: files[name].replace(find, put, 1)}


def bomb() -> Files:
    return {**labyrinth(), "media/zeros.bin": bytes(65 * 1024 * 1024)}


def climbing() -> Files:
    return {**labyrinth(), "../../outside.txt": b"x"}


def laughing() -> Files:
    entities = b'<!DOCTYPE ActivityModel [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    files = changed(AM, b"Vaktrommet", b"&b;")
    return {**files, AM: entities + files[AM]}


def huge_counter() -> Files:
    return changed(AM, b"<CounterRuleValue>5<", b"<CounterRuleValue>" + b"9" * 400 + b"<")


def large_counter() -> Files:
    return changed(AM, b"<CounterRuleValue>5<", b"<CounterRuleValue>1000001<")


def many_nodes(count: int = 2100) -> Files:
    return {
        AM: model(
            '<ActivityNodes><NodeSection id="s" label="s">'
            + "".join(node(str(number), "n", "d") for number in range(count))
            + f"</NodeSection></ActivityNodes><Links>{link('0', '1', 'n')}</Links>"
        ),
        "dataavailabilitymodel.xml": availability(shows("d", text("t"))),
        VPD: data(said("t", "<p>t</p>")),
    }


def many_elements() -> Files:
    return {**labyrinth(), AM: b"<a>" + b"<b/>" * 100_000 + b"</a>"}


def deep_text() -> Files:
    inside = b"<span>" * 101 + b"x" + b"</span>" * 101
    return changed(VPD, b"Arne er", inside, _flat(pathways()))


def _flat(files: Files) -> Files:
    made = {name.removeprefix("MVP/"): content for name, content in files.items()}
    made.pop("imsmanifest.xml")
    return made


def long_text() -> Files:
    return changed(VPD, b"Arne er", b"ord " * 6000, _flat(pathways()))


def long_texts() -> Files:
    files = _flat(pathways())
    more = "".join(said(f"T{number}", "ord " * 4500) for number in range(60))
    return changed(VPD, b"<XtensibleInfo>", more.encode() + b"<XtensibleInfo>", files)


def not_valid() -> Files:
    return changed(AM, b"<ActivityNodes>", b"<Surprise/><ActivityNodes>")


def missing_file() -> Files:
    return changed("imsmanifest.xml", b"media/bilde.png", b"media/annet.png")


def elsewhere() -> Files:
    return changed("imsmanifest.xml", b'href="media/bilde.png"', b'href="http://127.0.0.1:9/x.png"')


def climbing_manifest() -> Files:
    return changed("imsmanifest.xml", b'href="media/bilde.png"', b'href="../../etc/passwd"')


WIDE = package.Limits(unpacked=100)
PARTS = [one for one in package.GUARDS if one is not package.stays_inside]
ATTACKS = [
    pytest.param(bomb, replace(TRUST, files=WIDE), "unpack to more than 64 MB", id="zip bomb"),
    pytest.param(climbing, replace(TRUST, guards=PARTS), "is not safe", id="path traversal"),
    pytest.param(
        laughing, replace(TRUST, parser=trusting_parser), "document type", id="entities in entities"
    ),
    pytest.param(
        large_counter,
        replace(TRUST, counts=replace(COUNTS, value=10**7)),
        "is not between -1000000 and 1000000",
        id="a large counter",
    ),
    pytest.param(
        huge_counter,
        replace(TRUST, counts=replace(COUNTS, value=10**401)),
        "is not between",
        id="a counter of 400 digits",
    ),
    pytest.param(
        many_nodes,
        replace(TRUST, counts=replace(COUNTS, nodes=3000), validated=False),
        "more than 2000 of ActivityNode",
        id="too many nodes",
    ),
    pytest.param(
        deep_text,
        replace(TRUST, xml=markup.Limits(depth=1000)),
        "more than 100 deep",
        id="elements too deep",
    ),
    pytest.param(
        long_text,
        replace(TRUST, counts=replace(COUNTS, text=10**6)),
        "more than 20000 characters",
        id="a text without end",
    ),
    pytest.param(
        long_texts,
        replace(TRUST, counts=replace(COUNTS, texts=10**7)),
        "more than 1000000 characters in all",
        id="texts without end",
    ),
    pytest.param(
        not_valid, replace(TRUST, validated=False), "does not follow the standard", id="invalid"
    ),
    pytest.param(
        missing_file, replace(TRUST, whole=False), "is not in the package", id="a missing file"
    ),
    pytest.param(
        elsewhere, replace(TRUST, whole=False), "is not in the package", id="a file elsewhere"
    ),
    pytest.param(
        climbing_manifest,
        replace(TRUST, whole=False),
        "is not in the package",
        id="a manifest that climbs",
    ),
]


def came_in(folder: Path, files: Files, trust: Trust) -> Incoming:
    return read_case(packed(folder / "package.zip", files), "kopi", trust=trust)


@pytest.mark.parametrize(("make", "_open", "why"), ATTACKS)
def test_is_refused_in_one_line_and_writes_nothing(
    make: Callable[[], Files], _open: Trust, why: str, tmp_path: Path
) -> None:
    path = packed(tmp_path / "package.zip", make())
    with pytest.raises(PallkitError, match=why) as raised:
        import_case(path, "kopi", root=tmp_path, invented=True)
    for lang in LANGUAGES:
        line = render(raised.value.message, lang)
        assert line.isprintable()
        assert len(line) < 330
    assert [one.name for one in tmp_path.iterdir()] == ["package.zip"]


@pytest.mark.parametrize(("make", "trust", "_why"), ATTACKS)
def test_gets_in_without_the_one_defence(
    make: Callable[[], Files], trust: Trust, _why: str, tmp_path: Path
) -> None:
    assert came_in(tmp_path, make(), trust).case["steps"]


def test_an_external_entity_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("nøkkelen til skapet", encoding="utf-8")
    files = changed(VPD, b"Arne er", b"&x; er", _flat(pathways()))
    entity = f'<!DOCTYPE VirtualPatientData [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    files[VPD] = entity.encode() + files[VPD]
    with pytest.raises(PallkitError, match="document type"):
        came_in(tmp_path, files, TRUST)
    made = came_in(tmp_path, files, replace(TRUST, parser=trusting_parser))
    assert "nøkkelen til skapet" in str(made.texts)


def test_a_hundred_thousand_nodes_are_refused_before_they_are_a_tree(tmp_path: Path) -> None:
    path = packed(tmp_path / "package.zip", many_elements())
    begun = time.perf_counter()
    with pytest.raises(PallkitError, match="more than 100000 elements"):
        read_case(path, "kopi")
    assert time.perf_counter() - begun < 20
    wide = markup.Limits(elements=200_000)
    assert len(read_xml(many_elements()[AM], AM, limits=wide)) == 100_000


def test_where_an_instance_says_its_schema_lies_is_not_followed(tmp_path: Path) -> None:
    evil = tmp_path / "evil.xsd"
    evil.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:evil">'
        '<xs:element name="x"/></xs:schema>',
        encoding="utf-8",
    )
    told = f'xmlns:e="urn:evil" xmlns:xsi="{XSI}" xsi:schemaLocation="urn:evil {evil.as_uri()}"'
    put = f"</Links><XtensibleInfo><e:x {told}/></XtensibleInfo>"
    files = changed(AM, b"</Links>", put.encode(), _flat(pathways()))
    assert came_in(tmp_path, files, TRUST).case["steps"]
    assert "urn:evil" not in validity.schema_of(AM).maps.namespaces
    # The same file, where the library may follow: it opens the schema and keeps it.
    held = xmlschema.XMLResource(files[AM].decode(), allow="all")
    trusting = xmlschema.XMLSchema(validity.schema_of(AM).url, allow="all")
    assert list(trusting.iter_errors(held, use_location_hints=True)) == []
    assert "urn:evil" in trusting.maps.namespaces


def test_links_in_a_circle_are_let_in_and_end(tmp_path: Path) -> None:
    links = link("a", "b", "n") + link("b", "a", "n")
    files = {
        AM: model(
            '<ActivityNodes><NodeSection id="s" label="s">'
            + node("a", "A", "d")
            + node("b", "B", "d")
            + f"</NodeSection></ActivityNodes><Links>{links}</Links>"
        ),
        "dataavailabilitymodel.xml": availability(shows("d", text("t"))),
        VPD: data(said("t", "<p>t</p>")),
    }
    assert [one["id"] for one in came_in(tmp_path, files, TRUST).case["steps"]] == ["a", "b"]


@pytest.mark.parametrize("name", [AM, "dataavailabilitymodel.xml", VPD])
def test_a_package_without_one_of_its_files_is_refused(name: str, tmp_path: Path) -> None:
    files = labyrinth()
    content = files.pop(name)
    with pytest.raises(PallkitError, match="is not a virtual patient of the standard"):
        came_in(tmp_path, files, TRUST)
    twice = {**files, name: content, f"copy/{name}": content}
    with pytest.raises(PallkitError, match=f"several files called {name}"):
        came_in(tmp_path, twice, TRUST)


@pytest.mark.parametrize("sample", [labyrinth, pathways, by_hand])
def test_a_package_with_any_byte_changed_is_let_in_or_refused_and_nothing_else(
    sample: Callable[[], Files],
    tmp_path: Path,
    whole: bool,  # noqa: FBT001  # pytest hands fixtures over by name
) -> None:
    files = sample()
    for name, content in files.items():
        step = max(1, len(content) // (250 if whole else 25))
        for place in range(0, len(content), step):
            mangled = content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]
            try:
                came_in(tmp_path, {**files, name: mangled}, Trust(validated=whole))
            except PallkitError:
                continue


@pytest.mark.parametrize(
    "sign",
    ["<a ", "<!", "<![", "<!--", "</", "<a b='", "&", "&#", "<b>", "<ul><li>", "<table><tr>"],
)
def test_html_made_to_take_for_ever_takes_no_time(sign: str) -> None:
    begun = time.perf_counter()
    html_tree(sign * 20_000, kept={"a": ("href",)})
    to_markdown(html_tree(sign * (20_000 // len(sign)), kept={}), set())
    assert time.perf_counter() - begun < 20


def test_what_is_allowed_is_far_above_any_case() -> None:
    assert Counts() == COUNTS
    assert COUNTS.nodes >= 50 * 20
