"""What is pictured: a page, or a page after something has been done on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pallkit.content import case_ids
from pallkit_app.modules import module_ids

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

CASE = "smerte-kan-ikke-svelge"
_PATIENT = (
    "morfin po 30 mg x 2;behov 3 morfin po 10 mg"
    "|set=helsedirektoratet|to=oksykodon po|reduce=25%|rescue=one-sixth|gfr=40|patient=frail"
)
# Steps of the longest case, and some: more means that an answer was not taken.
_MOST_STEPS = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A page by its address; ``act`` is done when it has come and its tools are there."""

    name: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    act: Callable[[Page], None] | None = None

    def address(self, lang: str) -> str:
        """The address in one language."""
        asked = urlencode([*self.query, *([("lang", lang)] if lang != "nb" else [])])
        return f"{self.path}{'?' + asked if asked else ''}"


def every(modules: Path) -> Iterator[Shown]:
    """All that a learner can come to, in the order they would."""
    case = CASE if CASE in case_ids() else case_ids()[0]
    yield Shown("start", "/")
    yield Shown("kasus", "/kasus")
    yield Shown("kasus-filter", "/kasus", (("q", "smerte"), ("level", "A")))
    yield Shown("kasus-ingen", "/kasus", (("q", "finnes ikke"), ("level", "B")))
    yield Shown("kasus-om", f"/kasus/{case}")
    yield Shown("kasus-qr", f"/kasus/{case}/qr")
    yield Shown("spill-1-begynn", "/app/kasus", (("case", case),))
    yield Shown("spill-2-valg", "/app/kasus", (("case", case),), _first_answer)
    yield Shown("spill-3-gjennomgang", "/app/kasus", (("case", case),), _to_the_debrief)
    yield Shown("moduler", "/moduler")
    yield Shown("moduler-husket", "/moduler", (), _after_reading)
    yield Shown("start-husket", "/", (), _after_reading)
    for module in module_ids(modules):
        yield Shown(f"modul-{module}", f"/modul/{module}")
    yield Shown("kalkulator-tom", "/app/kalkulator")
    yield Shown("kalkulator-svar", "/app/kalkulator", (("q", _PATIENT),), _open_everything)
    yield Shown("kalkulator-feil", "/app/kalkulator", (("q", "morfin po 1.000 mg"),), _submit)
    yield Shown("pumpe", "/app/smertepumpe")
    yield Shown("tabeller", "/app/omregningstabeller")
    yield Shown("om", "/om")
    yield Shown("personvern", "/personvern")
    yield Shown("tilgjengelighet", "/tilgjengelighet")
    yield Shown("meld-fra", "/meld-fra")
    yield Shown("feil-404", "/finnes-ikke")


def _first_answer(page: Page) -> None:
    _answer(page)
    _answer(page)


def _to_the_debrief(page: Page) -> None:
    for _step in range(_MOST_STEPS):
        if page.locator(".pk-debrief-title").count():
            break
        _answer(page)
    _open_everything(page)


def _answer(page: Page) -> None:
    """Answer whatever is asked: the first option, a dose that can be read, a word."""
    card = page.locator(".pk-step")
    card.evaluate("card => { card.dataset.answered = '' }")
    page.evaluate(
        """() => {
          const groups = new Set();
          for (const box of document.querySelectorAll(".pk-step input[type=radio]")) {
            if (!groups.has(box.name)) box.click();
            groups.add(box.name);
          }
          document.querySelector(".pk-step input[type=checkbox]")?.click();
          for (const field of document.querySelectorAll(
            ".pk-step :is(input:not([type]), input[type=text], textarea)")) {
            field.value = field.matches("textarea") ? "Vi snakker om det." : "30 mg/24 t";
            field.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }"""
    )
    buttons = card.locator("button[type=submit], .ds-button:not([data-variant])")
    buttons.first.click()
    page.locator(".pk-step[data-answered]").wait_for(state="detached")


def _open_everything(page: Page) -> None:
    page.evaluate(
        "() => { for (const each of document.querySelectorAll('details')) each.open = true }"
    )


def _submit(page: Page) -> None:
    page.locator(".pk-root button[type=submit]").first.click()
    page.wait_for_timeout(500)


def _after_reading(page: Page) -> None:
    """Show the page as it is for one who has read some of a module, and asked to be remembered."""
    first = page.evaluate("() => document.querySelector('[data-module-card]')?.dataset.moduleCard")
    if first is None:
        return
    home = page.url
    language = page.evaluate("() => document.documentElement.lang")
    page.goto(f"{page.evaluate('() => location.origin')}/modul/{first}?frame=only&lang={language}")
    page.locator("#remember").check()
    for heading in page.locator(".doc h2").all()[:6]:
        heading.evaluate("each => each.scrollIntoView()")
        page.wait_for_timeout(150)
    page.goto(home)
