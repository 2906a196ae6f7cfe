"""The static copy as a learner meets it: from a file server, with Python in the browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.accessibility.axe import faults
from tests.browser.static_site.conftest import BASE, FileServer
from tests.browser.test_play import CASE, TEXTS, Reader

from pallkit.cases import prose

LARGEST = 9_000_000  # bytes of a first visit, packed; the budget is 13 million
START = 180_000  # ms until Python has drawn something
KEEPER = "service-worker.js"  # which a browser keeps in its own way


class Visitor(Reader):
    """A reader at the keyboard who came to the copy's own start page."""

    def to_the_case(self) -> None:
        self.page.goto("./")
        self.follow(self.page.get_by_role("link", name="Velg et kasus"))
        self.follow(self.page.get_by_role("link", name=TEXTS.title, exact=True))
        self.follow(self.page.get_by_role("link", name="Start kasuset"))
        expect(self.page.locator(".pk-root")).to_be_visible(timeout=START)
        self.at("hjemmebesok")


def test_a_case_is_played_to_its_debrief_with_the_keyboard_alone(
    page: Page,
) -> None:
    reader = Visitor(page)
    reader.to_the_case()
    reader.go_on("hjemmebesok")
    reader.choose("svelger-ikke", "tell-og-ring")
    reader.give("regn-om", "30")
    reader.give("sjettedel", "5")
    reader.choose("for-du-gar", "plan-pa-bordet")
    reader.go_on("samling")
    reader.choose("samtalen", "utforsk")
    reader.write("tanker", "Jeg ville ringt tidligere.")
    reader.go_on("slutt-hjemme")
    told = reader.debrief()
    assert told.count("Riktig dose") == 2
    assert "30 mg/24 t" in told
    assert "Jeg ville ringt tidligere." in told


def test_a_dose_is_converted_and_stands_in_the_address(page: Page) -> None:
    page.goto("app/kalkulator/?q=morfin+po+30+mg+x+2%7Cset%3Dhelsedirektoratet%7Cto%3Doksykodon+po")
    answer = page.locator(".pk-main-amount")
    expect(answer).to_contain_text("40 mg/24 t", timeout=START)
    page.get_by_label("Dose", exact=True).fill("60 mg x 2")
    page.get_by_role("button", name="Regn ut").click()
    expect(answer).to_contain_text("80 mg/24 t")
    assert "60+mg+x+2" in page.url
    page.reload()
    expect(answer).to_contain_text("80 mg/24 t", timeout=START)


def test_the_case_can_be_read_before_python_is_there_and_the_reader_is_told_how_far_it_is(
    page: Page,
    files: FileServer,
) -> None:
    files.stall("python_stdlib.zip")
    for lang, words in (
        ("", "Henter Python"),
        ("nn/", "Hentar Python"),
        ("en/", "Fetching Python"),
    ):
        page.goto(f"{lang}app/kasus/{CASE}/")
        text = prose(CASE, lang.strip("/") or "nb")  # type: ignore[arg-type]  # one of the three
        expect(page.get_by_role("heading", level=1)).to_have_text(text.title)
        expect(page.locator(".site-patient").first).to_be_visible()
        expect(page.locator(".site-first")).to_be_visible()
        expect(page.locator(".site-waiting__text").first).to_contain_text(words)
        expect(page.get_by_role("progressbar").first).to_be_visible()


def test_a_first_visit_fetches_less_than_the_budget_and_a_second_one_no_python(
    page: Page,
    files: FileServer,
) -> None:
    page.goto(f"app/kasus/{CASE}/")
    expect(page.locator(".pk-root")).to_be_visible(timeout=START)
    first = files.packed()
    print(f"A first visit to a case: {first / 1e6:.2f} MB packed in {len(files.sent)} files")
    assert first < LARGEST
    _kept(page, files)
    files.sent.clear()
    page.goto("app/smertepumpe/")
    expect(page.locator(".pk-root")).to_be_visible(timeout=START)
    assert files.packed() < 200_000
    assert not [path for path in files.sent if path.suffix in (".zip", ".packed")]


def test_what_was_opened_works_with_the_server_stopped_and_the_rest_says_why_not(
    page: Page,
    files: FileServer,
) -> None:
    page.goto(f"app/kasus/{CASE}/")
    expect(page.locator(".pk-root")).to_be_visible(timeout=START)
    _kept(page, files, "kasus/")  # to which the menu leads
    files.stop()
    page.goto(f"app/kasus/{CASE}/?level=A")
    expect(page.locator(".pk-root")).to_be_visible(timeout=START)
    reader = Visitor(page)
    reader.go_on("hjemmebesok")
    reader.choose("svelger-ikke", "knus")
    page.goto("kasus/")
    expect(page.locator(".site-case").first).to_be_visible()
    page.goto("kasus/pusten/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Denne siden er ikke lagret i nettleseren din"
    )


