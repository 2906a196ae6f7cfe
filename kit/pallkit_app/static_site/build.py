"""Making the copy: into a folder of its own, which takes the old one's place when it is whole."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from pallkit.i18n import LANGUAGES, Language, _, render
from pallkit_app.failures import why
from pallkit_app.static_site import writing
from pallkit_app.static_site.addresses import Spot, View
from pallkit_app.static_site.asking import source
from pallkit_app.static_site.copying import NOWHERE, Copied, copy
from pallkit_app.static_site.errors import SiteError
from pallkit_app.static_site.licences import licences
from pallkit_app.static_site.packages import LIBRARIES, lay_packages, lay_runtime, named_by_content
from pallkit_app.static_site.runtime import Tell, runtime

MARK = "pallkit-site.txt"
"""A file that says a folder is a copy of ours, and may be replaced by a newer one."""

AWAY = "/uten-nett"
"""Where the page lies that is shown without a network in place of one never opened."""

_CODE = re.compile(r'<p class="site-error__code">.*?</p>')
_FILES = "files"
_KEEPER = Path(__file__).parent / "pages" / "service-worker.js"
# What the browser has to fetch before Python runs.
_FIRST = ("pyodide.asm.wasm.packed", "python_stdlib.zip", "pallkit.zip")


@dataclass(frozen=True, slots=True)
class Built:
    """What was made: pages, files in all, and bytes in all."""

    pages: int
    files: int
    size: int


def build_site(out: Path, *, tell: Tell, report_address: str = "", address: str = "/") -> Built:
    """Write the copy to ``out``, which is new, empty, or an older copy.

    ``address`` is the path it will be put under, which only the page for wrong addresses has to
    know. Raises :class:`SiteError`; then ``out`` is as it was.
    """
    _refuse_others(out)
    try:
        return _built(out, tell=tell, report_address=report_address, address=address)
    except OSError as error:
        raise SiteError(
            _("The copy could not be made in “{path}”: {why}.", path=str(out), why=why(error))
        ) from error


def _built(out: Path, *, tell: Tell, report_address: str, address: str) -> Built:
    found = runtime(tell)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".pallkit-site-") as scratch:
        site = Path(scratch, "site")
        (site / _FILES).mkdir(parents=True)
        tell(_("Compiling Python for the browser …"))
        runs_on = lay_runtime(found, site / _FILES)
        python = lay_packages(found, site / _FILES)
        tell(_("Copying the pages …"))
        with source(report_address) as server:
            copied = copy(server)
        assets = _lay_assets(copied, site / _FILES)
        folders = _folders(site, assets=assets, python=python, runs_on=runs_on)
        _write_pages(site, copied, folders, address)
        _write_keeper(site, (assets, python, runs_on))
        (site / "licences.txt").write_text(licences(LIBRARIES, found), "utf-8")
        (site / MARK).write_text(render(_MARK, "en") + "\n", "utf-8")
        _put(site, out)
    every = [path for path in out.rglob("*") if path.is_file()]
    return Built(len(copied.pages), len(every), sum(path.stat().st_size for path in every))


_MARK = _("A static copy of PallKit, made with “pallkit build-site”, which may replace it.")


def _refuse_others(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise SiteError(_("“{path}” is a file. Name a folder.", path=str(out)))
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise SiteError(
            _(
                "“{path}” holds something else than a static copy of PallKit. Name a new folder.",
                path=str(out),
            )
        )


def _lay_assets(copied: Copied, files: Path) -> str:
    with tempfile.TemporaryDirectory(prefix="pallkit-site-") as scratch:
        folder = Path(scratch, "pages")
        for name, content in copied.assets.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return named_by_content(folder, files, "pages")


def _folders(site: Path, *, assets: str, python: str, runs_on: str) -> writing.Folders:
    first = (site / _FILES / folder / name for folder in (python, runs_on) for name in _FIRST)
    return writing.Folders(
        assets=f"{_FILES}/{assets}",
        python=f"{_FILES}/{python}",
        runtime=f"{_FILES}/{runs_on}",
        size=sum(path.stat().st_size for path in first if path.is_file()),
    )


def _write_pages(site: Path, copied: Copied, folders: writing.Folders, address: str) -> None:
    away = {Spot(AWAY, lang) for lang in LANGUAGES}
    known = (away | copied.pages.keys()).__contains__
    for spot, text in copied.pages.items():
        _write(site / spot.folder / "index.html", writing.page(View(spot), text, folders, known))
    for spot in away:
        text = _offline(copied.missing[Spot(NOWHERE, spot.lang)], spot.lang)
        _write(site / spot.folder / "index.html", writing.page(View(spot), text, folders, known))
    # It is shown at any address, so its own are counted from the host's top.
    wrong = copied.missing[Spot(NOWHERE)].replace(f'"{NOWHERE}', '"/')
    _write(site / "404.html", writing.page(View(Spot(NOWHERE), address), wrong, folders, known))


def _offline(text: str, lang: Language) -> str:
    """The page for what was not opened before the network went."""
    words = {
        _("This page does not exist"): _("This page is not kept in your browser"),
        _("The address may be misspelt, or the case may have been renamed or withdrawn."): _(
            "There is no network, and you have not opened this page before. What you have opened "
            "can be read and used as before."
        ),
    }
    text = _CODE.sub("", text).replace("feil-404", AWAY.strip("/"))
    text = text.replace(f'"{NOWHERE}', f'"{AWAY}')
    for old, new in words.items():
        text = text.replace(escape(render(old, lang)), escape(render(new, lang)))
    return text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _write_keeper(site: Path, folders: Iterable[str]) -> None:
    script = _KEEPER.read_text("utf-8").replace("{folders}", '", "'.join(folders))
    away = [Spot(AWAY, lang).folder for lang in LANGUAGES]
    script = script.replace("{away}", '", "'.join(away))
    _write(site / "service-worker.js", script)


def _put(site: Path, out: Path) -> None:
    """Let the new copy take the old one's place."""
    old = site.parent / "old"
    if out.is_dir():
        out.rename(old)
    try:
        site.rename(out)
    except OSError:
        if old.is_dir():
            old.rename(out)
        raise
