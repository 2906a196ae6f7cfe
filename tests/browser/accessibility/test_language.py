"""The page says which language it is in, each part that is in another, and what it is called."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.accessibility.conftest import Open
from tests.browser.accessibility.pages import CASE, MODULES, STILL, WITH_TOOLS, speaking

from pallkit.i18n import LANGUAGES

# A widget's or a module's page as it is before its tools are there.
AROUND = [
    *(f"{path}{'&' if '?' in path else '?'}frame=only" for path in WITH_TOOLS),
    *(f"/modul/{module}?frame=only" for module in MODULES),
]


def test_a_page_says_its_language_and_has_a_title_and_one_heading_of_its_own(
    page: Page, looked: Callable[[], None], *, whole: bool
) -> None:
    for path in [*STILL, *AROUND] if whole else (STILL[1], AROUND[1], AROUND[-1]):
        titles = set()
        for lang in LANGUAGES:
            page.goto(speaking(path, lang))
            assert page.locator("html").get_attribute("lang") == lang, path
            assert page.locator("h1").count() == 1, path
            current = page.locator(".site-languages [aria-current]")
            expect(current).to_have_attribute("lang", lang)
            titles.add(page.title())
            looked()
        assert all(title.endswith("PallKit") for title in titles)
        assert len(titles) > 1 or CASE in path or "/modul/" in path, path


def test_no_two_pages_have_one_title_and_all_have_one_menu(
    page: Page, looked: Callable[[], None], *, whole: bool
) -> None:
    titles, menus = [], set()
    own = [each for each in STILL if "?" not in each]
    for path in [*own, *AROUND[1:]] if whole else [*own[:3], AROUND[1]]:
        page.goto(path)
        titles.append(page.title())
        links = page.locator(".site-header a, .site-footer__links a")
        menus.add(tuple(links.all_inner_texts()))
        looked()
    assert len(set(titles)) == len(titles)
    assert len(menus) == 1


def test_norwegian_on_an_english_page_says_that_it_is_norwegian(
    page: Page, looked: Callable[[], None]
) -> None:
    page.goto(speaking(f"/modul/{MODULES[0]}?frame=only", "en"))
    for part in page.locator(".doc, .site-contents ol a, h1").all():
        assert part.get_attribute("lang") == "nb"
    page.goto(speaking("/kasus", "nn"))
    for link in page.locator(".site-languages a").all():
        assert link.get_attribute("lang") == link.get_attribute("hreflang")
    looked()


def test_a_case_in_another_language_than_the_words_around_it_says_so(
    show: Open, looked: Callable[[], None]
) -> None:
    page, widget = show("case, vei", "en")
    root = page.locator(".pk-root")
    expect(root).to_have_attribute("lang", widget.view["ui_lang"])
    for selector in (".pk-step .pk-prose", ".pk-step .pk-ask", ".pk-step .pk-option label"):
        inner = page.locator(selector).first
        assert inner.evaluate("one => one.closest('[lang]').lang") == widget.view["lang"]
    looked()
