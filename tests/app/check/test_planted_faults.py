"""Every rule finds the fault it is for, alone, and with the rule left out nobody finds it."""

# ruff: noqa: E501  # one plant a line, so that the list reads as a table

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pallkit_app.check import RULES, Finding, check

CASE = "casebank/cases/prove/case.yaml"
NB = "casebank/cases/prove/nb.yaml"
NN = "casebank/cases/prove/nn.yaml"
SET = "casebank/ratio_sets/reservetabell.yaml"
USED_SET = "casebank/ratio_sets/ovingstabell.yaml"
NOTEBOOK = "notebooks/apps/vis.ipynb"
MODULE = "notebooks/modules/prove.nb.ipynb"
MODULES = "notebooks/modules/prove.*.ipynb"
MODULE_NN = "notebooks/modules/prove.nn.ipynb"
SOURCE = "courses/lite/source/oppgave"
COURSE = "courses/lite/course.yaml"
KEY = "courses/lite/key/prove.yaml"
ASSIGNMENT = "courses/lite/source/prove/prove.ipynb"
ASSIGNMENTS = "courses/lite/source/prove*/prove*.ipynb"
PO = "kit/pallkit/locale/nn/LC_MESSAGES/pallkit.po"


@dataclass(frozen=True)
class Plant:
    """Replace ``old`` by ``new`` in a file, or in each of several; an empty ``old`` writes it."""

    rule: str
    name: str
    file: str
    old: str
    new: str
    step: str | None = None

    def put_into(self, bank: Path) -> None:
        path = bank / self.file
        if not self.old:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.new, encoding="utf-8")
            return
        for each in bank.glob(self.file):
            text = each.read_text(encoding="utf-8")
            assert self.old in text
            each.write_text(text.replace(self.old, self.new), encoding="utf-8")


