"""Under a path of its own, through nginx and TLS, a learner notices nothing of either."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.app.deploy.nginx import NoNginxError, fronted
from tests.app.server_process import serving
from tests.browser.test_play import TEXTS, Reader
from tests.browser.watch import Watch

BASE = "/pallkit/"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The site's, by number: the browser knows no host of our certificate's name."""
    with serving(options=["--base-url", BASE]) as server:
        try:
            with fronted(server.port, base_url=BASE) as front:
                yield f"https://127.0.0.1:{front.https}{BASE}"
        except NoNginxError as error:
            pytest.fail(str(error), pytrace=False)


@pytest.fixture
def visitor(contexts: Callable[..., BrowserContext], address: str) -> Iterator[Page]:
    """Fails the test for a console error, and for any request that is not below the path."""
    made = contexts(ignore_https_errors=True, viewport={"width": 1280, "height": 800}).new_page()
    watch = Watch(made, address)
    made.goto(address)
    yield made
    watch.check()


def test_a_case_is_played_from_the_start_page(visitor: Page) -> None:
    reader = Reader(visitor)
    visitor.get_by_role("link", name="Velg et kasus").click()
    visitor.get_by_role("link", name=TEXTS.title, exact=True).click()
    visitor.get_by_role("link", name="Start kasuset").click()
    reader.go_on("hjemmebesok")
    reader.choose("svelger-ikke", "knus")
    visitor.get_by_role("link", name="Nynorsk").click()
    expect(visitor.locator("html")).to_have_attribute("lang", "nn")
    visitor.get_by_role("link", name="Bokmål").click()
    reader.choose("telefonen", "hold-ut")
    reader.write("akuttmottak", "Jeg skulle ha ringt.")
    assert "Farlig underveis" in reader.debrief()


def test_a_prepared_patient_and_the_groups_link_keep_the_path(visitor: Page, address: str) -> None:
    visitor.goto(f"{address}kasus/smerte-kan-ikke-svelge")
    link = visitor.get_by_label("Lenke til gruppa")
    expect(link).to_have_value(f"{address}app/kasus?case=smerte-kan-ikke-svelge")
    visitor.goto(f"{address}app/kalkulator?q=morfin+po+60+mg/d")
    expect(visitor.get_by_role("textbox").first).to_be_visible()
    assert visitor.url.startswith(f"{address}app/kalkulator?q=")


def test_the_tools_of_a_module_work(visitor: Page, address: str) -> None:
    visitor.goto(f"{address}modul/omregning-av-opioider")
    visitor.locator("[data-slot]").first.scroll_into_view_if_needed()  # what is near is started
    expect(visitor.locator("[data-slot] .pk-root").first).to_be_visible()
