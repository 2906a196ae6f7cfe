"""A SCORM package in a real browser: played with the keyboard, in a strict platform and alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, FrameLocator, Page, expect
from tests.app.exchange.static_player import ask, model_of
from tests.browser.accessibility.axe import faults
from tests.browser.lms_server import learning_platform
from tests.browser.test_play_every_kind import Keyboard
from tests.browser.watch import Watch
from tests.kit.rich_bank import RICH, rich_bank
from tests.kit.test_case_view import PLAYED

from pallkit.cases import Prose, load, play, prose
from pallkit.cases.debrief import debrief
from pallkit.cases.play import begin
from pallkit.cases.steps import Step
from pallkit_app.exchange.scorm import write

CASE = "smerte-kan-ikke-svelge"
Place = Page | FrameLocator


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Path]:
    with rich_bank(tmp_path / "bank") as folder:
        yield folder


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Put a case's package on a platform; gives the platform's address."""
    opened = []

    def serve(case_id: str) -> str:
        package = tmp_path / f"{case_id}.zip"
        write(case_id, "nb", package)
        running = learning_platform(package, tmp_path / f"platform-{case_id}")
        opened.append(running)
        return running.__enter__()

    yield serve
    for running in opened:
        running.__exit__(None, None, None)


class Learner:
    """Someone who makes decisions with the keyboard alone."""

    def __init__(self, page: Page, place: Place, texts: Prose) -> None:
        self._keys, self._place, self._texts = Keyboard(page), place, texts
        self._page = page

    def decide(self, step: Step, decision: dict[str, str]) -> None:
        """Answer one step as ``decision`` says."""
        made = {key: text for key, text in decision.items() if key not in {"step", "level"}}
        if "option" in made:
            self._choose(step, made["option"])
        elif "order" in made:
            self._put_in_order(step, made["order"].split(","))
            self._press("Svar")
        elif step.kind == "document":
            self._fill_in(step, made)
        elif "dose" in made or "rate" in made:
            self._type(made.get("dose", made.get("rate", "")))
            self._page.keyboard.press("Enter")
        elif step.kind == "reflect":
            self._type(made.get("text", ""))
            self._press("Lagre og sammenlign")
        else:
            self._tick_or_set(step, made)

    def _tick_or_set(self, step: Step, made: dict[str, str]) -> None:
        for pick in made.get("picks", "").split(","):
            if pick:
                self._mark("checkbox", self._texts.steps[step.id].options[pick].label)
        if "value" in made:
            self._set(int(made["value"]))
        self._press("Svar" if "picks" in made or "value" in made else "Gå videre")

    def _choose(self, step: Step, option: str) -> None:
        if option == "on":
            self._press("Gå videre")
            return
        self._mark("radio", self._texts.steps[step.id].options[option].label)
        self._press("Spør" if step.kind == "consult" else "Bekreft valget")

    def _mark(self, role: str, label: str) -> None:
        # What somebody is asked has their name before it.
        name = re.compile(re.escape(label) + "$")
        group = self._place.get_by_role(role, name=name)  # type: ignore[arg-type]  # radio or checkbox
        if role == "checkbox" or not self._place.locator("fieldset.pk-options :checked").count():
            self._radio_first(role)
        if role == "checkbox":
            self._keys.press(group, "Space")
            return
        for _press in range(10):
            if group.is_checked():
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {label}")

    def _radio_first(self, role: str) -> None:
        if role == "radio":
            self._keys.press(self._place.locator("fieldset.pk-options input").first, "Space")

    def _set(self, value: int) -> None:
        self._keys.press(self._place.locator(".pk-scale input").first, "Space")
        for _press in range(value):
            self._page.keyboard.press("ArrowRight")

    def _put_in_order(self, step: Step, order: list[str]) -> None:
        labels = self._texts.steps[step.id].options
        lines = self._place.locator(".pk-order-label")
        for place, item in enumerate(order):
            up = self._place.get_by_role("button", name=f"Flytt opp: {labels[item].label}")
            while lines.nth(place).inner_text() != labels[item].label:
                self._keys.press(up)

    def _fill_in(self, step: Step, made: dict[str, str]) -> None:
        for key, text in made.items():
            label = self._texts.steps[step.id].fields[key.removeprefix("field.")].label
            field = self._place.get_by_label(re.compile("^" + re.escape(label)))
            self._keys.tab_to(field)
            if text == "yes":
                self._page.keyboard.press("Space")
            elif field.evaluate("node => node.tagName") == "SELECT":
                field.select_option(text)
            else:
                self._page.keyboard.type(text)
        self._press("Lagre skjemaet")

    def _type(self, text: str) -> None:
        self._keys.tab_to(self._place.get_by_role("textbox"))
        self._page.keyboard.type(text)

    def _press(self, name: str) -> None:
        self._keys.press(self._place.get_by_role("button", name=name, exact=True))