PLANTS = [
    Plant("strict-yaml", "a key that stands twice", CASE, "level: A", "level: A\nlevel: B"),
    Plant("strict-yaml", "an anchor", NB, "title: Prøve, 70 år", "title: &p Prøve, 70 år"),
    Plant("strict-yaml", "broken quotes in a course", "courses/lite/course.yaml", "id: lite", 'id: "lite'),
    Plant("case-files", "a file that ends in .yml", "casebank/cases/prove/nn.yml", "", "a: b\n"),
    Plant("case-files", "a case folder with nothing in it", "casebank/cases/tom/notat.txt", "", "x"),
    Plant("case-schema", "a misspelt key", CASE, "minutes: 20", "minuts: 20"),
    Plant("case-schema", "a number as text", CASE, "version: 1", 'version: "1"'),
    Plant("case-schema", "an id in capitals", CASE, "id: tanker", "id: Tanker", "Tanker"),
    Plant("case-schema", "an unknown symptom", CASE, "esas: {pain: 3}", "esas: {pian: 3}", "vei"),
    Plant("case-schema", "a step id used twice", CASE, "id: tanker", "id: samling", "samling"),
    Plant("case-schema", "a symptom left out at the start", CASE, "{pain: 6, ", "{"),
    Plant("case-id", "an id unlike its folder", CASE, "id: prove", "id: prove-to"),
    Plant("invented", "a patient not said to be invented", CASE, "invented: true", "invented: false"),
    Plant("unknown-step", "next to a step that is not there", CASE, "next: natt", "next: natta", "vei"),
    Plant("no-end", "a case without an end", CASE, "next: null", "next: samling"),
    Plant("best-option", "a choice without a best option", CASE, "        best: true\n", "", "vei"),
    Plant("best-option", "a best option that is dangerous", CASE, "best: true", "best: true\n        danger: true", "vei"),
    Plant("right-is-best", "a wrong dose that pays best", CASE, "too_low: {score: {safety: 1}, next: tanker}", "too_low: {score: {safety: 3}, next: tanker}", "regn"),
    Plant("figure-range", "a symptom of 11", CASE, "{pain: 6, ", "{pain: 11, "),
    Plant("figure-range", "a score of 4", CASE, "score: {safety: 2}\n", "score: {safety: 4}\n", "vei"),
    Plant("missing-text", "a feedback left out in nynorsk", NN, ', feedback: "Det blir ei lang natt for henne."', "", "vei"),
    Plant("missing-text", "an empty bokmål text", NB, "text: Pumpa går.", 'text: " "', "samling"),
    Plant("missing-text", "an outcome left out", NN, "too_low: Det er for lite., ", "", "regn"),
    Plant("missing-text", "a goal list left out", NB, "goals:\n  - Regne om fra munn til under huden\n  - Si fra når du er i tvil\n", ""),
    Plant("missing-text", "a medicine without its description", NN, "  pumpe: Morfin i pumpe under huda\n", ""),
    Plant("extra-text", "a text for a step that is not there", NN, "  natt: {", "  nattevakt: {title: A, text: B}\n  natt: {", "nattevakt"),
    Plant("extra-text", "an expert note at an info step", NB, "natt: {title: Natta,", "natt: {title: Natta, expert: Ingen ser dette., ", "natt"),
    Plant("text-kind", "a number for a text", NB, "title: Slutt", "title: 12", "slutt"),
    Plant("text-kind", "a text for a list", NN, "{vei: [Kven ringjer de om natta?]}", "{vei: Kven ringjer de om natta?}"),
    Plant("goal-count", "a goal too many in one language", NN, "  - Seie frå", "  - Vere der\n  - Seie frå"),
    Plant("same-text", "a bokmål text in the nynorsk file", NN, "Ho ligg vaken heile natta og ringjer til slutt sjølv.", "Hun ligger våken hele natta og ringer til slutt selv.", "natt"),
    Plant("text-marks", "raw HTML", NB, "text: Hun sover.", "text: Hun <b>sover</b>.", "slutt"),
    Plant("text-marks", "a link that runs a script", NB, "text: Hun sover.", 'text: "Hun [sover](javascript:x)."', "slutt"),
    Plant("identity-number", "eleven digits in a text", NB, "text: Pumpa går.", "text: Pumpa går 010190 12345.", "samling"),
    Plant("identity-number", "eleven digits in a notebook", NOTEBOOK, "Regn om.", "Regn om 01019012345."),
    Plant("unknown-source", "a source nobody has heard of", CASE, "sources: [ovingskilde, ovingsbok, ovingsside]\nstart", "sources: [ovingskjelde, ovingsbok, ovingsside]\nstart"),
    Plant("unknown-source", "a ratio set from an unknown source", SET, "source: ovingskilde", "source: hukommelsen"),
    Plant("real-name", "somebody with a surname", NB, "Prøve åpner døra", "Kari Nordmann åpner døra", "mote"),
    Plant("unwritten-text", "a text of the template", NN, "text: Ho søv.", "text: \"SKRIV: kva som skjer\"", "slutt"),
    Plant("no-sources", "a choice without a source", CASE, "kind: choice\n    sources: [ovingskilde]", "kind: choice", "vei"),
    Plant("unknown-topic", "a topic nobody has heard of", CASE, "topics: [ovelse]", "topics: [oving]"),
    Plant("source-entry", "a source without its publisher", "casebank/sources.yaml", "  publisher: Nobody\n", ""),
    Plant("source-entry", "a source read in an unknown way", "casebank/sources.yaml", "seen: original", "seen: sikkert"),
    Plant("topic-names", "a topic without a nynorsk name", "casebank/topics.yaml", "nn: Øving, ", ""),
    Plant("unreadable-dose", "a dose that can be read in two ways", CASE, "morfin po 10 mg", "morfin po 1.000 mg"),
    Plant("unknown-ratio-set", "a ratio set that is not there", CASE, "set: ovingstabell", "set: klb-2028", "regn"),
    Plant("dose-task", "a ratio the set does not have", CASE, 'to: "morfin sc"', 'to: "mildin sc"', "regn"),
    Plant("dose-task", "a reduction nobody has named", CASE, "reduce: none", "reduce: litt", "regn"),
    Plant("answer-order", "a dose from a step not yet answered", CASE, "effects: {clock: +2 h, place: hospital}", "effects: {regimen: {start: [{id: pumpe, dose: {answer_to: regn}, use: fixed}]}}", "natt"),
    Plant("answer-order", "a dose from a step that is no dose step", CASE, "answer_to: regn}", "answer_to: vei}", "regn"),
    Plant("answer-unit", "a single dose asked for by the day", CASE, "answer_unit: mg\n", "answer_unit: mg/24 t\n", "sjettedel"),
    Plant("table-schema", "a misspelt key in a ratio set", SET, "ratio: 2,", "rate: 2,"),
    Plant("table-schema", "a ratio set without its source", SET, "source: ovingskilde\n", ""),
    Plant("table-schema", "a ratio of 0", SET, "ratio: 2, low: 1.5,", "ratio: 0, low: 0,"),
    Plant("table-schema", "a rescue rule without a source", "casebank/reductions.yaml", "en: one sixth}\n    sources: [ovingskilde]", "en: one sixth}\n    sources: []"),
    Plant("table-schema", "a rescue rule that divides by 0", "casebank/reductions.yaml", "divide_by: 6", "divide_by: 0"),
    Plant("table-schema", "a table that is a list", SET, "", "- 1\n"),
    Plant("ratio-set-id", "an id unlike its file", SET, "id: reservetabell", "id: reserve"),
    Plant("unknown-drug", "a drug without a name", SET, "drug: mildin", "drug: mildine"),
    Plant("ratio-range", "a ratio above its high", SET, "high: 3", "high: 1.8"),
    Plant("ratio-bands", "two rows for one drug", SET, "rows:\n", "rows:\n  - {drug: mildin, routes: [oral], unit: mg/24 h, direction: both, ratio: 3}\n"),
    Plant("notebook-readable", "a merge conflict in a notebook", NOTEBOOK, '"cells": [', "<<<<<<< HEAD"),
    Plant("stored-output", "stored output", NOTEBOOK, '"outputs": []', '"outputs": [{"output_type": "stream", "name": "stdout", "text": "2"}]'),
    Plant("stored-output", "a count of execution in a course", f"{SOURCE}/oppgave.ipynb", '"execution_count": null', '"execution_count": 3'),
    Plant("log-in-source", "a learner's log among the hand-outs", f"{SOURCE}/svar.jsonl", "", "{}\n"),
    Plant("key-in-source", "a key among the hand-outs", f"{SOURCE}/fasit.yaml", "", "tasks: []\n"),
    Plant("course-format", "a misspelt key in a course", COURSE, "heading: physical", "headline: physical"),
    Plant("course-format", "a key that is not there", COURSE, "key: prove}", "key: proven}"),
    Plant("course-format", "a kind of task that does not exist", KEY, "kind: ranking", "kind: rangering"),
    Plant("course-format", "two right answers to one number", KEY, "equals: 12.5", "equals: 12.5\n    range: [10, 15]"),
    Plant("course-tasks", "a goal the course does not have", KEY, "goals: [regne]", "goals: [tegne]"),
    Plant("course-cells", "other points than the key's", KEY, "points: 2", "points: 3"),
    Plant("course-cells", "an option the key does not have", ASSIGNMENTS, '\\"nei\\": ', '\\"kanskje\\": '),
    Plant("course-cells", "an order that is right from the start", KEY, "[en, to, tre]", "[tre, en, to]"),
    Plant("course-cells", "another unit beside the field", ASSIGNMENTS, 'unit=\\"ml/t\\"', 'unit=\\"mg/t\\"'),
    Plant("course-cells", "a number asked for as a text", ASSIGNMENTS, 'kind=\\"number\\"', 'kind=\\"text\\"'),
    Plant("course-cells", "several asked for where one is right", ASSIGNMENTS, 'kind=\\"choice\\"', 'kind=\\"choice\\", several=True'),
    Plant("course-cells", "an answer that is not kept", ASSIGNMENTS, 'kind=\\"number\\"', 'kind=\\"number\\", log=None'),
    Plant("course-cells", "a setting that is computed", ASSIGNMENTS, 'unit=\\"ml/t\\"', 'unit=unit()'),
    Plant("course-cells", "a field for no task", ASSIGNMENTS, 'AnswerBox(\\"prove-tall\\"', 'AnswerBox(\\"prove-tal\\"'),
    Plant("course-cells", "a graded cell with other code", ASSIGNMENTS, 'check(\\"prove-valg\\")', '1.0'),
    Plant("course-languages", "a cell with other points in nynorsk", "courses/lite/source/prove-nn/prove-nn.ipynb", '"locked": true,\n     "schema_version": 3,\n     "solution": false,\n     "task": false\n    }\n   },\n   "outputs": [],\n   "source": [\n    "AnswerBox(\\"prove-valg', '"locked": false,\n     "schema_version": 3,\n     "solution": false,\n     "task": false\n    }\n   },\n   "outputs": [],\n   "source": [\n    "AnswerBox(\\"prove-valg'),
    Plant("course-languages", "an assignment in one language only", COURSE, "  - {id: oppgave-nn, lang: nn, key: oppgave}\n", ""),
    Plant("module-format", "a misspelt key in a module", MODULE, '"summary": ', '"sumary": '),
    Plant("module-format", "a module without its text for the list", MODULE, '"summary": "Regn litt."', '"summary": ""'),
    Plant("module-format", "a cell id that is no word", MODULES, '"id": "tekst-regne"', '"id": "1b2c"'),
    Plant("module-format", "a module of an hour", MODULES, '"minutes": 20', '"minutes": 60'),
    Plant("module-format", "a module for another kernel", MODULE, '"name": "python3"', '"name": "ir"'),
    Plant("module-languages", "a tool that is another in nynorsk", MODULE_NN, "count=5", "count=6"),
    Plant("module-languages", "a heading left out in nynorsk", MODULE_NN, "### Til slutt", "Til slutt"),
    Plant("module-languages", "another number of minutes in nynorsk", MODULE_NN, '"minutes": 20', '"minutes": 25'),
    Plant("module-start", "a first line that is not the title", MODULE, "# En prøve", "# Prøven"),
    Plant("module-start", "two goals only", MODULE, '"- Telle\\n",', ""),
    Plant("module-sources", "a source under another address", MODULE, "(uten år)](https://example.org/ovingskilde)", "(uten år)](https://example.org/annen)"),
    Plant("module-sources", "a source too many", MODULE, '"- [Nobody: An', '"- Noen andre: Noe annet\\n",\n    "- [Nobody: An'),
    Plant("module-languages", "a tool with one more setting in nynorsk", MODULE_NN, "count=5, ", "count=5, level='B', "),
    Plant("module-practice", "four tasks only", MODULES, "count=5", "count=4"),
    Plant("module-marks", "raw HTML in a module", MODULE, "**to**", "<b>to</b>"),
    Plant("module-marks", "a reveal that does not end", MODULE, "</details>", "<details>"),
    Plant("module-marks", "a picture in a module", MODULE, "*én*", "![én](https://example.org/x.png)"),
    Plant("module-marks", "a title too many", MODULES, '"### ', '"# '),
    Plant("module-marks", "a link to another file", MODULE, "[Nobody](https://example.org/ovingskilde)", "[Nobody](smertepumpe.nb.ipynb)"),
    Plant("module-same-text", "a bokmål paragraph in the nynorsk module", MODULE_NN, "Dette er eit avsnitt som er skrive på nynorsk og på nynorsk åleine, for prøva si skuld.", "Dette er et avsnitt som er skrevet på bokmål og på bokmål alene, for prøvens skyld."),
    Plant("unknown-topic", "a module's topic nobody has heard of", MODULES, '"ovelse"', '"oving"'),
    Plant("catalogue-readable", "a merge conflict in a catalogue", PO, 'msgid "Good', '<<<<<<< HEAD\nmsgid "Good'),
    Plant("catalogue-missing", "a text nobody has translated", PO, 'msgstr "God dag, {name}."', 'msgstr ""'),
    Plant("catalogue-missing", "a fuzzy translation", PO, 'msgid "Good day', '#, fuzzy\nmsgid "Good day'),
    Plant("catalogue-stale", "a text that is not used any more", PO, 'msgid "Good day', 'msgid "Good night"\nmsgstr "God natt"\n\nmsgid "Good day'),
    Plant("catalogue-placeholders", "a misspelt placeholder", PO, "God dag, {name}.", "God dag, {namn}."),
]  # fmt: skip


