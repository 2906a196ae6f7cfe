"""The notice of what is withdrawn leads on, by a link on our pages and in words elsewhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect
from tests.browser.widget_page import show_widget

from pallkit import content
from pallkit_widgets import RatioSetBrowser

GONE = {
    "on": "2026-11-22",
    "why": {"nb": "Nye tall finnes.", "nn": "Nye tal finst.", "en": "There are new figures."},
    "instead": "helsedirektoratet",
    "used_in": [{"kind": "module", "id": "m", "title": {"nn": "Omrekning"}}],
}
OUR_PAGE = """() => {
  document.body.dataset.content = "omregningstabeller";
  document.body.insertAdjacentHTML("beforeend",
    '<a class="site-brand" href="https://kurs.example/pallkit/?lang=nn"></a>');
}"""


def test_the_link_leads_to_the_other_table_below_the_servers_own_address(
    contexts: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    content.case_ids()  # compiled anew if need be
    bank = tmp_path / "compiled"
    shutil.copytree(Path(content.__file__).parent / "_compiled", bank)
    file = bank / "ratio_sets/klb-2008.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**raw, "withdrawn": GONE}), encoding="utf-8")
    index = json.loads((bank / "index.json").read_text(encoding="utf-8"))
    (bank / "index.json").write_text(json.dumps({**index, "edition": "ny"}), encoding="utf-8")
    page = contexts(viewport={"width": 360, "height": 800}).new_page()
    with content.reading(bank):
        show_widget(page, RatioSetBrowser("nb", start="set=klb-2008"))
        notice = page.locator(".ds-alert", has_text="Nye tall finnes.")
        expect(notice).to_contain_text("Bruk «Ekvipotens av opioiddoser")
        expect(notice.get_by_role("link")).to_have_count(0)  # as in a notebook
        expect(notice.locator("[lang=nn]")).to_have_text("Omrekning")
        page.evaluate(OUR_PAGE)
        page.get_by_role("button", name="Alle tabellene", exact=True).click()
        page.locator('[data-pk-set="klb-2008"]').click()
        expect(notice.get_by_role("link")).to_have_attribute(
            "href",
            "https://kurs.example/pallkit/app/omregningstabeller?q=set%3Dhelsedirektoratet&lang=nn",
        )
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