def test_what_was_opened_on_a_line_too_slow_for_the_keeper_is_kept_when_it_comes(
    page: Page,
    files: FileServer,
) -> None:
    files.stall("en/uten-nett/")  # which it fetches first of all
    page.goto(f"app/kasus/{CASE}/")
    expect(page.locator(".pk-root")).to_be_visible(timeout=START)
    assert not page.evaluate("Boolean(navigator.serviceWorker.controller)")
    files.flow()
    _kept(page, files)
    files.stop()
    page.goto(f"app/kasus/{CASE}/?level=A")
    expect(page.locator(".pk-root")).to_be_visible(timeout=START)


def test_a_module_has_every_tool_in_its_place(page: Page) -> None:
    page.goto("nn/modul/smertepumpe/")
    slots = page.locator("[data-slot]")
    expect(page.locator("[data-slot][data-state=ready]")).to_have_count(
        slots.count(), timeout=START
    )
    task = page.locator(".pk-tasks").first
    expect(task).to_be_visible()


def test_another_language_in_the_middle_of_a_case_keeps_what_was_done(
    page: Page,
) -> None:
    reader = Visitor(page)
    reader.to_the_case()
    reader.go_on("hjemmebesok")
    reader.choose("svelger-ikke", "tell-og-ring")
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    expect(page.locator(".pk-step-title")).to_have_text(prose(CASE, "nn").steps["regn-om"].title)
    assert page.url.endswith(f"{BASE}nn/app/kasus/{CASE}/")
    page.get_by_role("link", name="PallKit, startside").click()
    assert page.url.endswith(f"{BASE}nn/")


def test_the_gallery_finds_and_counts_as_the_server_does(page: Page) -> None:
    page.goto("nn/")
    page.get_by_role("searchbox").fill("PLASTER")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/nn/kasus/\?"))
    shown = page.locator(".site-case:visible")
    expect(shown).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#count")).to_have_text(re.compile(r"^(\d+) av \1 kasus$"))
    page.get_by_role("searchbox").fill("20018012345")
    expect(page.get_by_role("alert")).to_contain_text("11 siffer")
    assert "20018012345" not in page.url


def test_a_group_gets_a_link_to_the_case_at_its_level_and_in_its_language(
    page: Page,
    files: FileServer,
) -> None:
    page.goto("kasus/pusten/")
    page.locator("#level").select_option("B")
    page.locator("#language").select_option("en")
    link = page.get_by_label("Lenke til gruppa")
    expect(link).to_have_value(f"{files.home}en/app/kasus/pusten/?level=B")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_fault(
    contexts: Callable[..., BrowserContext],
    files: FileServer,
    axe_script: str,
    width: int,
) -> None:
    context = contexts(
        base_url=files.home, bypass_csp=True, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    for path in ("./", "kasus/", "personvern/", "uten-nett/", "meld-fra/"):
        page.goto(path)
        assert not faults(page, axe_script), path
    files.stall("python_stdlib.zip")
    page.goto(f"app/kasus/{CASE}/")
    expect(page.get_by_role("progressbar").first).to_be_visible()
    assert not faults(page, axe_script)


def _kept(page: Page, files: FileServer, *more: str) -> None:
    """Wait until the browser has put by ``more`` and all it was sent, except the keeper itself."""
    # What is sent while this waits belongs to it, too.
    end = time.monotonic() + START / 1000
    while missing := {*files.addresses(), *more} - _in_the_cache(page, files) - {KEEPER}:
        assert time.monotonic() < end, missing
        page.wait_for_timeout(100)


def _in_the_cache(page: Page, files: FileServer) -> set[str]:
    addresses = page.evaluate(
        """async () => {
          const [name] = await caches.keys();
          const kept = name ? await (await caches.open(name)).keys() : [];
          return kept.map(({ url }) => url);
        }"""
    )
    return {address.removeprefix(files.home) for address in addresses}


def test_every_page_names_only_files_of_the_copy(site: Path) -> None:
    folder = site / BASE.strip("/")
    named = re.compile(r'(?:href|src|action)="([^"#?]+)[^"]*"')
    missing = [
        f"{path.relative_to(folder)}: {address}"
        for path in folder.rglob("index.html")
        for address in named.findall(path.read_text("utf-8"))
        if not re.match(r"[a-z]+:", address) and not _leads(path.parent / address)
    ]
    assert not missing


def _leads(path: Path) -> bool:
    return (path / "index.html").is_file() if path.is_dir() else path.is_file()