def faults(bank: Path, *, without: str = "") -> list[Finding]:
    found = check(bank, without={without} - {""})
    return [finding for finding in found if not finding.warning]


def test_the_good_bank_has_no_finding(bank: Path) -> None:
    assert [str(finding.line) for finding in check(bank)] == []


@pytest.mark.parametrize("plant", PLANTS, ids=[f"{p.rule}: {p.name}" for p in PLANTS])
def test_a_fault_is_found_by_its_own_rule_and_by_no_other(bank: Path, plant: Plant) -> None:
    plant.put_into(bank)
    found = faults(bank)
    assert {finding.rule for finding in found} == {plant.rule}
    assert plant.step is None or plant.step in {finding.spot.step for finding in found}
    assert faults(bank, without=plant.rule) == []


# These break more than one rule: a new step has no texts, a moved arrow leaves a step behind.
@pytest.mark.parametrize(
    ("rule", "step", "old", "new"),
    [
        ("unreachable-step", "gang", "  - id: tanker\n", "  - {id: gang, kind: info, next: slutt}\n  - id: tanker\n"),
        ("endless-circle", "ring-to", "next: natt\n", "next: ring-to\n  - {id: ring-to, kind: info, next: ring-tre}\n  - {id: ring-tre, kind: info, next: ring-to}\n"),
        ("dose-task", "sjettedel", "next: natt\n", "next: sjettedel\n"),
        ("option-count", "vei", "id: vent", "id: ring"),
        ("option-count", "vei", "    options:\n", "    options:\n" + "".join(f"      - {{id: o{n}, next: natt}}\n" for n in range(4))),
    ],
)  # fmt: skip
def test_a_fault_that_brings_others_is_found_and_left_out_with_its_rule(
    bank: Path, rule: str, step: str, old: str, new: str
) -> None:
    Plant(rule, "", CASE, old, new).put_into(bank)
    assert (rule, step) in {(finding.rule, finding.spot.step) for finding in faults(bank)}
    assert rule not in {finding.rule for finding in faults(bank, without=rule)}


