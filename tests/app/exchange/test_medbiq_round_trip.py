"""Out of PallKit and in again: the same decisions give the same score.

With our extension that holds for every case. Without it, as when another program has read and
written the package, it holds for the documented subset (docs/exchange.md): reading, thinking,
choosing and asking, with points, danger, symptoms and the clock.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.exchange.walks import random_way

from pallkit import cases, content
from pallkit.cases import structure
from pallkit.cases.model import Case
from pallkit.cases.play import replay
from pallkit.cases.prose import structure_prose
from pallkit.cases.steps import ChoiceStep, ConsultStep, PlainStep, conditions_of
from pallkit.cases.values import AXES, ESAS_ITEMS, Level
from pallkit.cases.walk import walk
from pallkit.errors import ContentError, PallkitError
from pallkit.i18n import Language
from pallkit.privacy import holds_identity_number
from pallkit.texts import to_html
from pallkit_app.exchange.medbiq.exporting import package
from pallkit_app.exchange.medbiq.importing import Incoming, read_case
from pallkit_app.exchange.medbiq.leaving import leave
from pallkit_app.exchange.medbiq.reading import Trust
from pallkit_app.exchange.medbiq.writing import to_files
from pallkit_app.exchange.zipping import write_zip

QUICK = Trust(validated=False)
"""What we write is held against the schemas in test_medbiq_export."""
CHOICES = "hva-er-viktig"


def back(folder: Path, case_id: str, lang: Language, *, whole: bool) -> Incoming:
    path = folder / "case.zip"
    write_zip(path, package(case_id, lang, whole=whole)[0])
    return read_case(path, case_id, trust=QUICK)


def ways(case: Case, most: int) -> Iterator[list[dict[str, str]]]:
    """Decisions of paths from the beginning to an end, at choices and consults alone."""
    for one in islice(walk(case, most=most), most):
        taken = iter(one.choices)
        decisions, state = [], cases.begin(case)
        while state.step is not None and len(decisions) < 60:
            decision = {"step": str(state.step)}
            if not isinstance(case.by_id[state.step], PlainStep):
                decision["option"] = next(taken)[1]
            state, _events = cases.play(case, state, decision)
            decisions.append(decision)
        yield decisions


def words(text: str) -> str:
    """What a text says, without emphasis (“_a_*b*” has no Markdown but its own) or empty links."""
    return re.sub(r"</?(em|strong|a)\b[^>]*>", "", shown(text))


def says_something(text: str) -> bool:
    """“[]()” does not."""
    return re.sub(r"<[^>]+>", "", shown(text)).strip() != ""


def shown(text: str) -> str:
    """The page a text makes; where its source breaks a line does not show."""
    return " ".join(to_html(text).split())


def same(one: Case, other: Case, decisions: list[dict[str, str]]) -> None:
    first, second = replay(one, decisions)[0], replay(other, decisions)[0]
    assert {axis: first.score.get(axis, 0) for axis in AXES} == {
        axis: second.score.get(axis, 0) for axis in AXES
    }
    assert (first.step, first.path, first.dangers) == (second.step, second.path, second.dangers)
    assert (first.esas, first.clock) == (second.esas, second.clock)


@pytest.mark.parametrize("case_id", content.case_ids())
def test_with_our_extension_every_case_comes_back_as_it_was_and_scores_the_same(
    case_id: str,
    tmp_path: Path,
    whole: bool,  # noqa: FBT001  # pytest hands fixtures over by name
) -> None:
    case = cases.load(case_id)
    # What the package says in one language or the other, the case in it is the same.
    languages: tuple[Language, ...] = ("nb", "nn")
    for lang in languages if whole else languages[len(case_id) % 2 :][:1]:
        made = back(tmp_path, case_id, lang, whole=True)
        assert made.case == {**content.case(case_id), "reviewed": None}
        assert made.texts == {lang: content.prose(case_id, lang) for lang in made.texts}
        assert {"nb", "nn"} <= made.texts.keys()
        assert made.loss.lines == ()
        copy = structure(made.case)
        for seed in range(200 if whole else 5):
            same(case, copy, random_way(case, random.Random(seed)))  # noqa: S311  # repeats


def native(case: Case) -> bool:
    """Whether the whole case is in the documented subset."""
    simple = all(isinstance(one, PlainStep | ChoiceStep | ConsultStep) for one in case.steps)
    return simple and not any(list(conditions_of(step)) for step in case.steps)


def test_the_subset_has_a_case_of_the_bank_in_it() -> None:
    assert CHOICES in [one for one in content.case_ids() if native(cases.load(one))]


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_without_the_extension_a_case_of_the_subset_plays_the_same(
    lang: Language,
    tmp_path: Path,
    whole: bool,  # noqa: FBT001
) -> None:
    for case_id in content.case_ids():
        case = cases.load(case_id)
        if not native(case):
            continue
        made = back(tmp_path, case_id, lang, whole=False)
        copy = structure(made.case)
        assert [step.id for step in copy.steps] == [step.id for step in case.steps]
        assert [step.kind for step in copy.steps] == [step.kind for step in case.steps]
        for decisions in ways(case, 20_000 if whole else 150):
            same(case, copy, decisions)
        _same_texts(case, case_id, lang, made)


def _same_texts(case: Case, case_id: str, lang: Language, made: Incoming) -> None:
    before = cases.prose(case_id, lang)
    after = structure_prose({**made.texts[lang], "lang": lang})
    assert (after.title, after.goals) == (before.title, before.goals)
    assert shown(after.patient) == shown(before.patient)
    for step in case.steps:
        one, other = before.steps[step.id], after.steps[step.id]
        assert (one.title, " ".join(one.ask.split())) == (other.title, other.ask)
        assert shown(one.text) == shown(other.text)
        assert shown(one.expert) == shown(other.expert)
        for id_, option in one.options.items():
            assert option.label == other.options[id_].label
            if step.kind == "choice":
                assert shown(option.feedback) == shown(other.options[id_].feedback)


@pytest.mark.parametrize("case_id", content.case_ids())
def test_without_the_extension_every_case_can_still_be_played(case_id: str, tmp_path: Path) -> None:
    made = back(tmp_path, case_id, "nb", whole=False)
    copy = structure(made.case)
    for seed in range(3):
        replay(copy, random_way(copy, random.Random(seed)))  # noqa: S311
    assert made.says_invented


def test_without_the_extension_the_first_page_is_still_known(tmp_path: Path) -> None:
    case = cases.load("smerte-kan-ikke-svelge")
    copy = structure(back(tmp_path, case.id, "nb", whole=False).case)
    assert copy.start.regimen == case.start.regimen
    assert len(copy.start.regimen) > 0
    assert (copy.start.esas, copy.start.place) == (case.start.esas, case.start.place)


@pytest.mark.parametrize("level", ["A", "B"])
def test_without_the_extension_a_level_plays_as_the_case_does_at_it(
    level: Level, tmp_path: Path
) -> None:
    esas = dict.fromkeys(ESAS_ITEMS, 3)
    turns = [{"when": "level == A", "next": "a"}]
    options: list[dict[str, Any]] = [
        {"id": "alle", "score": {"safety": 1}, "turns": turns, "next": "b"},
        {"id": "bare-b", "when": "level != A", "score": {"time": -1}, "next": "b"},
        {"id": "bare-a", "when": "level == A", "danger": True, "next": None},
    ]
    raw = {
        "id": "niva", "version": 1, "invented": True, "reviewed": None, "topics": [],
        "level": "A", "levels": ["A", "B"], "minutes": 5, "sources": [], "first": "valg",
        "start": {"clock": "0 h", "place": "home", "esas": esas},
        "steps": [
            {"id": "valg", "kind": "choice", "options": options},
            {"id": "a", "kind": "info", "next": None},
            {"id": "b", "kind": "info", "next": None},
        ],
    }  # fmt: skip
    said = {one["id"]: {"label": one["id"], "feedback": "Ja."} for one in options}
    steps: dict[str, Any] = {id_: {"title": id_, "text": id_} for id_ in ("valg", "a", "b")}
    steps["valg"]["options"] = said
    prose = {
        "title": "Nivå", "summary": "Nivå.", "goals": ["Ett."], "patient": "Ingen.", "steps": steps,
        "guide": {"before": "a", "silent": "b", "closing": "c"}, "lang": "nb",
    }  # fmt: skip
    case, texts = structure(raw), structure_prose(prose)
    write_zip(tmp_path / "case.zip", to_files(leave(case, texts, level, {})))
    copy = structure(read_case(tmp_path / "case.zip", "niva", trust=QUICK).case)
    there = {one.choices: one.state.score for one in walk(case, level=level)}
    assert {one.choices: one.state.score for one in walk(copy)} == there
    assert len(there) == 2


SCORES = st.dictionaries(st.sampled_from(AXES), st.integers(-3, 3), max_size=3)
CHANGES = st.dictionaries(st.sampled_from(ESAS_ITEMS), st.integers(-4, 4), max_size=3)
WORDS = st.text(st.sampled_from("abcæøå *_[]()<>&!#.-+1`\\\"'"), min_size=1, max_size=30).filter(
    lambda text: says_something(text) and not holds_identity_number(text)
)


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A case of the subset, with circles and detours, and its texts."""
    count = draw(st.integers(1, 7))
    ids = [f"steg-{number}" for number in range(count)]
    aims = st.sampled_from([*ids, None, None])
    steps, texts = [], {}
    for id_ in ids:
        kind = draw(st.sampled_from(["info", "gather", "reflect", "choice", "choice", "consult"]))
        texts[id_] = {"title": draw(WORDS).strip(), "text": draw(WORDS)}
        step: dict[str, Any] = {"id": id_, "kind": kind}
        if kind == "choice":
            options = []
            for number in range(draw(st.integers(1, 4))):
                effects = {"clock": f"+{draw(st.integers(1, 90))} min", "esas": draw(CHANGES)}
                options.append(
                    {
                        "id": f"valg-{number}",
                        "score": draw(SCORES),
                        "danger": draw(st.booleans()),
                        "effects": effects,
                        "next": draw(aims),
                    }
                )
            step["options"] = options
            texts[id_]["options"] = {
                one["id"]: {"label": draw(WORDS).strip(), "feedback": draw(WORDS)}
                for one in options
            }
        elif kind == "consult":
            asked = [f"om-{number}" for number in range(draw(st.integers(1, 3)))]
            step |= {"most": draw(st.integers(1, len(asked))), "next": draw(aims)}
            step["questions"] = [
                {
                    "id": one,
                    "who": "colleague",
                    "score": draw(SCORES),
                    "danger": draw(st.booleans()),
                }
                for one in asked
            ]
            texts[id_] |= {
                "ask": draw(WORDS).strip(),
                "options": {
                    one: {"label": draw(WORDS).strip(), "feedback": "Ja."} for one in asked
                },
            }
        else:
            step |= {"next": draw(aims), "effects": {"esas": draw(CHANGES)}}
        if kind == "reflect":
            texts[id_] |= {"ask": draw(WORDS).strip(), "expert": draw(WORDS)}
        steps.append(step)
    esas = {item: draw(st.integers(0, 10)) for item in ESAS_ITEMS}
    raw = {
        "id": "laget", "version": 1, "invented": True, "reviewed": None, "topics": [],
        "level": "A", "minutes": 5, "sources": [], "first": ids[0], "steps": steps,
        "start": {"clock": "0 h", "place": "home", "esas": esas},
    }  # fmt: skip
    prose = {
        "title": "Laget", "summary": "Laget.", "goals": ["Ett.", "To."], "patient": "Ingen.",
        "steps": texts, "guide": {"before": "a", "silent": "b", "closing": "c"}, "lang": "nb",
    }  # fmt: skip
    return raw, prose


@settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=small_cases(), seed=st.integers(0, 1000))
def test_any_case_of_the_subset_plays_the_same_without_the_extension(
    made: tuple[dict[str, Any], dict[str, Any]], seed: int, tmp_path: Path
) -> None:
    case, texts = structure(made[0]), structure_prose(made[1])
    path = tmp_path / "case.zip"
    write_zip(path, to_files(leave(case, texts, "A", {})))
    came = read_case(path, "laget", trust=QUICK)
    copy = structure(came.case)
    reached = {step.id for step in copy.steps}
    assert came.case["first"] == case.first
    for number in range(3):
        decisions = random_way(case, random.Random(seed + number))  # noqa: S311
        assert {one["step"] for one in decisions} <= reached
        same(case, copy, decisions)
    after = structure_prose({**came.texts["nb"], "lang": "nb"})
    for step in copy.steps:
        assert words(after.steps[step.id].text) == words(texts.steps[step.id].text)


def test_what_is_in_the_extension_is_read_as_a_strangers_file(tmp_path: Path) -> None:
    for find, put, why in (
        ('"invented":true', '"invented":false', "not one of: True"),
        ('"next":"kjokkenbordet"', '"next":"ingen-steder"', "no step"),
        ('"place":"home"', '"place":"moon"', "not one of"),
        ('"minutes":', '"doses":1,"minutes":', "unknown key"),
        ('"title":', '"tittel":', "is missing|unknown key"),
        ("Mikal", "01019012345", "identity number"),
        ('{"id":"hva', '[{"id":"hva', "cannot be read"),
        ("Mikal", "\\u0000", "cannot be shown"),
    ):
        files, _loss = package(CHOICES, "nb")
        text = files["activitymodel.xml"].decode()
        assert find in text, find
        files["activitymodel.xml"] = text.replace(find, put).encode()
        write_zip(tmp_path / "case.zip", files)
        with pytest.raises(PallkitError, match=why):
            _write(tmp_path)
    assert not (tmp_path / "casebank").exists()


