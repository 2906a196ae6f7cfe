"""Every widget in every state that a reader can meet, without a kernel: what the tests look at.

A state is a widget as Python has it, and what is done on the page after that. The player's are
on the invented case with every kind of step, so that they do not hang on what the bank holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page
from tests.browser.widget_page import show_widget
from tests.kit.rich_bank import RICH
from tests.kit.test_case_view import PLAYED
from tests.widgets.browser import send

from pallkit.i18n import Language, render
from pallkit_widgets import (
    AnswerBox,
    CasePlayer,
    OpioidCalculator,
    PracticeTasks,
    PumpCalculator,
    RatioSetBrowser,
)
from pallkit_widgets.calculator.labels import LABELS as CALCULATOR
from pallkit_widgets.case_player.labels import LABELS as PLAYER
from pallkit_widgets.practice_tasks.labels import LABELS as TASKS
from pallkit_widgets.pump_calculator.labels import LABELS as PUMP
from pallkit_widgets.shared.base import PallkitWidget

PATIENT = (
    "morfin po 30 mg x 2;behov 3 morfin po 10 mg"
    "|set=helsedirektoratet|to=oksykodon po|reduce=25%|rescue=one-sixth|gfr=40|patient=frail"
)
PUMPS = "pumpe=morfin 144 mg/d|styrke=10 mg/mL|reservoar=100 mL|bolus=2 mg|sperretid=20 min"
MIXTURE = (
    "blanding=morfin 60 mg (10 mg/mL);midazolam 10 mg (5 mg/mL);haloperidol 3 mg (5 mg/mL)"
    "|reservoar=20 mL|varer=24 t|bolus=0,4 mL|sperretid=20 min|fortynning=sodium-chloride-9"
)
START = (
    "munn=morfin po 60 mg x 2;morfin po 20 mg ved behov, gitt 2|til=morfin"
    "|tabeller=klb-2008,nhs-ggc-2018"
)
KINDS = ("counting", "rescue", "pump-bolus")
OPTIONS = {"ring": "Ringer legevakta", "vent": "Venter til i morgen", "gi": "Gir behovsdosen"}

Do = Callable[[Page, Language], None]


def _nothing(_page: Page, _lang: Language) -> None:
    return


@dataclass(frozen=True)
class Shown:
    """A widget to make in a language, and what is done with it before one looks."""

    make: Callable[[Language], PallkitWidget]
    do: Do = _nothing

    def open(self, page: Page, lang: Language = "nb") -> PallkitWidget:
        """Show it on ``page``, which has shown no widget before."""
        widget = self.make(lang)
        show_widget(page, widget)
        self.do(page, lang)
        return widget


def unfold(page: Page) -> None:
    """Open everything that can be opened by a line."""
    page.evaluate(
        "() => { for (const each of document.querySelectorAll('details')) each.open = true }"
    )


def press(words: object) -> Do:
    """Press the button called this, in the language of the page."""

    def do(page: Page, lang: Language) -> None:
        page.get_by_role("button", name=render(words, lang), exact=True).first.click()  # type: ignore[arg-type]  # messages
        page.locator(".pk-root:not([aria-busy])").wait_for()

    return do


def _submit(page: Page, _lang: Language) -> None:
    page.locator("button[type=submit]:visible").last.click()
    page.locator("[aria-invalid=true], .pk-note").first.wait_for()


def _player(past: int, do: Do = _nothing) -> Shown:
    def make(lang: Language) -> CasePlayer:
        player = CasePlayer(RICH, lang)
        for decision in PLAYED[:past]:
            send(player, {"type": "decide", "decision": decision})
        return player

    return Shown(make, do)


def _calculator(start: str, do: Do = _nothing) -> Shown:
    return Shown(lambda lang: OpioidCalculator(lang, start=start), do)


def _pump(start: str, do: Do = _nothing) -> Shown:
    return Shown(lambda lang: PumpCalculator(lang, start), do)


def _tables(start: str) -> Shown:
    return Shown(lambda lang: RatioSetBrowser(lang, start=start))


def _tasks(do: Do = _nothing) -> Shown:
    return Shown(lambda lang: PracticeTasks(KINDS, "B", 3, "kurs", lang), do)


def _type(text: str, label: object, then: object) -> Do:
    def do(page: Page, lang: Language) -> None:
        page.get_by_label(render(label, lang), exact=True).first.fill(text)  # type: ignore[arg-type]  # messages
        press(then)(page, lang)

    return do


def _wrong_pump(page: Page, lang: Language) -> None:
    panel = page.locator('[role="tabpanel"]:visible')
    panel.locator("input[type=text]:not([readonly]), textarea").first.fill("½")
    panel.get_by_role("button", name=render(PUMP["calculate"], lang), exact=True).click()
    panel.locator("[aria-invalid]").first.wait_for()


def _box(**settings: object) -> Shown:
    def make(lang: Language) -> AnswerBox:
        return AnswerBox("oppgave", label="Hva gjør du?", lang=lang, log=None, **settings)  # type: ignore[arg-type]  # by name

    return Shown(make)


_STEPS = [decision["step"] for decision in PLAYED]
STEP = {step: _STEPS.index(step) for step in dict.fromkeys(_STEPS)}
"""How many decisions come before each step of the invented case."""

PLAYERS = {
    "case, first step": _player(0),
    "case, asking people": _player(1),
    **{f"case, {step}": _player(past) for step, past in STEP.items() if past},
    "case, debrief": _player(len(PLAYED)),
}
PLAYER_TROUBLE = {
    "case, nobody asked": _player(0, _submit),
    "case, nothing ticked": _player(STEP["tegn"], _submit),
    "case, no figure": _player(STEP["tall"], _submit),
    "case, no dose": _player(STEP["regn"], _submit),
    "case, no choice": _player(STEP["vei"], _submit),
    "case, start again?": _player(STEP["regn"], press(PLAYER["restart"])),
    "case, patient unfolded": _player(
        STEP["regn"], lambda page, _lang: page.locator(".pk-status-toggle").dispatch_event("click")
    ),
}
CALCULATORS = {
    "calculator, empty": _calculator(""),
    "calculator, answer": _calculator(PATIENT),
    "calculator, error": _calculator("", press(CALCULATOR["calculate"])),
    "calculator, no answer": _calculator("morfin po 30 mg x 2|set=cdc-2022|to=oksykodon po"),
    "calculator, compared": _calculator(f"{PATIENT}|mode=compare"),
    "calculator, task": _calculator(f"{PATIENT}|mode=practice"),
    "calculator, task judged": _calculator(
        f"{PATIENT}|mode=practice", _type("60", CALCULATOR["own_answer"], CALCULATOR["check"])
    ),
    "calculator, task not read": _calculator(
        f"{PATIENT}|mode=practice", _type("førti", CALCULATOR["own_answer"], CALCULATOR["check"])
    ),
    "calculator, cleared": _calculator(PATIENT, press(CALCULATOR["clear"])),
    "calculator, bad link": _calculator("tull|set=x"),
}
PUMPS_SHOWN = {
    "pump, empty": _pump(""),
    "pump, answer": _pump(PUMPS),
    "pump, mixture": _pump(MIXTURE),
    "pump, from mouth": _pump(START),
    "pump, error": _pump(PUMPS, _wrong_pump),
    "pump, bad link": _pump("pumpe=tull"),
}
TABLES = {
    "tables, shelf": _tables(""),
    "tables, one": _tables("set=helsedirektoratet|methadone=show"),
    "tables, one drug": _tables("drug=fentanyl plaster"),
    "tables, found": _tables("find=metadon"),
    "tables, nothing found": _tables("find=finnesikke"),
    "tables, bad link": _tables("set=finnes-ikke"),
}
OTHERS = {
    "tasks, first": _tasks(),
    "tasks, not read": _tasks(_type("førti", TASKS["answer"], TASKS["check"])),
    "tasks, wrong": _tasks(_type("1", TASKS["answer"], TASKS["check"])),
    "tasks, choices": _tasks(press(TASKS["choices"])),
    "box, dose": _box(kind="dose"),
    "box, number": _box(kind="number", unit="dager", certainty=True),
    "box, choice": _box(kind="choice", options=OPTIONS, certainty=True),
    "box, several": _box(kind="choice", options=OPTIONS, several=True),
    "box, ranking": _box(kind="ranking", options=OPTIONS),
    "box, text": _box(kind="text"),
}
EVERY = {**PLAYERS, **PLAYER_TROUBLE, **CALCULATORS, **PUMPS_SHOWN, **TABLES, **OTHERS}
