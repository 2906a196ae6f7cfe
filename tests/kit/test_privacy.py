from __future__ import annotations

import pytest

from pallkit.privacy import IdentityNumberError, holds_identity_number, refuse_identity_numbers


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("01019012345", id="together"),
        pytest.param("010190 12345", id="six and five"),
        pytest.param("010190\u00a012345", id="no-break space"),
        pytest.param("010190-12345", id="hyphen"),
        pytest.param("01.01.90 12345", id="as a date"),
        pytest.param("010190 123 45", id="in three groups"),
        pytest.param("Kari, f. 01019012345, fikk morfin", id="inside a sentence"),
        pytest.param("morfin po 01019012345 mg", id="as a dose"),
        pytest.param("99901019012345", id="in a longer run"),
        pytest.param("０１０１９０１２３４５", id="full-width digits"),
        pytest.param("010190\u200b12345", id="zero-width space"),
        pytest.param("010190\n12345", id="over two lines"),
    ],
)
def test_an_eleven_digit_number_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(IdentityNumberError):
        refuse_identity_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "40 mg/24 t",
        "2,5 mg",
        "10 000 mg",
        "10 20 30 40 50 60",
        "120 240 360 480",
        "1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1",
        "Jeg ville gitt 10 mg kl. 20 og 22, og ringt legevakten på 116117.",
        "morfin po 30 mg x 2 og 10 mg x 3, til sammen 90 mg",
        "0.3333333333",
    ],
)
def test_doses_and_ordinary_sentences_are_not(text: str) -> None:
    assert not holds_identity_number(text)
    refuse_identity_numbers(text)


def test_the_refusal_does_not_repeat_the_number() -> None:
    with pytest.raises(IdentityNumberError) as caught:
        refuse_identity_numbers("01019012345")
    assert "01019012345" not in str(caught.value)
