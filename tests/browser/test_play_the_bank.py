"""Three cases in each language, on the real server: played in the page as the engine plays them.

The way through is the engine's (seeded), the hands are the page's: every decision is made with
the keyboard in the control that the page shows for it, and the page must then stand where the
engine stands.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.app.exchange.walks import Decision, random_way
from tests.app.server_process import Server
from tests.browser.accessibility.axe import faults
from tests.browser.watch import Watch

from pallkit.cases import begin, load, play, prose
from pallkit.cases.judging import FIELD, shown_order
from pallkit.cases.names import ESAS
from pallkit.cases.state import State
from pallkit.cases.steps import ON, DocumentStep, EstimateStep, OrderStep, Step
from pallkit.i18n import Language, render
from pallkit_widgets.case_player.labels import LABELS

PLAYED: dict[Language, tuple[str, ...]] = {
    "nb": ("urolig-natt", "smertepumpen-hjemme", "uenighet"),
    "nn": ("do-hjemme", "barna-i-huset", "langt-nord"),
    "en": ("pusten", "smerte-kan-ikke-svelge", "opioidbytte"),
}


@pytest.mark.parametrize("lang", PLAYED)
def test_a_case_is_played_to_its_debrief_as_the_engine_plays_it(
    lang: Language,
    contexts: Callable[..., BrowserContext],
    server: Server,
    axe_script: str,
    whole: bool,  # noqa: FBT001  # a fixture
) -> None:
    for case_id in PLAYED[lang] if whole else PLAYED[lang][:1]:
        page = contexts(base_url=server.url, bypass_csp=True, reduced_motion="reduce").new_page()
        watch = Watch(page, server.url)
        page.goto(f"/app/kasus?case={case_id}&lang={lang}")
        _play_through(page, case_id, lang)
        expect(page.locator(".pk-debrief-title")).to_be_visible()
        # What the last answer led to comes first, where there is something to say of it.
        expect(page.locator(".pk-feedback:focus, .pk-debrief-title:focus")).to_have_count(1)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
        assert not faults(page, axe_script)
        watch.check()
        page.close()


def _play_through(page: Page, case_id: str, lang: Language) -> None:
    case, texts = load(case_id), prose(case_id, lang)
    assert texts.lang == lang
    state, hands = begin(case), Hands(page, lang)
    for decision in _way(case_id):
        step = case.by_id[str(state.step)]
        expect(page.locator(".pk-step-title")).to_have_text(texts.steps[step.id].title)
        assert _symptoms(page) == _wanted(step, state)
        # A card that is still there after an answer is the old one: a question keeps the title.
        page.locator(".pk-step").evaluate("card => { card.dataset.answered = '' }")
        hands.decide(step, decision)
        expect(page.locator(".pk-step[data-answered]")).to_have_count(0)
        state, _events = play(case, state, decision)


def _way(case_id: str) -> list[Decision]:
    """A way that ends, the same each time: a seeded one, tried until it finds an end."""
    case = load(case_id)
    for seed in range(20):
        way = random_way(case, random.Random(f"{case_id} {seed}"))  # noqa: S311  # no secret
        state = begin(case)
        for decision in way:
            state, _events = play(case, state, decision)
        if state.step is None:
            return [{key: value for key, value in one.items() if key != "level"} for one in way]
    raise AssertionError(f"no way through {case_id} ends")


def _symptoms(page: Page) -> list[str]:
    """The nine figures as the page's panel has them, in the scale's order."""
    told = page.locator(".pk-esas:not(.pk-vitals) .pk-esas-value").all_text_contents()
    return ["?" if one.startswith("?") else one for one in told]


def _wanted(step: Step, state: State) -> list[str]:
    """The engine's, but for a symptom that is being asked about: the page must not tell."""
    asked = step.of if isinstance(step, EstimateStep) else None
    figures = {item: str(value) for item, value in state.esas.items()}
    return ["?" if item == asked else figures[item] for item in ESAS]


class Hands:
    """Answers the page with the keyboard: the control takes the focus, then keys."""

    def __init__(self, page: Page, lang: Language) -> None:
        self.page = page
        self._lang: Language = lang

    def decide(self, step: Step, decision: Decision) -> None:
        """Make ``decision`` in the controls that ``step`` has."""
        if decision.get("option") == ON:
            on = render(LABELS["go_on"], self._lang)
            self._press(self.page.locator(".pk-step").get_by_role("button", name=on), "Enter")
            return
        if isinstance(step, DocumentStep):
            self._fill(step, decision)
        elif isinstance(step, OrderStep):
            self._order(step, decision["order"].split(","))
        else:
            self._answer(decision)
        self._press(self.page.locator(".pk-step button[type=submit]"), "Enter")

    def _answer(self, decision: Decision) -> None:
        for key, text in decision.items():
            if key in {"dose", "rate", "text"}:
                self._type(self.page.locator(".pk-step").get_by_role("textbox"), text)
            elif key == "picks":
                for pick in text.split(","):
                    self._press(self.page.locator(f"input[value='{pick}']"), "Space")
            elif key in {"option", "value"}:
                self._press(self.page.locator(f".pk-options input[value='{text}']"), "Space")
            elif key == "sure" and self.page.locator(".pk-certainty").count():
                self._press(self.page.locator(f".pk-certainty input[value='{text}']"), "Space")

    def _order(self, step: OrderStep, wanted: list[str]) -> None:
        shown = list(shown_order(step))
        for place, item in enumerate(wanted):
            while (at := shown.index(item)) > place:
                line = self.page.locator(".pk-order-line").nth(at)
                self._press(line.get_by_role("button").first, "Enter")
                shown.insert(at - 1, shown.pop(at))

    def _fill(self, step: DocumentStep, decision: Decision) -> None:
        lines = self.page.locator(".pk-paper-line")
        for place, field in enumerate(step.fields):
            value = decision.get(FIELD + field.id)
            control = lines.nth(place).locator("textarea, select, input")
            if value is None:
                continue
            if field.kind == "text":
                self._type(control, value)
            elif field.kind == "tick":
                self._press(control, "Space")
            else:
                control.select_option(value)

    def _type(self, control: Locator, text: str) -> None:
        control.focus()
        self.page.keyboard.insert_text(text)

    def _press(self, control: Locator, key: str) -> None:
        control.focus()
        self.page.keyboard.press(key)
