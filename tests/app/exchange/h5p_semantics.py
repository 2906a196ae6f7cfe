"""What H5P's libraries say their content may be, for tests.

Put down from the ``semantics.json`` of H5P.BranchingScenario, H5P.BranchingQuestion 1.0 and
H5P.AdvancedText 1.1 (Joubel AS, MIT licence, https://github.com/h5p), and the rules for
``h5p.json`` in H5P's PHP library: only what a content-only package of ours can have in it.
``proceedButtonText`` of a content stands in the libraries' own translations of 1.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

ALWAYS = {"div", "span", "p", "br"}
"""Tags H5P adds to every field that has tags at all."""
_FEW = ("strong", "em", "del", "code")
_LISTED = {"ul", "ol"}


def text(*tags: str, optional: bool = False) -> dict[str, Any]:
    return {"type": "text", "tags": tags, "optional": optional}


def number(**bounds: float | bool) -> dict[str, Any]:
    return {"type": "number", **bounds}


def group(**fields: object) -> dict[str, Any]:
    return {"type": "group", "fields": fields}


def select(*options: str, optional: bool = False) -> dict[str, Any]:
    return {"type": "select", "options": options, "optional": optional}


FEEDBACK = group(
    title=text(*_FEW),
    subtitle=text(*_FEW, optional=True),
    endScreenScore=number(optional=True),
)
SWITCH = select("useBehavioural", "enabled", "disabled", optional=True)
CONTENT = group(
    type={
        "type": "library",
        "options": ("H5P.BranchingQuestion 1.0", "H5P.AdvancedText 1.1"),
    },
    showContentTitle={"type": "boolean"},
    proceedButtonText={**text(), "most": 50},
    forceContentFinished=SWITCH,
    nextContentId=number(optional=True),
    feedback=FEEDBACK,
    contentBehaviour=SWITCH,
)
SCENARIO = group(
    branchingScenario=group(
        title=text(),
        startScreen=group(
            startScreenTitle=text(*_FEW, "a", optional=True),
            startScreenSubtitle=text(*_FEW, "a", optional=True),
        ),
        endScreens={
            "type": "list",
            "least": 0,
            "field": group(
                endScreenTitle=text(*_FEW, "a", optional=True),
                endScreenSubtitle=text(*_FEW, "a", optional=True),
                endScreenScore=number(optional=True),
                contentId=number(most=0),
            ),
        },
        content={"type": "list", "least": 1, "field": CONTENT},
        scoringOptionGroup=group(
            scoringOption=select("static-end-score", "dynamic-score", "no-score"),
            includeInteractionsScores={"type": "boolean", "optional": True},
        ),
        behaviour=group(
            enableBackwardsNavigation={"type": "boolean", "optional": True},
            forceContentFinished={"type": "boolean", "optional": True},
        ),
        l10n=group(
            **dict.fromkeys(
                (
                    "startScreenButtonText",
                    "endScreenButtonText",
                    "backButtonText",
                    "proceedButtonText",
                    "disableProceedButtonText",
                    "replayButtonText",
                    "scoreText",
                    "fullscreenAria",
                ),
                text(),
            )
        ),
    )
)
PARAMS = {
    "H5P.AdvancedText 1.1": group(
        text=text("strong", "em", "del", "a", "ul", "ol", "h2", "h3", "h4", "h5", "h6", "hr")
    ),
    "H5P.BranchingQuestion 1.0": group(
        branchingQuestion=group(
            question=text("strong", "em", "sub", "sup", "h2", "h3"),
            alternatives={
                "type": "list",
                "least": 2,
                "field": group(text=text(), nextContentId=number(), feedback=FEEDBACK),
            },
        )
    ),
}
PACKAGE = {
    "title": r".{1,255}",
    "language": r"[-a-zA-Z]{1,10}",
    "defaultLanguage": r"[-a-zA-Z]{1,10}",
    "mainLibrary": r"[$A-Za-z_][0-9A-Za-z_.$]{1,254}",
    "license": r"CC BY|CC BY-SA|U",
    "licenseVersion": r"4\.0",
    "authorComments": r"(?s).{1,5000}",
}


def faults(rule: Mapping[str, Any], value: object, place: str = "") -> Iterator[str]:
    """Every place where ``value`` is not what ``rule`` says."""
    check = _CHECKS[rule["type"]]
    yield from (f"{place}: {fault}" for fault in check(rule, value))
    if rule["type"] == "group" and isinstance(value, Mapping):
        for name, below in rule["fields"].items():
            if name in value:
                yield from faults(below, value[name], f"{place}.{name}")
            elif not below.get("optional"):
                yield f"{place}.{name}: missing"
    if rule["type"] == "list" and isinstance(value, list):
        for at, one in enumerate(value):
            yield from faults(rule["field"], one, f"{place}[{at}]")
    if rule["type"] == "library" and isinstance(value, Mapping):
        yield from faults(PARAMS[value["library"]], value["params"], f"{place}.params")


def _group(rule: Mapping[str, Any], value: object) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield "not a group"
        return
    yield from (f"{name} is not in the semantics" for name in set(value) - set(rule["fields"]))


def _list(rule: Mapping[str, Any], value: object) -> Iterator[str]:
    if not isinstance(value, list) or len(value) < rule["least"]:
        yield "not a list, or too short"


def _text(rule: Mapping[str, Any], value: object) -> Iterator[str]:
    if not isinstance(value, str):
        yield "not a text"
        return
    if len(value) > rule.get("most", 100_000):
        yield "too long"
    allowed = {*ALWAYS, *rule["tags"]} if rule["tags"] else set()
    allowed |= {"li"} if allowed & _LISTED else set()
    root = ET.fromstring(f"<body>{value}</body>")  # noqa: S314  # ours
    for one in root.iter():
        if one is not root and one.tag not in allowed:
            yield f"the tag {one.tag}"
        if set(one.attrib) - ({"href"} if one.tag == "a" else set()):
            yield f"attributes of {one.tag}"


def _number(rule: Mapping[str, Any], value: object) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int) or value > rule.get("most", value):
        yield "not such a number"


def _select(rule: Mapping[str, Any], value: object) -> Iterator[str]:
    if value not in rule["options"]:
        yield f"{value} is not an option"


def _boolean(_rule: Mapping[str, Any], value: object) -> Iterator[str]:
    if not isinstance(value, bool):
        yield "not true or false"


def _library(rule: Mapping[str, Any], value: object) -> Iterator[str]:
    wanted = {"library", "params", "subContentId", "metadata"}
    if not isinstance(value, Mapping) or set(value) != wanted:
        yield "not a library"
    elif value["library"] not in rule["options"]:
        yield f"{value['library']} is not a library of the scenario"
    elif not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value["subContentId"]):
        yield "no UUID"
    elif not {"contentType", "license", "title"} <= set(value["metadata"]):
        yield "the metadata"


_CHECKS = {
    "group": _group,
    "list": _list,
    "text": _text,
    "number": _number,
    "select": _select,
    "boolean": _boolean,
    "library": _library,
}
