"""The language of conditions: closed, total, and clear about what it cannot read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.rich_case import rich_case

from pallkit.cases import begin, structure
from pallkit.cases.conditions import kind_of, names_in, read_condition, words_in
from pallkit.errors import ContentError

STATE = begin(structure(rich_case()))  # pain 6, at home, at 0 h, weeks left


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("pain >= 6", True),
        ("pain > 6", False),
        ("pain == 6 and nausea == 3", True),
        ("pain < 6 or nausea <= 3", True),
        ("not pain < 6", True),
        ("pain between 4 and 6", True),
        ("pain between 4 and 6 and not danger", True),
        ("pain between 7 and 9", False),
        ("place == home", True),
        ("place != home", False),
        ("frame == weeks", True),
        ("level == A", True),
        ("clock < 24 h", True),
        ("clock >= 1 min", False),
        ("temperature >= 372", True),
        ("pulse >= 0", False),  # not measured: not known, so not so
        ("not pulse >= 0", True),
        ("open.ring-lege", True),
        ("open.noe-annet", False),
        ("on.depot", True),
        ("seen.sporre", True),
        ("knows.vaker", False),
        ("worry.kona >= 6", True),
        ("wish.kona == hjemme", True),
        ("wish.tolken == hjemme", False),
        ("chose.vei == vanlig", False),
        ("chose.vei != vanlig", False),
        ("ratio.regn > 0", False),
        ("points.safety == 0", True),
        ("danger", False),
        ("pain >= 9 and nausea >= 9 or place == home", True),
        ("pain >= 9 and (nausea >= 9 or place == home)", False),
    ],
)
def test_a_condition_means_what_it_says(text: str, *, holds: bool) -> None:
    assert read_condition(text).holds(STATE) is holds


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "stops too early"),
        ("smerte >= 7", "not something a condition can ask about"),
        ("pain", "there must be a comparison"),
        ("pain >= home", "compared with a number"),
        ("pain = 7", "not understood"),
        ("place >= home", "compare it with == or !="),
        ("place between 1 and 2", "compare it with == or !="),
        ("clock >= 24", "as 24 h"),
        ("pain between 6 and 4", "lowest number first"),
        ("pain between 4 or 6", "with “and”"),
        ("(pain >= 7", "not closed"),
        ("pain >= 7 pain", "not understood here"),
        ("__import__('os')", "not understood"),
        ("told.kona", "not something"),
        ("knows.a.b", "not something"),
        ("not " * 20 + "danger", "too deep"),
        ("pain >= 7 and " * 30 + "danger", "longer than"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ContentError, match=reason):
        read_condition(text)


@given(st.text(max_size=400))
def test_any_text_is_a_condition_or_a_clear_refusal(text: str) -> None:
    try:
        held = read_condition(text).holds(STATE)
    except ContentError:
        return
    assert held in {True, False}


@given(
    st.recursive(
        st.sampled_from(["pain >= 5", "danger", "place == home", "nausea between 1 and 3"]),
        lambda inner: (
            st.builds("({}) {} ({})".format, inner, st.sampled_from(["and", "or"]), inner)
            | st.builds("not ({})".format, inner)
        ),
        max_leaves=6,
    )
)
def test_conditions_agree_with_the_logic_they_are_written_in(text: str) -> None:
    try:
        found = read_condition(text)
    except ContentError:
        return  # too deep or too long
    plain = text.replace("pain >= 5", "True").replace("danger", "False")
    plain = plain.replace("place == home", "True").replace("nausea between 1 and 3", "True")
    assert found.holds(STATE) is eval(plain)  # noqa: S307  # our own text, in a test


def test_the_names_and_words_of_a_condition_are_listed() -> None:
    found = read_condition("chose.vei == vanlig and (knows.vaker or not pain >= 7)")
    assert list(names_in(found)) == ["chose.vei", "knows.vaker", "pain"]
    assert list(words_in(found)) == [("chose.vei", "vanlig")]


def test_a_name_has_one_kind_or_none() -> None:
    assert [kind_of(name) for name in ("pain", "place", "danger", "told.kona.prognose")] == [
        "number",
        "word",
        "fact",
        "fact",
    ]
    assert kind_of("esas") is None
    assert Decimal(6) == STATE.value("pain")
