"""The page to look through the pictures on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from pallkit_app.screenshots.taking import Wanted

_STYLE = """
body { margin: 2rem; font: 1rem/1.5 system-ui, sans-serif; }
section { margin-block: 2.5rem; }
ul { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
li { width: 15rem; font-size: .85rem; }
img { display: block; width: 100%; height: 18rem; object-fit: cover; object-position: top;
  border: 1px solid #bbb; }
"""


def write(wanted: Wanted, out: Path) -> Path:
    """Write ``index.html`` beside the pictures that are there."""
    index = out / "index.html"
    sections = "\n".join(_sections(wanted, out))
    index.write_text(
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>PallKit</title>'
        f"<style>{_STYLE}</style></head><body><h1>PallKit</h1>\n{_contents(wanted)}\n"
        f"{sections}</body></html>\n",
        encoding="utf-8",
    )
    return index


def _contents(wanted: Wanted) -> str:
    links = (f'<a href="#{escape(each.name)}">{escape(each.name)}</a>' for each in wanted.pages)
    return f"<p>{' · '.join(links)}</p>"


def _sections(wanted: Wanted, out: Path) -> Iterator[str]:
    for shown in wanted.pages:
        yield f'<section id="{escape(shown.name)}"><h2>{escape(shown.name)}</h2>'
        for lang in wanted.languages:
            yield _row(sorted(out.glob(f"{shown.name}.{lang}.*")))
        yield "</section>"


def _row(files: Sequence[Path]) -> str:
    return f"<ul>{''.join(map(_picture, files))}</ul>"


def _picture(file: Path) -> str:
    name = escape(file.name)
    shown = "" if file.suffix == ".pdf" else f'<img src="{name}" alt="" loading="lazy">'
    return f'<li><a href="{name}">{shown}{name}</a></li>'