def _write(folder: Path) -> None:
    from pallkit_app.exchange.medbiq.importing import import_case  # noqa: PLC0415

    import_case(folder / "case.zip", "kopi", root=folder, trust=QUICK)


def test_a_package_changed_by_another_program_says_that_this_was_not_read(tmp_path: Path) -> None:
    files, _loss = package(CHOICES, "nb")
    data = files["virtualpatientdata.xml"].decode()
    files["virtualpatientdata.xml"] = data.replace("båt", "bil", 1).encode()
    write_zip(tmp_path / "case.zip", files)
    told = read_case(tmp_path / "case.zip", "kopi", trust=QUICK).loss.to_text("en")
    assert "was changed after PallKit wrote it" in told
    write_zip(tmp_path / "case.zip", package(CHOICES, "nb")[0])
    assert "was changed" not in read_case(tmp_path / "case.zip", "k", trust=QUICK).loss.to_text(
        "en"
    )


def test_a_signed_case_comes_in_unsigned(tmp_path: Path) -> None:
    files, _loss = package(CHOICES, "nb")
    text = files["activitymodel.xml"].decode()
    review = '"reviewed":{"by":"N. N.","role":"lege","on":"2026-11-22","version":1}'
    files["activitymodel.xml"] = text.replace('"reviewed":null', review).encode()
    write_zip(tmp_path / "case.zip", files)
    assert read_case(tmp_path / "case.zip", "kopi", trust=QUICK).case["reviewed"] is None


def test_texts_without_bokmal_are_refused(tmp_path: Path) -> None:
    files, _loss = package(CHOICES, "nb")
    text = files["activitymodel.xml"].decode()
    files["activitymodel.xml"] = text.replace('lang="nb"', 'lang="sv"').encode()
    write_zip(tmp_path / "case.zip", files)
    with pytest.raises(ContentError, match="no texts in bokmål"):
        read_case(tmp_path / "case.zip", "kopi", trust=QUICK)
