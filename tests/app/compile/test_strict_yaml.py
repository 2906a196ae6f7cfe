"""A value in a YAML file is what it looks like, or an error with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit_app.compile.strict_yaml import YamlError, load, parse


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12:30", "12:30"),
        ("010", "010"),
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("+3", "+3"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("2.50", "2.50"),
        ("2026-11-22", "2026-11-22"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("1/3", "1/3"),
        ("5 %", "5 %"),
    ],
)
def test_a_value_is_what_it_looks_like(written: str, read: object) -> None:
    value = parse(f"key: {written}\n", "f").value
    assert isinstance(value, dict)
    assert (value["key"], type(value["key"])) == (read, type(read))


def test_a_key_is_always_text() -> None:
    assert parse("no: a\n12: b\ntrue: c", "f").value == {"no": "a", "12": "b", "true": "c"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("a: 1\nb: 2\na: 3", 3, "“a” stands twice here; first on line 1", id="twice"),
        pytest.param("x:\n  - {a: 1, a: 1}", 2, "“a” stands twice", id="twice in braces"),
        pytest.param("a: 1\nb: &c 2", 2, "“&c” is a YAML anchor", id="anchor"),
        pytest.param("a: *b", 1, "“*b” is a YAML alias", id="alias"),
        pytest.param("\na: !!int 5", 2, "is a YAML tag", id="tag"),
        pytest.param("a: ! 5", 1, "is a YAML tag", id="bare tag"),
        pytest.param("- {text: One, two}", 1, "A comma inside { } ends a text", id="comma"),
        pytest.param("a:\n\tb: 1", 2, "not valid YAML", id="tab"),
        pytest.param("a: 1\n---\nb: 2", 2, "one document", id="two documents"),
        pytest.param("a: \x07", 1, "invisible control character", id="bell"),
        pytest.param("? [a]\n: b", 1, "A key must be one word", id="a list as key"),
        pytest.param("a: " + "[" * 50_000, 1, "nested too deeply", id="a tower of brackets"),
    ],
)
def test_cleverness_is_an_error_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text, "case.yaml")
    assert caught.value.line == line
    assert words in str(caught.value.problem)
    assert str(caught.value).startswith(f"case.yaml:{line}: ")


def test_the_line_of_every_value_is_kept() -> None:
    document = parse("a: 1\nb:\n  - c: x\n  - d: y\n    e: z\n", "f")
    assert document.line(("b", 1, "e")) == 5
    assert document.line(("b", 0)) == 3
    assert document.line(("b", 1, "missing", 7)) == 4, "the nearest thing around it"
    assert document.line(("nowhere",)) == 1


def test_a_file_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "nb.yaml"
    path.write_bytes("a: 1\nb: blå".encode("latin-1"))
    with pytest.raises(YamlError, match=r"nb.yaml:2: .*UTF-8"):
        load(path)


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "nb.yaml"
    path.write_bytes("\ufeffa: blå\r\nb: |\r\n  én\r\n  to\r\n".encode())
    assert load(path).value == {"a": "blå", "b": "én\nto\n"}


@given(st.text())
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    assert 1 <= line_of_error(text) <= text.count("\n") + 2


def line_of_error(text: str) -> int:
    try:
        parse(text, "f")
    except YamlError as error:
        return error.line
    return 1


LETTERS = st.characters(categories=("L", "N", "P", "S", "Zs"))
VALUES = st.recursive(
    st.text(LETTERS, max_size=20) | st.integers() | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS, min_size=1), inner)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_what_json_can_say_arrives_unchanged(value: object) -> None:
    assert parse(json.dumps(value, ensure_ascii=False), "f").value == value
