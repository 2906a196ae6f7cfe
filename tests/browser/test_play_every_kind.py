"""The invented case with every kind of step, in a real browser, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.watch import Watch
from tests.browser.widget_page import show_widget
from tests.kit.rich_bank import RICH, rich_bank
from tests.kit.rich_prose import rich_prose
from tests.kit.test_case_view import PLAYED
from tests.widgets.browser import send

from pallkit_widgets import CasePlayer

STEPS = rich_prose()["nb"]["steps"]
SIZES = {"wide": 1280, "phone": 360, "narrowest": 320}


@pytest.fixture(scope="module", autouse=True)
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with rich_bank(tmp_path_factory.mktemp("rik") / "bank") as folder:
        yield folder


@pytest.fixture
def open_player(
    contexts: Callable[..., BrowserContext],
) -> Iterator[Callable[..., tuple[Page, CasePlayer]]]:
    """Show a player that stands ``past`` decisions into the case, at a width."""
    watches: list[Watch] = []

    def make(past: int = 0, width: int = 1280, **settings: str) -> tuple[Page, CasePlayer]:
        page = contexts(
            viewport={"width": width, "height": 800}, reduced_motion="reduce"
        ).new_page()
        watches.append(Watch(page, "about:"))
        player = CasePlayer(RICH, **settings)  # type: ignore[arg-type]  # by name
        for decision in PLAYED[:past]:
            send(player, {"type": "decide", "decision": decision})
        show_widget(page, player)
        return page, player

    yield make
    for watch in watches:
        watch.check()


class Keyboard:
    """Someone who has a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, target: Locator) -> None:
        """Tab until ``target`` has the focus; every stop on the way must be visible."""
        for _press in range(40):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            if self.page.locator(":focus").count():  # past the end, the page begins anew
                expect(self.page.locator(":focus")).to_be_visible()
        raise AssertionError(f"the keyboard does not reach {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        self.tab_to(target)
        self.page.keyboard.press(key)

    def button(self, name: str, key: str = "Enter") -> None:
        self.press(self.page.get_by_role("button", name=name, exact=True), key)

    def stands_at(self, step: str, *, focus: str) -> None:
        expect(self.page.locator(".pk-step-title")).to_have_text(STEPS[step]["title"])
        expect(self.page.locator(focus)).to_be_focused()


def test_every_kind_is_answered_with_the_keyboard_and_the_focus_goes_where_one_reads_on(
    open_player: Callable[..., tuple[Page, CasePlayer]],
) -> None:
    page, player = open_player()
    keys = Keyboard(page)
    # consult: the first question is chosen with Space, and its answer takes the focus
    keys.press(page.get_by_role("radio").first, "Space")
    keys.button("Spør")
    keys.stands_at("sporre", focus="[data-newest]")
    expect(page.locator(".pk-dialogue")).to_contain_text("hører etter")
    keys.button("Gå videre")
    # multi
    keys.stands_at("tegn", focus=".pk-step-title")
    signs = STEPS["tegn"]["options"]
    keys.press(page.get_by_role("checkbox", name=signs["pust"]["label"]), "Space")
    keys.press(page.get_by_role("checkbox", name=signs["sovn"]["label"]), "Space")
    keys.press(page.get_by_role("radio", name="50 %"), "Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="60 %")).to_be_checked()
    keys.button("Svar")
    # estimate: arrows along the line, ends named
    keys.stands_at("tall", focus=".pk-feedback")
    keys.press(page.get_by_role("radio", name="0: ingen smerte"), "Space")
    for _press in range(6):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="6", exact=True)).to_be_checked()
    keys.button("Svar")
    # order: moved by buttons that keep the focus, and said aloud
    keys.stands_at("rekke", focus=".pk-feedback")
    _put_in_order(page, keys)
    keys.button("Svar")
    # dose and pump: only the figure, sent with Enter
    for step, typed, after in (("regn", "30", "pumpe"), ("pumpe", "0,125", "plan")):
        keys.stands_at(step, focus=".pk-feedback")
        keys.tab_to(page.get_by_role("textbox"))
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        keys.stands_at(after, focus=".pk-feedback")
    # document
    keys.tab_to(page.get_by_role("textbox", name="Hva er viktig for Jon? (må fylles ut)"))
    page.keyboard.type("Være hjemme")
    keys.tab_to(page.get_by_role("combobox"))
    page.keyboard.press("ArrowDown")
    keys.press(page.get_by_role("checkbox"), "Space")
    keys.button("Lagre skjemaet")
    keys.stands_at("vei", focus=".pk-feedback")
    keys.press(page.get_by_role("radio").first, "Space")
    keys.button("Bekreft valget")
    keys.button("Gå videre")
    keys.button("Gå videre")
    expect(page.locator(".pk-debrief-title")).to_be_focused()
    assert player.view["debrief"]["dangers"] == []
    verdicts = [one["verdict"] for one in player.view["debrief"]["path"] if one["verdict"]]
    assert verdicts == [
        "Alle de riktige",
        "Et godt anslag",
        "I riktig rekkefølge",
        "Riktig dose",
        "Riktig hastighet",
        "Komplett",
    ]