def walk(
    learner: Learner, place: Place, case_id: str, made: list[dict[str, str]], start: int
) -> None:
    """Make the decisions from number ``start`` on; after each, the title says where one is."""
    case, texts = load(case_id), prose(case_id, "nb")
    state = begin(case)
    for number, decision in enumerate(made):
        step = case.by_id[str(state.step)]
        state, _events = play(case, state, decision)
        if number < start:
            continue
        learner.decide(step, decision)
        if state.step is None:
            expect(place.locator(".pk-debrief-title")).to_be_visible()
        else:
            expect(place.locator(".pk-step-title")).to_have_text(texts.steps[state.step].title)


def _risky_way(case_id: str) -> list[dict[str, str]]:
    """Through the case by its last options and double doses: something dangerous on the way."""
    case, state, made = load(case_id), begin(load(case_id)), list[dict[str, str]]()
    while state.step is not None:
        step = case.by_id[state.step]
        decision = {"step": step.id}
        if step.kind == "choice":
            risky = [option.id for option in step.options if option.danger]
            decision["option"] = (risky or [option.id for option in step.options if option.best])[0]
        elif step.kind == "dose":
            decision["dose"] = f"37,5 {step.answer_unit}"
        elif step.kind == "reflect":
            decision["text"] = "Å sitte ned"
        state, _events = play(case, state, decision)
        made.append(decision)
    return made


def test_a_case_is_left_half_way_taken_up_again_and_recorded(
    platform: Callable[[str], str], contexts: Callable[..., BrowserContext]
) -> None:
    url, made = platform(CASE), _risky_way(CASE)
    context, texts = contexts(reduced_motion="reduce"), prose(CASE, "nb")
    half = len(made) // 2

    first, watch = _opened(context, f"{url}lms.html", url)
    place = first.frame_locator("iframe")
    expect(place.locator("#nothing-recorded")).to_be_hidden()
    walk(Learner(first, place, texts), place, CASE, made[:half], 0)
    assert first.evaluate("() => window.faults") == []
    watch.check()
    first.goto("about:blank")

    page, watch = _opened(context, f"{url}lms.html", url)
    place = page.frame_locator("iframe")
    kept = page.evaluate("() => window.kept()")
    assert kept["cmi.core.exit"] == "suspend"
    assert re.fullmatch(r"0000:\d\d:\d\d", kept["cmi.core.session_time"])
    expect(place.locator(".pk-overline")).to_have_text(f"Steg {half + 1}")
    walk(Learner(page, place, texts), place, CASE, made, half)
    kept = page.evaluate("() => window.kept()")
    done = debrief(load(CASE), made)
    assert kept["cmi.core.lesson_status"] == "completed"
    most, got = sum(done.best_score.values()), sum(done.end.score.values())
    assert kept["cmi.core.score.raw"] == str(max(0, round(100 * got / most)))
    assert done.dangers
    for passage in done.dangers:
        assert texts.steps[passage.event.step].title in kept["cmi.comments"]
    judged = [one.event for one in done.passages if one.event.kind in {"choice", "dose"}]
    told = [kept[f"cmi.interactions.{place}.result"] for place in range(len(judged))]
    assert told == ["correct" if event.best else "wrong" for event in judged]
    assert "Å sitte ned" not in json.dumps(kept, ensure_ascii=False)
    assert page.evaluate("() => window.faults") == []
    watch.check()


