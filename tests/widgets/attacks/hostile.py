"""Values that nobody types by mistake, and messages of ours with such values put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from pallkit_widgets import (
    AnswerBox,
    CasePlayer,
    OpioidCalculator,
    PracticeTasks,
    Preflight,
    PumpCalculator,
    RatioSetBrowser,
)
from pallkit_widgets.pump_calculator.forms import MIXTURE, PUMP
from pallkit_widgets.shared.base import PallkitWidget

LONG = 39_000
"""Just below what a message may hold."""
PATTERNS = (
    *(
        "1",
        "9",
        "0",
        "0.",
        "1.",
        "1 ",
        "1\u00a0",
        "1,",
        "1-",
        "- ",
        "– ",
        "1/",
        "(",
        "1(",
        ")",
        "%",
    ),
    *(
        "mg ",
        "mg/",
        "1 mg ",
        "1 mg x ",
        "1 mg x 2 ",
        "morfin ",
        "morfin po ",
        "morfin po 10 mg x 2;",
    ),
    *(";", "|", "|set=", "=", "behov ", "ved behov ", "behov 3 ", "v/b ", "skift ", "bytt hver "),
    *("\n", "\n1", "1%", "+", "e9", "1e9", "١", "１", "²", "½", "{", "{0}", "{text}", "%s", "\\"),
    *(
        "\u202e",
        "\x00",
        "\ud800",
        "😀",
        "İ",
        "ß",
        "ﬁ",
        "a.",
        "a@",
        "1:",
        "01",
        "ug ",
        "µg",
        "/24 t ",
    ),
    *(
        "hver 4. time ",
        "x 1 ",
        "dråper ",
        "(5 ) mg",
        "depot",
        "1 000 ",
        "1.000",
        "10 mg + 20 mg ",
        "a1",
    ),
)
MARKUP = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style><script>x</script>"),
    *(
        "[x](javascript:alert(1))",
        '"><svg onload=alert(1)>',
        "<iframe srcdoc=x>",
        "{{7*7}}",
        "${7*7}",
    ),
    *(
        "../../../../etc/passwd",
        "smerte-kan-ikke-svelge/../x",
        "..%2f",
        "C:\\",
        "/dev/zero",
        "\x1b[31m",
    ),
    *("IPY_MODEL_layout", "__class__", "__proto__", "constructor", "svar.jsonl", "a" * 5000),
)


def _repeated(pattern: str, length: int) -> str:
    return (pattern * (length // len(pattern) + 1))[:length]


LONG_TEXTS = st.builds(
    lambda before, pattern, length, after: before + _repeated(pattern, length) + after,
    st.sampled_from(["", "10 mg ", "morfin po ", "1"]),
    st.sampled_from(PATTERNS),
    st.sampled_from([1, 11, 50, 60, 500, 800, 2000, 8000, LONG]),
    st.sampled_from(["", "!", "x", " mg"]),
)
TEXTS = LONG_TEXTS | st.sampled_from(MARKUP) | st.text(max_size=80)
NUMBERS = st.sampled_from(
    [
        0,
        -1,
        1,
        2**31,
        2**53,
        2**63,
        -(2**63),
        10**400,
        float("nan"),
        float("inf"),
        -0.0,
        1e308,
        True,
    ]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS | NUMBERS | st.none() | st.binary(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=10) | st.sampled_from(["id", "type", "step"]), inner, max_size=4
        )
    ),
    max_leaves=6,
)
DEEP: Any = {}
for _level in range(5000):
    DEEP = {"a": [DEEP]}

_ROW = {"drug": "morphine", "route": "oral", "dose": "10 mg x 2", "use": "fixed", "given": "", "change": ""}  # fmt: skip # noqa: E501
_FORM = {
    "rows": [_ROW, _ROW | {"dose": "10 mg", "use": "as_needed", "given": "3"}],
    "set": "helsedirektoratet",
    "to": "oxycodone oral",
    "reduce": {"kind": "number", "number": "25", "rule": ""},
    "rescue": {"rule": "one-sixth", "of": ""},
    "gfr": "40",
    "flags": ["frail"],
}
_PUMP = dict.fromkeys(PUMP, "") | {
    "drug": "morfin",
    "dose": "60 mg/24 t",
    "concentration": "10 mg/ml",
    "reservoir": "50",
    "bolus": "5 mg",
    "lockout": "30",
    "hours": "24",
}
_MIXTURE = dict.fromkeys(MIXTURE, "") | {
    "reservoir": "50 ml",
    "hours": "24",
    "parts": [{"drug": "morfin", "amount": "60 mg", "strength": "10 mg/ml"}],
}
_START = {"doses": "morfin po 30 mg x 2", "to": "morfin sc", "reduce": "none", "sets": ["klb-2008"]}
_CHOICE = {"step": "vurder", "option": "ring-lege", "sure": "7"}

Seeds = Sequence[Mapping[str, Any]]
ANSWER: Seeds = (
    {"type": "save", "text": "40 mg/24 t"},
    {"type": "save_sure", "text": "a\nb", "sure": 5},
    {"type": "withdraw", "number": 1},
)
OPTIONS = {"a": "A", "b": "B"}
WIDGETS: dict[str, tuple[Callable[[], PallkitWidget], Seeds]] = {
    "case player": (
        lambda: CasePlayer("smerte-kan-ikke-svelge"),
        (
            {"type": "decide", "decision": _CHOICE},
            {"type": "decide", "decision": {"step": "regn-om", "dose": "30 mg/24 t"}},
            {
                "type": "decide",
                "decision": {"step": "tanker", "text": "x", "picks": "a b", "order": "a"},
            },
            {"type": "level", "level": "A"},
            {"type": "undo"},
            {"type": "restart"},
        ),
    ),
    "calculator": (
        OpioidCalculator,
        (
            {"type": "calculate", "form": _FORM},
            {"type": "compare", "form": _FORM},
            {"type": "practice", "form": _FORM},
            {"type": "answer", "answer": "30 mg"},
        ),
    ),
    "pump calculator": (
        PumpCalculator,
        (
            {"type": "pump", "form": _PUMP},
            {"type": "mixture", "form": _MIXTURE},
            {"type": "start", "form": _START},
        ),
    ),
    "table browser": (
        RatioSetBrowser,
        (
            {"type": "tab", "tab": "drug"},
            {"type": "open", "set": "klb-2008"},
            {"type": "drug", "drug": "kodein po"},
            {"type": "find", "text": "oksykodon"},
            {"type": "methadone", "shown": True},
        ),
    ),
    "practice tasks": (
        PracticeTasks,
        (
            {"type": "check", "task": 0, "text": "40 mg"},
            {"type": "choose", "task": 0, "choice": 1},
            {"type": "choices", "task": 0, "shown": True},
            {"type": "go", "task": 1},
            {"type": "fetch", "seed": "kurs", "level": "A"},
            {"type": "another"},
        ),
    ),
    "dose": (lambda: AnswerBox("oppgave", log=None), ANSWER),
    "number": (lambda: AnswerBox("oppgave", "number", log=None), ANSWER),
    "text": (lambda: AnswerBox("oppgave", "text", log=None), ANSWER),
    "choice": (
        lambda: AnswerBox("oppgave", "choice", options=OPTIONS, several=True, log=None),
        ANSWER,
    ),
    "ranking": (
        lambda: AnswerBox("oppgave", "ranking", options=OPTIONS, certainty=True, log=None),
        ANSWER,
    ),
    "check before handing in": (
        Preflight,
        ({"type": "check", "unsaved": "yes"}, {"type": "mend", "unsaved": "no"}, {"type": "undo"}),
    ),
}


@st.composite
def messages(draw: st.DrawFn, seeds: Seeds) -> Any:
    """A message of ours with one to three of its parts exchanged, added or taken away."""
    message: Any = deepcopy(dict(draw(st.sampled_from(seeds))))
    for _turn in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(_paths(message)))
        inside = message
        for key in way:
            inside = inside[key]
        act = draw(st.sampled_from(["exchange"] * 6 + ["take away", "add"]))
        if act == "exchange":
            inside[last] = draw(VALUES)
        elif act == "take away":
            del inside[last]
        elif isinstance(inside, dict):
            inside[draw(st.text(max_size=10))] = draw(VALUES)
        if not isinstance(message, dict) or not _paths(message):
            break
    return message


def _paths(value: Any) -> list[tuple[Any, ...]]:
    """The way to each part of a message."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, ...]] = []
    for key, part in pairs:
        found.append((key,))
        if isinstance(part, dict | list):
            found += [(key, *way) for way in _paths(part)]
    return found
