"""The JavaScript and CSS, read as text: what can be held without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import pallkit_widgets
from pallkit.i18n import render
from pallkit_widgets import (
    AnswerBox,
    CasePlayer,
    OpioidCalculator,
    PracticeTasks,
    Preflight,
    PumpCalculator,
    RatioSetBrowser,
)
from pallkit_widgets.shared import assets
from pallkit_widgets.shared.base import _COMMON, PallkitWidget

PACKAGE = Path(pallkit_widgets.__file__).parent
SCRIPTS = sorted(PACKAGE.glob("*/*.js"))
STYLES = sorted(set(PACKAGE.glob("*/*.css")) - set(PACKAGE.glob("_static/*")))
WIDGETS: list[type[PallkitWidget]] = [
    AnswerBox,
    CasePlayer,
    OpioidCalculator,
    PracticeTasks,
    Preflight,
    PumpCalculator,
    RatioSetBrowser,
]


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_a_script_is_short_enough_to_read(script: Path) -> None:
    assert len(script.read_text().splitlines()) < 300


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_html_is_set_in_one_place_only(script: Path) -> None:
    found = re.findall(
        r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b", script.read_text()
    )
    assert found == (["innerHTML"] if named(script) == "shared/dom.js" else [])


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_only_sanitised_fields_are_shown_as_html(script: Path) -> None:
    shown = re.findall(r"\bprose\(([\w.]+),", script.read_text())
    assert [field for field in shown if not field.endswith("html")] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_a_script_reaches_nowhere_and_runs_no_text(script: Path) -> None:
    text = script.read_text()
    assert not re.search(r"\b(?:fetch|XMLHttpRequest|WebSocket|eval|Function|import)\(", text)
    assert not re.search(r"\b(?:localStorage|sessionStorage|cookie)\b", text)


@pytest.mark.parametrize("style", STYLES, ids=named)
def test_colours_stand_in_the_tokens_only(style: Path) -> None:
    if named(style) != "shared/tokens.css":
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", style.read_text())


@pytest.mark.parametrize("style", STYLES, ids=named)
def test_a_style_is_inside_our_widgets(style: Path) -> None:
    """JupyterLab is around us: a bare element selector would restyle it."""
    text = re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL)
    selectors = re.findall(r"^\s*([^\s@{}][^{};]*?)\s*[{,]$", text, flags=re.MULTILINE)
    bare = [one for one in selectors if not re.match(r"\.pk-|:root(\[[^]]*\])?$", one)]
    assert bare == []


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_the_words_a_script_asks_for_are_there_and_no_others(widget: type[PallkitWidget]) -> None:
    used = set(re.findall(r"\blabels\.(\w+)", widget._esm))
    by_kind = {key for key in widget.LABELS if re.match(r"tone_|reduce_|seen_", key)}
    assert used <= {*widget.LABELS, *_COMMON}
    assert set(widget.LABELS) - used - by_kind == set()


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_every_module_a_script_imports_is_joined_before_it(widget: type[PallkitWidget]) -> None:
    assert "\nimport " not in widget._esm
    assert widget._esm.count("export default") == 1
    for name in re.findall(r"\bexport (?:function|const) (\w+)", widget._esm):
        raise AssertionError(f"{name} is still exported")


def test_two_modules_cannot_share_a_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "PACKAGE", tmp_path)
    (tmp_path / "a.js").write_text("export function same() {}\n")
    (tmp_path / "b.js").write_text("function same() {}\n")
    with pytest.raises(ValueError, match=r"b\.js: \['same'\] also stands in a module before it"):
        assets.module("a.js", "b.js")


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_every_word_is_translated(lang: str) -> None:
    path = PACKAGE / "locale" / lang / "LC_MESSAGES" / "pallkit_widgets.po"
    with path.open("rb") as file:
        catalogue = read_po(file)
    assert [entry.id for entry in catalogue if entry.id and not entry.string] == []
    for widget in WIDGETS:
        for text in {**_COMMON, **widget.LABELS}.values():
            assert render(text, lang)  # every parameter is filled in
