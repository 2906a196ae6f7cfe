"""Put a widget's JavaScript and CSS together from readable files.

anywidget loads one module per widget from a string, so modules cannot import each other
there. They are written as ordinary ES modules all the same, so that an editor and a
linter understand them, and joined here: the imports go, and so does `export`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent

_IMPORT = re.compile(r'^import \{[^}]*\} from "\.{1,2}/[^"]+";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)
_TOP_NAME = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


@cache
def module(*names: str) -> str:
    """Join JavaScript files of this package, each after those it imports from.

    Two modules may not use one name at the top: joined, they would share it.
    """
    sources = [(PACKAGE / name).read_text("utf-8") for name in names]
    taken: set[str] = set()
    for name, source in zip(names, sources, strict=True):
        clash = taken & set(_TOP_NAME.findall(source))
        if clash:
            raise ValueError(f"{name}: {sorted(clash)} also stands in a module before it")
        taken |= set(_TOP_NAME.findall(source))
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)


@cache
def stylesheet(*names: str) -> str:
    """Join CSS files of this package, after the tokens and what all widgets share."""
    shared = ("shared/tokens.css", "shared/base.css")
    return "\n".join((PACKAGE / name).read_text("utf-8") for name in (*shared, *names))


@cache
def scoped_designsystemet() -> str:
    """Designsystemet for a page that is not ours: kept inside our widgets.

    Our own pages link the two files as they are. In JupyterLab they would restyle the
    page (`body`, `:root`), so there they are wrapped in `@scope (.pk-root)`, and what
    they say of the page is said of the widget. Their layers stay, so that our own rules
    win over them as they do on our pages. Empty if the build hook has not fetched them.
    """
    folder = PACKAGE / "_static"
    try:
        theme = (folder / "theme.css").read_text("utf-8")
        components = (folder / "designsystemet.css").read_text("utf-8")
    except FileNotFoundError:
        return ""
    css = re.sub(r":root|(?<![\w-])body(?=[,{:])", ":scope", theme + components)
    # A rule in a scope is for what is below the widget: of the widget itself it says :scope.
    css = re.sub(r"(\[data-color-scheme=\w+\])\{", r":scope\1,\1{", css)
    order = "@layer ds.theme,ds.base,ds.components;"
    return f"{order}@scope (.pk-root){{{css}}}"
