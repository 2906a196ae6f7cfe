"""Marking in a real browser: by keyboard, saved by itself, and nothing lost when things break."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.accessibility.axe import faults
from tests.browser.watch import Watch
from tests.grading import marked_course
from tests.grading.marked_course import HOSTILE, NB, NN, TEXT, ManualServer, MarkedCourse

from pallkit_grading import manual
from pallkit_grading.manual import NewMark

pytestmark = pytest.mark.xdist_group("marked-course")  # made once, whichever worker does it

Contexts = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> MarkedCourse:
    made = marked_course.made_once(tmp_path_factory)
    return marked_course.copy(made, tmp_path_factory.mktemp("marking") / "course")


@pytest.fixture(scope="module")
def running(course: MarkedCourse) -> Iterator[ManualServer]:
    with marked_course.manual_server(course, "--as", "kari") as server:
        yield server


@pytest.fixture
def served(running: ManualServer, course: MarkedCourse) -> ManualServer:
    """The one server, with nothing marked yet."""
    course.forget_persons()
    return running


def _open(context: BrowserContext, server: ManualServer) -> Page:
    page = context.new_page()
    page.goto(server.fresh_address())
    expect(page.get_by_role("heading", name="anne")).to_be_visible()
    return page


def _state(page: Page) -> Any:
    return page.locator("#state")


def _mark(course: MarkedCourse, trainee: str, assignment: str = NB) -> Any:
    with course.book() as book:
        return manual.marks(book.db, assignment).get((trainee, TEXT))


def test_a_whole_task_is_marked_by_keyboard(
    contexts: Contexts, course: MarkedCourse, served: ManualServer
) -> None:
    page = _open(contexts(viewport={"width": 1280, "height": 800}), served)
    watch = Watch(page, f"http://127.0.0.1:{served.port}")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="berit")).to_be_focused()
    page.keyboard.press("k")
    page.get_by_role("radio", name="Sier hva som er byttet til hva").focus()
    page.keyboard.press("Space")
    expect(_state(page)).to_have_text("Ikke ferdig: ligger i denne nettleseren.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Poeng", exact=True)).to_have_value("1")
    expect(_state(page)).to_contain_text("Lagret")
    page.keyboard.press("c")
    page.keyboard.type("jkn: nå skriver jeg")  # the letters are letters in a field
    expect(_state(page)).to_contain_text("Lagret")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="anne")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="berit")).to_be_focused()
    page.keyboard.press("p")
    page.keyboard.type("3,5")
    expect(page.locator("#done")).to_have_text("2 av 4 rettet")
    anne, berit = _mark(course, "anne"), _mark(course, "berit")
    assert (anne.points, anne.comment) == (1, "jkn: nå skriver jeg")
    assert anne.rubric == {"bytte": 1, "oppfolging": 0}
    assert (berit.points, berit.rubric) == (Decimal("3.5"), {})
    page.keyboard.press("Escape")
    page.get_by_role("checkbox", name="Hurtigtaster").uncheck()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="berit")).to_be_visible()
    watch.check()


def test_what_a_trainee_wrote_is_text_and_never_markup(
    contexts: Contexts, served: ManualServer
) -> None:
    page = _open(contexts(), served)
    page.keyboard.press("j")
    expect(page.locator("#answer")).to_have_text(HOSTILE)
    assert page.locator("#answer img, #answer script").count() == 0
    assert "tatt" not in page.title()


def test_a_ready_made_comment_is_put_in_in_the_hand_ins_language(
    contexts: Contexts, course: MarkedCourse, served: ManualServer
) -> None:
    page = _open(contexts(), served)
    page.get_by_role("button", name="dag").click()
    page.get_by_role("button", name="Skriv òg kven dei skal ringje, og når.").click()
    page.get_by_role("button", name="Klart og kort skrive.").click()
    page.get_by_label("Poeng", exact=True).fill("4")
    expect(_state(page)).to_contain_text("Lagret")
    comment = "Skriv òg kven dei skal ringje, og når.\nKlart og kort skrive."
    assert _mark(course, "dag", NN).comment == comment
    page.get_by_role("button", name="Angre").click()
    expect(_state(page)).to_have_text("Angret")
    assert _mark(course, "dag", NN) is None


def test_nothing_is_lost_when_the_program_dies(contexts: Contexts, course: MarkedCourse) -> None:
    course.forget_persons()
    context = contexts()
    with marked_course.manual_server(course, "--as", "per") as first:
        page = _open(context, first)
        first.kill()
    page.get_by_label("Poeng", exact=True).fill("3")
    page.get_by_label("Kommentar til kandidaten").fill("Skrevet mens programmet var borte.")
    expect(_state(page)).to_contain_text("Ikke lagret: programmet svarer ikke")
    page.close()
    with marked_course.manual_server(course, "--as", "per") as again:
        assert again.port == first.port
        page = _open(context, again)
        expect(_state(page)).to_contain_text("Lagret")
        expect(page.get_by_label("Poeng", exact=True)).to_have_value("3")
    assert _mark(course, "anne").comment == "Skrevet mens programmet var borte."


def test_another_markers_score_is_shown_and_not_overwritten(
    contexts: Contexts, course: MarkedCourse, served: ManualServer
) -> None:
    page = _open(contexts(), served)
    with course.book() as book:
        seen = manual.standings(book.db, NB)["anne", TEXT].version
        mark = NewMark(NB, "anne", TEXT, Decimal(1), {}, "Fra Ola.", "ola")
        manual.save(book.db, mark, seen=seen)
    page.get_by_label("Poeng", exact=True).fill("4")
    alert = page.get_by_role("alert").filter(has_text="ola har i mellomtiden gitt 1 poeng")
    expect(alert).to_be_visible()
    assert _mark(course, "anne").grader == "ola"
    page.get_by_role("button", name="Lagre mitt i stedet").click()
    expect(_state(page)).to_have_text("Skriv hvorfor, så lagres det.")
    page.get_by_label("Hvorfor poengene endres").fill("Avtalt med Ola.")
    expect(_state(page)).to_contain_text("Lagret")
    saved = _mark(course, "anne")
    assert (saved.points, saved.grader, saved.reason) == (4, "kari", "Avtalt med Ola.")


def test_hidden_names_stay_hidden_after_a_reload(contexts: Contexts, served: ManualServer) -> None:
    page = _open(contexts(), served)
    page.get_by_role("checkbox", name="Skjul navn").check()
    expect(page.get_by_role("heading", name=re.compile("Kandidat [1-4]"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=re.compile("Kandidat [1-4]"))).to_be_visible()
    for name in marked_course.TRAINEES:
        expect(page.get_by_text(name, exact=True)).to_have_count(0)


def test_two_markers_who_differ_are_settled_on_the_page(
    contexts: Contexts, course: MarkedCourse, served: ManualServer
) -> None:
    with course.book() as book:
        seen = manual.standings(book.db, NB)["anne", TEXT].version
        manual.save(book.db, NewMark(NB, "anne", TEXT, Decimal(1), {}, "", "ola"), seen=seen)
        manual.save_second(book.db, NewMark(NB, "anne", TEXT, Decimal(4), {}, "", "per"), seen=0)
    page = contexts().new_page()
    page.goto(served.fresh_address())
    page.get_by_role("combobox", name="Vis").select_option("differs")
    expect(page.get_by_role("heading", name="anne")).to_be_visible()
    page.get_by_label("Poeng som gjelder").fill("3")
    page.get_by_label("Hvorfor disse poengene").fill("Begge hadde et poeng.")
    page.get_by_role("button", name="Avgjør").click()
    expect(page.get_by_text("Avgjort av kari")).to_be_visible()
    saved = _mark(course, "anne")
    assert (saved.points, saved.grader) == (3, "kari")


def test_an_appeal_is_recorded_closed_and_in_the_history(
    contexts: Contexts, served: ManualServer
) -> None:
    page = _open(contexts(), served)
    page.locator("#appeal-box > summary").click()
    page.get_by_label("Hvorfor det klages").fill("Jeg nevnte legevakten.")
    page.get_by_role("button", name="Registrer klagen").click()
    expect(page.get_by_text("Jeg nevnte legevakten.").first).to_be_visible()
    page.get_by_label("Utfallet").fill("Poengene står.")
    page.get_by_role("button", name="Avslutt klagen").click()
    expect(page.get_by_text(re.compile("Utfall, .*Poengene står."))).to_be_visible()
    page.locator("#history-box > summary").click()
    expect(page.locator("#history")).to_contain_text("Utfall av klagen")


@pytest.mark.parametrize(("lang", "width"), [("nb", 1280), ("nn", 360)])
def test_the_page_fits_and_has_nothing_that_axe_calls_serious(
    contexts: Contexts, served: ManualServer, axe_script: str, lang: str, width: int
) -> None:
    context = contexts(bypass_csp=True, viewport={"width": width, "height": 800})
    page = _open(context, served)
    page.goto(f"http://127.0.0.1:{served.port}/?lang={lang}")
    page.get_by_label("Poeng", exact=True).fill("9")
    expect(_state(page)).to_have_attribute("data-state", "points")
    for box in page.locator("details").all():
        box.evaluate("box => { box.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.documentElement.lang") == lang
    assert not faults(page, axe_script)