def _put_in_order(page: Page, keys: Keyboard) -> None:
    labels = {id_: said["label"] for id_, said in STEPS["rekke"]["options"].items()}
    lines = page.locator(".pk-order-label")
    said = page.locator("[role=status]")
    for place, item in enumerate(("se", "spor", "ring", "skriv")):
        up = page.get_by_role("button", name=f"Flytt opp: {labels[item]}")
        while lines.nth(place).inner_text() != labels[item]:
            keys.press(up)
            expect(up).to_be_focused()
            expect(said).to_contain_text(f"{labels[item]}: nå nummer")
    at_top = page.get_by_role("button", name=f"Flytt opp: {labels['se']}")
    expect(at_top).to_have_attribute("aria-disabled", "true")
    keys.press(at_top)
    assert lines.all_inner_texts() == [labels[item] for item in ("se", "spor", "ring", "skriv")]


def test_an_answer_left_out_is_asked_for_at_its_field(
    open_player: Callable[..., tuple[Page, CasePlayer]],
) -> None:
    page, _player = open_player(past=3)
    keys = Keyboard(page)
    keys.press(page.get_by_role("radio", name="50 %"), "Space")
    keys.button("Svar")
    expect(page.get_by_role("checkbox").first).to_be_focused()
    expect(page.locator("fieldset.pk-options")).to_have_accessible_description(
        "Kryss av for alt du mener er riktig. Det kan være flere. "
        "Kryss av i minst én av rutene før du går videre."
    )
    expect(page.get_by_role("radio", name="50 %")).to_be_checked()


@pytest.mark.parametrize("past", range(len(PLAYED) + 1))
def test_nothing_scrolls_sideways(
    open_player: Callable[..., tuple[Page, CasePlayer]], past: int
) -> None:
    page, player = open_player(past=past, width=SIZES["wide"])
    if player.view["step"]:
        for size in (SIZES["phone"], SIZES["narrowest"]):
            _fits(page, size)
            page.get_by_role("button", name="Slik er det med pasienten nå").click()
            _fits(page, size)
            page.get_by_role("button", name="Slik er det med pasienten nå").click()
    page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
    for size in SIZES.values():
        _fits(page, size)


def _fits(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"{over} px too wide at {width}"


def test_on_a_phone_the_patient_is_one_line_that_says_what_changed(
    open_player: Callable[..., tuple[Page, CasePlayer]],
) -> None:
    page, player = open_player(past=6, width=SIZES["phone"])
    toggle = page.get_by_role("button", name="Slik er det med pasienten nå")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("heading", name="Vitale tegn")).to_be_hidden()
    page.get_by_role("textbox").fill("60")
    page.get_by_role("button", name="Svar", exact=True).click()
    expect(page.locator(".pk-status-changes")).to_contain_text("Døsighet 2 → 6")
    expect(page.locator("[role=status]")).to_contain_text("Døsighet 2 → 6")
    toggle.click()
    expect(page.get_by_role("heading", name="Vitale tegn")).to_be_visible()
    page.get_by_role("textbox").fill("0,125")
    page.get_by_role("button", name="Svar", exact=True).click()
    expect(toggle).to_have_attribute("aria-expanded", "true")  # as the reader left it
    assert player.view["step"]["id"] == "plan"


def test_a_level_is_chosen_with_the_keyboard_and_told_to_the_page(
    open_player: Callable[..., tuple[Page, CasePlayer]],
) -> None:
    page, player = open_player()
    page.evaluate(
        "() => document.addEventListener('pallkit:level', ({detail}) => { window.told = detail })"
    )
    keys = Keyboard(page)
    keys.button("Spesialist")
    chosen = page.get_by_role("button", name="Spesialist")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_be_focused()
    assert player.view["level"] == "C"
    assert page.evaluate("() => window.told") == {"level": "C"}


def test_the_debrief_prints_the_forms_and_everything_that_is_folded(
    open_player: Callable[..., tuple[Page, CasePlayer]],
) -> None:
    page, _player = open_player(past=len(PLAYED))
    page.evaluate(
        "() => { window.print = () => { window.opened ="
        " [...document.querySelectorAll('details')].every(each => each.open) } }"
    )
    page.get_by_role("button", name="Skriv ut").click()
    assert page.evaluate("() => window.opened")
    page.emulate_media(media="print")
    expect(page.locator(".pk-paper")).to_contain_text("Være hjemme")
    expect(page.locator(".pk-watermark")).to_be_visible()
    expect(page.get_by_role("button", name="Start på nytt")).to_be_hidden()