# A cell of code that does more than show a tool has no tasks to solve in it either.
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import PracticeTasks\\n", "import PracticeTasks\\nprint(1)\\n"),
        ("import PracticeTasks\\n", "import PracticeTasks\\nimport os\\n"),
        ("from pallkit_widgets", "from somewhere"),
        ("count=5", "count=2 + 3"),
        ("count=5", "count=len('12345')"),
        (", lang=", ", language="),
        ("PracticeTasks(", "tasks = PracticeTasks("),
        ("PracticeTasks(", "PracticeTasks(("),
    ],
)
def test_code_in_a_module_is_found(bank: Path, old: str, new: str) -> None:
    Plant("module-code", "", MODULES, old, new).put_into(bank)
    assert "module-code" in {finding.rule for finding in faults(bank)}
    assert "module-code" not in {one.rule for one in faults(bank, without="module-code")}


def test_a_module_of_one_language_is_found(bank: Path) -> None:
    (bank / MODULE_NN).unlink()
    found = faults(bank)
    assert [(one.rule, one.spot.file) for one in found] == [("module-languages", MODULE)]
    assert faults(bank, without="module-languages") == []


def test_every_rule_that_can_fail_a_check_has_a_planted_fault() -> None:
    from tests.app.check.test_planted_case_faults import PLANTS as IN_CASES  # noqa: PLC0415  # it imports this module

    only_warn = {
        "no-english",
        "ratio-pair",
        "case-size",
        "translation-record",
        "heavy-text",
        "long-text",
        "review-by",  # in test_planted_withdrawals.py
        "withdrawn-use",
        "best-place",  # in test_giveaways.py
        "best-length",
    }
    planted = {plant.rule for plant in (*PLANTS, *IN_CASES)} | {
        "order-items",  # in test_planted_case_faults.py
        "consequence-name",
        "withdrawn-instead",
        "stale-translation",  # in test_translations_and_versions.py
        "published-answer",
        "plain-label",  # in test_giveaways.py
        "published-set",  # in test_planted_withdrawals.py
        "replaced-set",
        "withdrawn-set",
        "set-in-force",
        "unreachable-step",
        "endless-circle",
        "option-count",
        "module-code",
        "ampoules-agree",  # in test_planted_pump_faults.py
    }
    assert set(RULES) == planted | only_warn