@pytest.mark.usefixtures("bank")
def test_every_kind_is_played_on_a_phone_with_no_platform(
    platform: Callable[[str], str], contexts: Callable[..., BrowserContext]
) -> None:
    url = platform(RICH)
    context = contexts(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page, watch = _opened(context, f"{url}package/index.html", url)
    expect(page.locator("#nothing-recorded")).to_contain_text("Ingenting blir registrert")
    made = [{k: v for k, v in one.items() if k != "sure"} for one in PLAYED]
    learner = Learner(page, page, prose(RICH, "nb"))
    for upto in range(1, len(made) + 1):
        walk(learner, page, RICH, made[:upto], upto - 1)
        over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0
    page.evaluate(
        "() => { window.print = () => { document.body.dataset.opened ="
        " [...document.querySelectorAll('details')].every(each => each.open) } }"
    )
    page.get_by_role("button", name="Skriv ut").click()
    expect(page.locator("body[data-opened=true]")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator(".pk-watermark")).to_be_visible()
    expect(page.locator("#nothing-recorded")).to_be_hidden()
    watch.check()


@pytest.mark.usefixtures("bank")
def test_axe_finds_no_fault_at_first_in_a_refused_answer_or_at_the_end(
    platform: Callable[[str], str],
    contexts: Callable[..., BrowserContext],
    axe_script: str,
    tmp_path: Path,
) -> None:
    url, model = platform(RICH), model_of(RICH, "nb")
    context = contexts(viewport={"width": 360, "height": 740}, bypass_csp=True)
    for past in (0, 6, 8, len(PLAYED)):
        (line,) = ask("run", [["pack", model, PLAYED[:past]]], tmp_path)
        page, watch = _opened(context, f"{url}lms.html", url, {"cmi.suspend_data": line})
        frame = _frame(page)
        expect(page.frame_locator("iframe").locator(".pk-watermark")).to_be_visible()
        if PLAYED[past : past + 1] and PLAYED[past]["step"] == "regn":
            page.frame_locator("iframe").get_by_role("textbox").fill("1.000 mg/24 t")
            page.frame_locator("iframe").get_by_role("button", name="Svar", exact=True).click()
            error = page.frame_locator("iframe").locator(".ds-validation-message")
            expect(error).to_contain_text("kan leses på to måter")
        frame.evaluate(
            "() => document.querySelectorAll('details').forEach(each => each.open = true)"
        )
        assert not faults(frame, axe_script), past
        watch.check()
        page.close()


def test_what_another_package_kept_is_told_of_and_begun_anew(
    platform: Callable[[str], str], contexts: Callable[..., BrowserContext]
) -> None:
    url = platform(CASE)
    page, watch = _opened(contexts(), f"{url}lms.html", url, {"cmi.suspend_data": "1|00000000|~~"})
    place = page.frame_locator("iframe")
    expect(place.locator(".pk-note")).to_contain_text("passer ikke til denne pakken")
    expect(place.locator(".pk-overline")).to_have_text("Steg 1")
    watch.check()


def test_it_plays_from_a_disk_and_for_a_teacher_who_only_looks_nothing_is_written(
    platform: Callable[[str], str], contexts: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    url = platform(CASE)
    page = contexts().new_page()
    page.goto((tmp_path / f"platform-{CASE}" / "package" / "index.html").as_uri())
    page.get_by_role("button", name="Gå videre").click()
    expect(page.locator(".pk-overline")).to_have_text("Steg 2")
    expect(page.locator("#nothing-recorded")).to_be_visible()
    page, _watch = _opened(contexts(), f"{url}lms.html", url, {"cmi.core.lesson_mode": "review"})
    place = page.frame_locator("iframe")
    place.get_by_role("button", name="Gå videre").click()
    expect(place.locator("#nothing-recorded")).to_be_visible()
    names = {call[0] for call in page.evaluate("() => window.calls")}
    assert names == {"LMSInitialize", "LMSGetValue"}


def _opened(
    context: BrowserContext, address: str, home: str, kept: dict[str, str] | None = None
) -> tuple[Page, Watch]:
    page = context.new_page()
    watch = Watch(page, home)
    if kept is not None:
        said = json.dumps(json.dumps(kept))
        page.add_init_script(f"localStorage.setItem('lms', {said})")
    page.goto(address)
    return page, watch


def _frame(page: Page) -> Frame:
    return next(frame for frame in page.frames if "package/" in frame.url)
