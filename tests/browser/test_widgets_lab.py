"""Our widgets in a real JupyterLab, as a trainee meets them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.accessibility.axe import faults
from tests.browser.widgets_in_lab import Lab, lab
from tests.grading.logs import best_decisions

from pallkit.answers import append, record
from pallkit.cases import prose

CASE = "smerte-kan-ikke-svelge"
PLAYER = f"from pallkit_widgets import *\nCasePlayer('{CASE}', log='svar.jsonl', task='kasus')"
BOX = "from pallkit_widgets import *\nAnswerBox('oppgave-1', unit='mg/24 t', label='Hvor mye?')"
TEXT = "from pallkit_widgets import *\nAnswerBox('oppgave-2', kind='text', label='Skriv et notat')"
CALCULATOR = "from pallkit_widgets import *\nOpioidCalculator()"


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all tests of this file: opening a notebook costs seconds."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script("window.print = () => { window.top.printed = document.body.innerText; }")
    yield page
    page.close()


@pytest.fixture(scope="module")
def errors(page: Page) -> list[str]:
    """What went wrong on the page, as the browser's console tells it."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    return found


@pytest.fixture(scope="module")
def notebook(page: Page, errors: list[str], jupyterlab: Lab) -> Page:
    """The three widgets in one notebook, just opened for the first time."""
    assert errors == []
    jupyterlab.open(page, PLAYER, BOX, CALCULATOR)
    expect(page.locator(".pk-calculator")).to_be_visible()
    return page


def records(jupyterlab: Lab, task: str) -> list[tuple[str, object]]:
    lines = (jupyterlab.folder / "svar.jsonl").read_text(encoding="utf-8").splitlines()
    found = [one for one in map(json.loads, lines) if one["task"] == task]
    return [(one["type"], one["value"]) for one in found]


