"""A route of two words among other words: each is read, and none is skipped with it."""

from __future__ import annotations

import pytest

from pallkit.doses import Preparation, Route, read_preparation
from pallkit.errors import DoseError

UNDER_THE_SKIN = Preparation("morphine", Route.SUBCUTANEOUS)


@pytest.mark.parametrize(
    "text", ["morfin under huden", "under huden morfin", "depot under huden morfin tabletter"]
)
def test_a_route_of_two_words_is_read_wherever_it_stands(text: str) -> None:
    assert read_preparation(text) == UNDER_THE_SKIN


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("morfin under huden kanskje", "“kanskje” could not be read", id="after it"),
        pytest.param("kanskje under huden morfin", "“kanskje” could not be read", id="before it"),
        pytest.param("morfin under", "“under” could not be read", id="half of it"),
        pytest.param("morfin under huden po", "Two routes are named for morfin: sc and po", id="2"),
        pytest.param("morfin po sc po", "morfin: po and sc", id="one of them twice"),
        pytest.param("morfin", "How is morfin given", id="none"),
        pytest.param("morfin ppo", "Did you mean po", id="nearly one"),
        pytest.param("under huden", "The drug is missing in “under huden”", id="no drug"),
        pytest.param("morfin oksykodon po", "names more than one drug", id="two drugs"),
        pytest.param("morfin depot epiduralt", "“epiduralt” doses are not converted", id="spine"),
    ],
)
def test_a_word_beside_a_route_is_never_skipped(text: str, why: str) -> None:
    with pytest.raises(DoseError, match=why):
        read_preparation(text)


def test_the_same_drug_by_two_names_and_the_same_route_twice_are_one() -> None:
    assert read_preparation("Dolcontin morfin po per os") == Preparation("morphine", Route.ORAL)
