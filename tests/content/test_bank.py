"""The case bank as it is handed out."""

from __future__ import annotations

import time

import pytest

from pallkit import content
from pallkit.cases import load, prose
from pallkit.i18n import Language
from pallkit_app.check import check
from pallkit_app.compile import content_root


def test_the_whole_bank_passes_pallkit_check_in_less_than_five_seconds() -> None:
    begin = time.process_time()
    faults = [str(finding.line) for finding in check(content_root()) if not finding.warning]
    assert time.process_time() - begin < 5
    assert faults == []


def test_the_three_first_cases_are_there() -> None:
    assert {"smerte-kan-ikke-svelge", "siste-dager-fentanylplaster", "hva-er-viktig"} <= set(
        content.case_ids()
    )


@pytest.mark.parametrize("lang", ["nb", "nn"])
@pytest.mark.parametrize("case_id", content.case_ids())
def test_every_case_loads_in_both_kinds_of_norwegian(case_id: str, lang: Language) -> None:
    assert load(case_id).id == case_id
    assert prose(case_id, lang).lang == lang


@pytest.mark.parametrize("case_id", content.case_ids())
def test_every_case_is_a_draft_until_a_clinician_has_signed(case_id: str) -> None:
    case = load(case_id)
    assert case.invented is True
    assert case.draft is (case.reviewed is None or case.reviewed.version != case.version)
