"""«Sjekk før innlevering»: for axe and on a phone, and with a notebook open in JupyterLab."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.accessibility.axe import faults
from tests.browser.watch import Watch
from tests.browser.widget_page import show_widget
from tests.browser.widgets_in_lab import Lab, lab
from tests.kit.preflight.hand_in import answer, cells, code, field, graded, known, text, write

from pallkit_widgets import Preflight


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_fault_and_nothing_scrolls_sideways(
    contexts: Callable[..., BrowserContext],
    axe_script: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    made = [*cells(), text("Ring 41 23 45 67")]
    made[4]["source"] = "2.0"
    write(tmp_path, made)
    answer(tmp_path, "dogn", "40 mg")
    monkeypatch.chdir(tmp_path)
    page = contexts(viewport={"width": width, "height": 800}).new_page()
    watch = Watch(page, "about:")
    show_widget(page, Preflight())
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert not faults(page, axe_script)
    page.get_by_role("button", name="Reparer notatboken").press("Enter")
    told = page.locator(".pk-told-of")
    expect(told).to_be_focused()
    expect(told).to_contain_text("Notatboken er reparert.")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert not faults(page, axe_script)
    page.get_by_role("button", name="Angre reparasjonen").press("Enter")
    expect(told).to_contain_text("Notatboken er som før reparasjonen.")
    watch.check()


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def test_an_open_notebook_is_repaired_only_when_it_is_saved_and_then_loaded_again(
    page: Page, jupyterlab: Lab
) -> None:
    made = [
        known(code("from pallkit_widgets import AnswerBox, Preflight"), "klargjor"),
        text("## Oppgave 1"),
        field("dogn"),
        graded("dogn"),
        code("Preflight()"),
    ]
    made[3]["source"] = "2.0  # mine egne poeng"
    path = write(jupyterlab.folder, made, "notatbok.ipynb")
    jupyterlab.open(page)
    check = page.locator(".pk-preflight")
    expect(check).to_contain_text("Cellen «dogn» er endret.")
    repair = page.get_by_role("button", name="Reparer notatboken")
    repair.click()  # the outputs of the run are not saved yet
    expect(check).to_contain_text("Lagre notatboken først")
    assert "mine egne poeng" in path.read_text("utf-8")
    page.keyboard.press("Control+s")  # from a button of ours, as from anywhere else
    expect(page.locator(".lm-DockPanel-tabBar .jp-mod-dirty")).to_have_count(0)
    repair.click()
    expect(check).to_contain_text("Notatboken er reparert.")
    assert "mine egne poeng" not in path.read_text("utf-8")
    page.get_by_role("menuitem", name="File").click()
    page.get_by_role("menuitem", name="Reload Notebook from Disk").click()
    expect(page.locator(".jp-Notebook")).not_to_contain_text("mine egne poeng")
    sources = [one["source"] for one in json.loads(path.read_text("utf-8"))["cells"]]
    assert [line for line in sources if "check" in line] == ['check("dogn")']
