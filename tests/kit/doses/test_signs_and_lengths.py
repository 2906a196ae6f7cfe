"""Text that is no dose: too long, or with signs that have no meaning or cannot be seen."""

from __future__ import annotations

import pytest

from pallkit.doses import read_dose
from pallkit.doses.tokens import LONGEST, tokens
from pallkit.errors import DoseError


def test_the_longest_text_is_read_and_one_sign_more_is_not() -> None:
    longest = "a" * LONGEST
    assert [piece.text for piece in tokens(longest)] == [longest]
    with pytest.raises(DoseError, match=f"too long to be a dose. Write at most {LONGEST}"):
        tokens(longest + "a")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("morfin po 60 mg ☠", "“☠” has no meaning", id="a sign that can be seen"),
        pytest.param("morfin po 60 mg ø ?", "“\\?” has no meaning", id="a question mark"),
        pytest.param("morfin\x07 po 60 mg", r"“'\\x07'” has no meaning", id="one that cannot"),
        pytest.param("morfin\u200b po 60 mg", r"“'\\u200b'” has no meaning", id="a hidden space"),
        pytest.param(" morfin po -5 mg ", "“morfin po -5 mg” has a minus sign", id="a minus"),
    ],
)
def test_a_strange_sign_is_named_so_that_it_can_be_found(text: str, named: str) -> None:
    with pytest.raises(DoseError, match=named):
        read_dose(text)