def has_focus(place: Locator) -> None:
    expect(place).to_be_focused(timeout=10_000)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_case_is_played_with_the_keyboard(
    notebook: Page, jupyterlab: Lab, axe_script: str
) -> None:
    page, player = notebook, notebook.locator(".pk-case")
    page.get_by_role("button", name="Gå videre").focus()
    press(page, "Enter")
    has_focus(player.locator(".pk-step-title"))
    press(page, "Tab", "Space")
    best = list(prose(CASE, "nb").steps["svelger-ikke"].options).index("tell-og-ring")
    press(page, *["ArrowDown"] * best)
    expect(player.get_by_role("radio").nth(best)).to_be_checked()
    press(page, "Enter")
    feedback = player.locator(".pk-feedback")
    has_focus(feedback)
    expect(feedback).to_contain_text("Godt valg")
    field = player.locator(".pk-step .ds-input")
    field.focus()
    page.keyboard.type("dd")
    press(page, "Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    has_focus(field)
    expect(field).to_have_value("dd")
    expect(player.locator(".pk-step .ds-validation-message")).to_be_visible()
    assert page.locator(".jp-Notebook-cell").count() == 3  # «d d» did not delete the cell
    field.fill("30")
    press(page, "Enter")
    expect(feedback).to_contain_text("Riktig dose")
    has_focus(feedback)
    assert faults(page, axe_script, within=".pk-case") == []
    assert records(jupyterlab, "kasus")[-1] == (
        "decision",
        {"dose": "30 mg/24 t", "step": "regn-om"},
    )


def test_start_again_is_asked_about_where_one_stands(notebook: Page, jupyterlab: Lab) -> None:
    page = notebook
    page.get_by_role("button", name="Start på nytt").click()
    has_focus(page.get_by_role("button", name="Nei, fortsett her"))
    press(page, "Enter")
    has_focus(page.get_by_role("button", name="Start på nytt"))
    press(page, "Enter", "Shift+Tab", "Enter")
    has_focus(page.locator(".pk-step-title"))
    expect(page.locator(".pk-step")).to_contain_text("Steg 1")
    assert records(jupyterlab, "kasus")[-1] == ("restart", None)


def test_an_answer_is_saved_and_what_cannot_be_read_is_not(
    notebook: Page, jupyterlab: Lab, axe_script: str
) -> None:
    page, box = notebook, notebook.locator(".pk-answer-box")
    field, status = page.get_by_label("Hvor mye?"), box.locator(".pk-answer-status")
    field.fill("1.000")
    press(page, "Enter")
    expect(box.locator(".ds-validation-message")).to_contain_text("kan leses på to måter")
    has_focus(field)
    expect(field).to_have_value("1.000")
    field.fill("30")
    press(page, "Enter")
    expect(status).to_contain_text("Dette svaret teller: 30 mg/24 t")
    field.fill("3")
    expect(status).to_have_text("Endret siden det ble lagret.")
    assert faults(page, axe_script, within=".pk-answer-box") == []
    assert [kind for kind, _ in records(jupyterlab, "oppgave-1")] == ["opened", "answer"]


def test_the_calculator_answers_and_refuses(notebook: Page, axe_script: str) -> None:
    page, answer = notebook, notebook.locator(".pk-answer")
    page.get_by_label("Legemiddel", exact=True).select_option("oxycodone")
    page.get_by_label("Måte å gi det på").select_option("oral")
    page.get_by_label("Dose", exact=True).fill("20 mg x 2")
    page.get_by_label("Omregningstabell").select_option("helsedirektoratet")
    page.get_by_label("Bytt til").select_option("morphine oral")
    page.get_by_role("button", name="Regn ut").click()
    expect(answer).to_contain_text("før reduksjon, ikke en startdose")
    has_focus(answer.locator(".pk-answer-title"))
    page.get_by_label("Dose", exact=True).fill("40 mg x 2")
    expect(answer.locator(".pk-stale")).to_be_visible()
    assert faults(page, axe_script, within=".pk-calculator") == []
    page.get_by_label("Bytt til").select_option("morphine subcutaneous")
    page.get_by_role("button", name="Regn ut").click()
    expect(answer).to_contain_text("Ikke noe svar")
    expect(page.get_by_label("Dose", exact=True)).to_have_value("40 mg x 2")
    assert faults(page, axe_script, within=".pk-calculator") == []


@pytest.mark.parametrize("name", [".pk-case", ".pk-answer-box", ".pk-calculator"])
def test_a_widget_fits_a_screen_of_320_pixels(notebook: Page, name: str) -> None:
    root = notebook.locator(name)
    root.evaluate("root => { root.style.width = '288px'; }")
    assert root.evaluate("root => root.scrollWidth") <= 288
    root.evaluate("root => { root.style.width = ''; }")


@pytest.mark.parametrize("width", [288, 700, 960])
def test_the_clock_and_the_place_are_read_on_one_line(notebook: Page, width: int) -> None:
    """JupyterLab sets a term in a fifth of the width, which broke it letter by letter."""
    root = notebook.locator(".pk-case")
    root.evaluate("(root, width) => { root.style.width = `${width}px`; }", width)
    if notebook.locator(".pk-status-toggle").is_visible():
        notebook.locator(".pk-status-toggle").click()
    lines = root.locator(".pk-when dt").evaluate_all(
        "all => all.map(one => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight))"
    )
    assert lines
    assert max(lines) < 1.5
    if notebook.locator(".pk-status-toggle").is_visible():
        notebook.locator(".pk-status-toggle").click()
    root.evaluate("root => { root.style.width = ''; }")


def test_no_two_widgets_use_one_id(notebook: Page) -> None:
    """A label would else belong to a field of another widget."""
    ids = notebook.locator(".pk-root [id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids)) > 20


def test_designsystemet_is_there_once_and_only_inside_our_widgets(notebook: Page) -> None:
    """JupyterLab's own buttons and lists look as they do when our style sheet is gone."""
    look = (
        "() => ['body', '.jp-Toolbar jp-button', '.jp-DirListing', '.lm-MenuBar', '.jp-InputArea']"
        ".map(place => { const style = getComputedStyle(document.querySelector(place));"
        " return ['font', 'color', 'background', 'padding', 'border'].map(one => style[one]); })"
    )
    sheet = notebook.locator("#pallkit-designsystemet")
    assert sheet.count() == 1
    button = notebook.get_by_role("button", name="Lagre svaret")
    expect(button).to_have_css("background-color", "rgb(11, 85, 99)")
    with_ours = notebook.evaluate(look)
    sheet.evaluate("sheet => { sheet.disabled = true; }")
    assert notebook.evaluate(look) == with_ours
    sheet.evaluate("sheet => { sheet.disabled = false; }")


def test_a_reopened_notebook_shows_what_was_saved_and_prints_alone(
    notebook: Page, jupyterlab: Lab, axe_script: str
) -> None:
    """The debrief, printed with all of it opened and without JupyterLab around it."""
    page, log = notebook, jupyterlab.folder / "svar.jsonl"
    for decision in best_decisions(CASE):
        append(log, record("decision", "kasus", dict(decision)))
    jupyterlab.open(page)
    expect(page.get_by_label("Hvor mye?")).to_have_value("30")
    expect(page.locator(".pk-debrief")).to_contain_text("Veien du gikk")
    other = page.get_by_text("Knuser depottablettene i litt yoghurt")
    expect(other).to_be_hidden()
    page.get_by_text("Hva de andre valgene ville gitt").first.click()
    expect(other).to_be_visible()
    assert faults(page, axe_script, within=".pk-case") == []
    page.get_by_text("Hva de andre valgene ville gitt").first.click()
    page.get_by_role("button", name="Skriv ut").click()
    printed = page.evaluate("() => window.printed")
    assert "Knuser depottablettene i litt yoghurt" in printed
    assert "Bare til undervisning." in printed
    assert "Kernel" not in printed
    expect(other).to_be_hidden()


def test_an_answer_is_taken_back(notebook: Page, jupyterlab: Lab) -> None:
    notebook.get_by_text("Alle svarene dine (1)").click()
    notebook.get_by_role("button", name="Trekk tilbake svaret som teller").click()
    status = notebook.locator(".pk-answer-status")
    expect(status).to_contain_text("Du har trukket svaret tilbake.")
    assert records(jupyterlab, "oppgave-1")[-1] == ("withdrawn", 1)


def test_enter_begins_a_new_line_in_a_text(browser: Browser, jupyterlab: Lab) -> None:
    page = browser.new_page()
    jupyterlab.open(page, TEXT, name="tekst.ipynb")
    field = page.get_by_label("Skriv et notat")
    field.focus()
    page.keyboard.type("Først.\nSå.")
    expect(field).to_have_value("Først.\nSå.")
    page.close()


def test_a_widget_is_as_dark_as_jupyterlab(notebook: Page, axe_script: str) -> None:
    ink = "each => getComputedStyle(each).color.match(/\\d+/g).slice(0, 3).map(Number)"
    for theme, light in (("JupyterLab Dark", True), ("JupyterLab Light", False)):
        notebook.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
        )
        expect(notebook.locator("body")).to_have_attribute(
            "data-jp-theme-name", theme, timeout=20_000
        )
        for part in (".pk-case .pk-prose", ".pk-answer-box label", ".pk-calculator label"):
            found = notebook.locator(part).first.evaluate(ink)
            assert (sum(found) > 600) == light, (theme, part)
        assert faults(notebook, axe_script, within=".pk-calculator") == []


def test_the_console_had_no_errors(errors: list[str]) -> None:
    assert errors == []


def test_a_kernel_that_does_not_answer_is_said_so(notebook: Page) -> None:
    """Last of all, since the page is of no use afterwards."""
    notebook.clock.install()
    notebook.evaluate(
        "() => { const { session } = window.jupyterapp.shell.currentWidget.sessionContext;"
        " session.kernel._sendMessage = () => {}; }"
    )
    notebook.get_by_label("Hvor mye?").fill("25")
    press(notebook, "Enter")
    notebook.clock.run_for(20_000)
    box = notebook.locator(".pk-answer-box")
    expect(box.locator(".pk-trouble")).to_contain_text("Serveren svarer ikke.")
    expect(notebook.get_by_label("Hvor mye?")).to_have_value("25")
