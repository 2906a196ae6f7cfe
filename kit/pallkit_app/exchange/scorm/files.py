"""The files of a package: one page, its scripts and styles, and the case as data."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pallkit import __version__
from pallkit.about import INTENDED_PURPOSE
from pallkit.cases import Prose
from pallkit.errors import PallkitError
from pallkit.i18n import Language, _, render
from pallkit_app import server
from pallkit_widgets import CasePlayer
from pallkit_widgets.shared.assets import PACKAGE, module

PAGE = "index.html"
HERE = Path(__file__).parent
PLAYER = HERE / "player"
_SITE = Path(server.__file__).parent / "static"
_SCRIPTS = (
    "numbers.js",
    "reading.js",
    "judging.js",
    "engine.js",
    "patient.js",
    "telling.js",
    "debriefing.js",
    "showing.js",
    "saving.js",
    "lms.js",
    "page.js",
)
"""The player's scripts, each after those it imports from."""

_PICTURE = re.compile(r"""url\((["'])data:image/svg\+xml;charset=utf-8,(.*?)\1\)""")


def page_files(model: dict[str, Any], texts: Prose, lang: Language) -> dict[str, str | bytes]:
    """Every file by its name in the package, but the manifest and the report."""
    return {
        PAGE: _page(texts, lang),
        "case.js": f"window.PALLKIT_CASE = {_json(model)};\n",
        "view.js": _view(),
        "player.js": f'(() => {{\n"use strict";\n{module(*_scripts())}\n}})();\n',
        "player.css": CasePlayer._css,
        "page.css": (PLAYER / "page.css").read_text("utf-8"),
        "mark.svg": (_SITE / "mark.svg").read_text("utf-8"),
        "inter.woff2": (_SITE / "inter.woff2").read_bytes(),
        "licences.txt": _licences(),
        **_designsystemet(),
    }


def _scripts() -> list[str]:
    return [str(PLAYER / name) for name in _SCRIPTS]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _view() -> str:
    """The case player's own view, which in a notebook is a module and here is not.

    A page opened from a disk may not load modules.
    """
    script = CasePlayer._esm.replace("export default {", "return {")
    return f'window.PALLKIT_VIEW = (() => {{\n"use strict";\n{script}\n}})();\n'


def _designsystemet() -> dict[str, str | bytes]:
    """Its two style sheets; the pictures in them as files, for a page that allows no data."""
    pictures: dict[str, str] = {}

    def as_file(found: re.Match[str]) -> str:
        picture = unquote(found[2])
        name = pictures.setdefault(picture, f"icon-{len(pictures) + 1}.svg")
        return f'url("{name}")'

    try:
        sheets: dict[str, str | bytes] = {
            name: _PICTURE.sub(as_file, (PACKAGE / "_static" / name).read_text("utf-8"))
            for name in ("designsystemet.css", "theme.css")
        }
    except FileNotFoundError:
        raise PallkitError(
            _("The styles are missing from this installation. Install PallKit again.")
        ) from None
    return {**sheets, **{name: picture for picture, name in pictures.items()}}


def _licences() -> str:
    parts = [
        (PACKAGE / "_static" / "designsystemet-LICENSE").read_text("utf-8"),
        (_SITE / "inter-LICENSE.txt").read_text("utf-8"),
    ]
    head = (
        f"PallKit {__version__}. The player: BSD 3-Clause. The case's own texts: CC BY 4.0, "
        "https://creativecommons.org/licenses/by/4.0/\n"
        "Designsystemet (MIT) and Inter (SIL Open Font License) follow.\n"
    )
    return "\n----\n\n".join([head, *parts])


def _page(texts: Prose, lang: Language) -> str:
    missing = _("This page needs JavaScript, and it is switched off in the browser.")
    unrecorded = _("Nothing is recorded. Open the case from a learning platform if it is to count.")
    return _HTML.format(
        lang=lang,
        prose_lang=texts.lang,
        title=escape(texts.title),
        unrecorded=escape(render(unrecorded, lang)),
        missing=escape(render(missing, lang)),
        purpose=escape(render(INTENDED_PURPOSE, lang)),
        version=escape(__version__),
    )


_HTML = """\
<!doctype html>
<html lang="{lang}" data-color-scheme="light">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="designsystemet.css">
<link rel="stylesheet" href="theme.css">
<link rel="stylesheet" href="player.css">
<link rel="stylesheet" href="page.css">
<script src="case.js" defer></script>
<script src="view.js" defer></script>
<script src="player.js" defer></script>
</head>
<body>
<main>
<h1 lang="{prose_lang}">{title}</h1>
<p id="nothing-recorded" hidden>{unrecorded}</p>
<noscript><p>{missing}</p></noscript>
<div id="player"></div>
</main>
<footer><p>PallKit {version} · {purpose}</p></footer>
</body>
</html>
"""