@pytest.mark.parametrize(
    ("rule", "file", "old", "new"),
    [
        ("ratio-pair", USED_SET, "morphine: 20}", "morphine: 30}"),
        ("missing-text", "casebank/cases/prove/en.yaml", "title: Slutt, ", ""),
        ("no-english", "casebank/cases/prove/en.yaml", "", None),
        ("heavy-text", NB, "text: Hun sover.", f"text: {'Legemiddelhåndteringen forutsetter behandlingsavklaring og ' * 16}."),
        ("long-text", NB, "text: Hun sover.", f"text: {'Hun sover nå. ' * 90}"),
    ],
)  # fmt: skip
def test_what_may_be_right_is_a_warning_only(
    bank: Path, rule: str, file: str, old: str, new: str | None
) -> None:
    if new is None:
        (bank / file).unlink()
    else:
        Plant(rule, "", file, old, new).put_into(bank)
    assert [(finding.rule, finding.warning) for finding in check(bank)] == [(rule, True)]
    assert check(bank, without={rule}) == []


def test_a_text_that_really_is_the_same_can_be_listed(bank: Path) -> None:
    text = "Ta med seks ord som er like."
    Plant("", "", NB, "text: Hun sover.", f"text: {text}").put_into(bank)
    Plant("", "", NN, "text: Ho søv.", f"text: {text}").put_into(bank)
    assert {finding.rule for finding in faults(bank)} == {"same-text"}
    (bank / "casebank/same_in_nb_and_nn.yaml").write_text(f"- {text}\n", encoding="utf-8")
    assert faults(bank) == []
