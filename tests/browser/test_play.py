"""Case (a) from the start page to the debrief with the keyboard alone: once well, once badly."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.app.server_process import Server
from tests.browser.accessibility.axe import faults

from pallkit.cases import prose
from pallkit.i18n import render
from pallkit_widgets.case_player.labels import LABELS

CASE = "smerte-kan-ikke-svelge"
TEXTS = prose(CASE, "nb")
UNDO = render(LABELS["undo"], "nb")
SCREENSHOT = Path(__file__).parents[2] / "docs" / "screenshot.png"


class Reader:
    """Someone at the keyboard: Tab, arrows, Space and Enter, and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def focus(self) -> Locator:
        return self.page.locator(":focus")

    def tab_to(self, target: Locator) -> None:
        """Tab until ``target`` has the focus; every stop on the way must be visible."""
        for _press in range(150):  # the list of cases has several links a card
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            expect(self.focus).to_be_visible()
        raise AssertionError(f"the keyboard does not reach {target}")

    def follow(self, target: Locator) -> None:
        self.tab_to(target)
        self.page.keyboard.press("Enter")

    def to_the_case(self) -> None:
        """From the start page, by the list of cases and the case's own page, to its first step."""
        self.page.goto("/")
        self.follow(self.page.get_by_role("link", name="Velg et kasus"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Kasus")
        self.follow(self.page.get_by_role("link", name=TEXTS.title, exact=True))
        expect(self.page.get_by_role("heading", level=1)).to_have_text(TEXTS.title)
        self.follow(self.page.get_by_role("link", name="Start kasuset"))
        self.at("hjemmebesok")

    def at(self, step: str) -> None:
        expect(self.page.locator(".pk-step-title")).to_have_text(TEXTS.steps[step].title)

    def go_on(self, step: str) -> None:
        self.at(step)
        self.follow(self.page.get_by_role("button", name="Gå videre"))

    def choose(self, step: str, option: str) -> None:
        """Move through the options with the arrows, as radio buttons are moved through."""
        self.at(step)
        options = self.page.get_by_role("radio")
        wanted = list(TEXTS.steps[step].options).index(option)
        # Tab stops at the one that was chosen before, else at the first.
        states = [options.nth(place).is_checked() for place in range(options.count())]
        here = states.index(True) if any(states) else 0
        self.tab_to(options.nth(here))
        self.page.keyboard.press("Space")
        for _press in range(abs(wanted - here)):
            self.page.keyboard.press("ArrowDown" if wanted > here else "ArrowUp")
        expect(options.nth(wanted)).to_be_checked()
        expect(
            self.page.get_by_role("radio", name=TEXTS.steps[step].options[option].label)
        ).to_be_checked()
        self.follow(self.page.get_by_role("button", name="Bekreft valget"))

    def give(self, step: str, dose: str) -> None:
        self.at(step)
        self.tab_to(self.page.get_by_role("textbox"))
        self.page.keyboard.type(dose)
        self.page.keyboard.press("Enter")

    def write(self, step: str, text: str) -> None:
        self.at(step)
        self.tab_to(self.page.get_by_role("textbox"))
        self.page.keyboard.type(text)
        self.follow(self.page.get_by_role("button", name="Lagre og sammenlign"))

    def debrief(self) -> str:
        """What the debrief says, and that it is where the reader is."""
        done = self.page.locator(".pk-debrief")
        expect(done).to_be_visible()
        return str(done.inner_text())


def _well(reader: Reader) -> str:
    reader.to_the_case()
    reader.go_on("hjemmebesok")
    reader.choose("svelger-ikke", "tell-og-ring")
    reader.give("regn-om", "30")  # 2 × 30 + 3 × 10 = 90 mg by mouth; klb-2008: a third
    reader.give("sjettedel", "5")  # 30 ÷ 6
    reader.choose("for-du-gar", "plan-pa-bordet")
    reader.go_on("samling")
    reader.choose("samtalen", "utforsk")
    reader.write("tanker", "Jeg ville ringt tidligere.")
    reader.go_on("slutt-hjemme")
    return reader.debrief()


def _badly(reader: Reader) -> str:
    reader.to_the_case()
    reader.go_on("hjemmebesok")
    reader.choose("svelger-ikke", "knus")
    reader.choose("telefonen", "hold-ut")
    reader.write("akuttmottak", "Jeg skulle ha ringt.")
    return reader.debrief()


def test_played_well_with_the_keyboard_the_debrief_praises_and_warns_of_nothing(
    page: Page,
) -> None:
    reader = Reader(page)
    told = _well(reader)
    assert "Farlig underveis" not in told
    assert told.count("Godt valg") == 3
    assert told.count("Riktig dose") == 2
    assert "30 mg/24 t" in told
    assert "Jeg ville ringt tidligere." in told
    ends = page.locator(".pk-debrief").get_by_role("row", name="Smerte")
    expect(ends.first).to_be_visible()
    others = page.get_by_text("Hva de andre valgene ville gitt").first
    reader.follow(others)
    knus = TEXTS.steps["svelger-ikke"].options["knus"].label
    expect(page.locator(".pk-others").get_by_text(knus)).to_be_visible()


def test_played_badly_with_the_keyboard_the_debrief_names_the_danger_and_another_end(
    page: Page,
) -> None:
    told = _badly(Reader(page))
    knus = TEXTS.steps["svelger-ikke"].options["knus"].label
    assert "Farlig underveis" in told
    assert knus in told
    assert "Godt valg" not in told
    assert "Sykehus" in told
    assert "30 mg/24 t" not in told.partition("Hva de andre valgene")[0]


def test_a_dose_that_cannot_be_read_is_asked_for_again_and_kept(page: Page) -> None:
    reader = Reader(page)
    reader.to_the_case()
    reader.go_on("hjemmebesok")
    reader.choose("svelger-ikke", "tell-og-ring")
    reader.give("regn-om", "1.000")
    expect(page.get_by_role("textbox")).to_have_value("1.000")
    expect(page.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("textbox")).to_be_focused()


def test_axe_finds_no_fault_along_the_way(
    contexts: Callable[..., BrowserContext], server: Server, axe_script: str
) -> None:
    page = contexts(base_url=server.url, bypass_csp=True).new_page()
    reader = Reader(page)
    reader.to_the_case()
    reader.go_on("hjemmebesok")
    reader.at("svelger-ikke")
    assert not faults(page, axe_script)
    reader.choose("svelger-ikke", "tell-og-ring")
    reader.give("regn-om", "ti")
    expect(page.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    assert not faults(page, axe_script)
    reader.follow(page.get_by_role("button", name=UNDO))
    reader.choose("svelger-ikke", "knus")
    reader.choose("telefonen", "hold-ut")
    reader.write("akuttmottak", "Jeg skulle ha ringt.")
    reader.debrief()
    page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
    assert not faults(page, axe_script)


def test_the_picture_in_the_readme_is_a_case_being_played(page: Page) -> None:
    reader = Reader(page)
    reader.to_the_case()
    reader.go_on("hjemmebesok")
    reader.choose("svelger-ikke", "tell-og-ring")
    reader.at("regn-om")
    page.set_viewport_size({"width": 1280, "height": 1080})
    page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0) }")
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG")
    if os.environ.get("PALLKIT_SCREENSHOTS"):
        SCREENSHOT.parent.mkdir(exist_ok=True)
        SCREENSHOT.write_bytes(picture)
