"""A loss report tells what a case lost, in order, in the reader's language."""

from __future__ import annotations

import json

import pytest
from tests.app.exchange.full_case import full_case, full_prose
from tests.kit.rich_case import rich_case
from tests.kit.rich_prose import rich_prose

from pallkit.cases import structure
from pallkit.cases.prose import Prose, structure_prose
from pallkit.i18n import LANGUAGES, _, render
from pallkit_app.exchange.features import FEATURES, used
from pallkit_app.exchange.loss import Loss, Losses


def some_loss() -> Loss:
    losses = Losses()
    losses.add("regn", "simplified", "dose")
    losses.add("vei", "dropped", "turns")
    losses.add("regn", "dropped", "receipt")
    losses.add(None, "dropped", "guide")
    losses.add("regn", "dropped", "receipt")
    losses.note(_("Nothing was lost."))
    return losses.report("H5P", "rik", version=1, draft=True)


def test_tells_of_the_case_first_then_of_each_step_by_fate_and_never_twice() -> None:
    told = [(line.step, line.fate, line.feature) for line in some_loss().lines]
    assert told == [
        (None, "dropped", "guide"),
        ("regn", "dropped", "receipt"),
        ("regn", "simplified", "dose"),
        ("vei", "dropped", "turns"),
    ]


def test_reads_as_lines_in_norwegian() -> None:
    assert some_loss().to_text("nb").splitlines() == [
        "Dette mistet «rik» som H5P",
        "Øving på oppdiktede pasienter; ikke klinisk beslutningsstøtte.",
        "Utkast: Ingen kliniker har signert dette kasuset ennå.",
        "",
        "Hele kasuset",
        "  Utelatt",
        "    - veilederen for gruppelederen",
        "",
        "regn",
        "  Utelatt",
        "    - de utregnede stegene i omregningen",
        "  Forenklet",
        "    - en dose å regne ut og skrive",
        "",
        "vei",
        "  Utelatt",
        "    - en annen vei videre, etter hvordan det står til",
        "",
        "Verdt å vite",
        "  - Ingenting gikk tapt.",
    ]


def test_says_so_when_nothing_was_lost() -> None:
    loss = Losses().report("MedBiq", "rik", version=1, draft=False)
    assert loss.to_text("en").splitlines()[-1] == "Nothing was lost."


def test_tells_machines_the_same() -> None:
    told = json.loads(json.dumps(some_loss().to_json("en")))
    assert told["lines"][0] == {
        "step": None,
        "fate": "dropped",
        "feature": "guide",
        "text": "the guide for the group leader",
    }
    assert (told["format"], told["case"], told["draft"]) == ("H5P", "rik", True)


def test_every_feature_has_words_in_every_language() -> None:
    for lang in LANGUAGES[:2]:
        assert all(render(what, lang) != render(what, "en") for what in FEATURES.values())


@pytest.mark.parametrize(
    ("step", "feature"),
    [
        (None, "people"),
        (None, "levels"),
        ("sporre", "when"),
        ("sporre", "facts"),
        ("tegn", "danger"),
        ("regn", "consequences"),
        ("plan", "tasks"),
        ("plan", "frame"),
        ("vei", "also"),
        ("vei", "turns"),
        ("vei", "certainty"),
    ],
)
def test_finds_what_a_case_uses_and_where(step: str | None, feature: str) -> None:
    assert (step, feature) in set(used(structure(rich_case()), prose()))


def test_the_full_case_uses_every_feature_there_is() -> None:
    texts = structure_prose({**full_prose()["nb"], "lang": "nb"})
    assert {feature for _step, feature in used(structure(full_case()), texts)} == set(FEATURES)


def prose() -> Prose:
    return structure_prose({**rich_prose()["nb"], "lang": "nb"})
