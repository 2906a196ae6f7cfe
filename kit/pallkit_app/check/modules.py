"""Teaching modules: in the format, alike in both languages, sourced, with tasks to solve."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from markdown_it import MarkdownIt

from pallkit.i18n import Message, _
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.module_files import LANGS, ModuleCell, ModuleFile, modules, pairs

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_GOALS = range(3, 6)
_MINUTES = range(20, 31)
_KINDS: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "lang": str,
    "version": int,
    "title": str,
    "summary": str,
    "minutes": int,
    "level": str,
    "topics": list,
    "sources": list,
    "reviewed": (dict, type(None)),
}
_REVIEW = {"by", "role", "on", "version"}
# What the two languages say each in its own way.
_OWN = {"lang", "title", "summary"}
_HEADING = re.compile(r"^(#{1,3}) ", re.MULTILINE)
_LANG = re.compile(r"""(?<=\blang=)(["'])(nb|nn)\1""")


@rule("module-format", _("A module says what it is: id, title, minutes, level, topics, sources."))
def malformed_modules(bank: Bank) -> Iterator[Finding]:
    """The list of modules and each module's page are made from its metadata."""
    for module in modules(bank):
        for problem in (*_metadata_problems(module), *_cell_problems(module)):
            yield Finding(
                module.spot(),
                _("Not a whole module: {problem}.", problem=problem),
                _("Compare the notebook’s metadata and cell ids with another module’s."),
            )


def _metadata_problems(module: ModuleFile) -> Iterator[str]:
    about = module.about
    yield from (f"{key}: –" for key in _KINDS if key not in about)
    yield from (f"{key}: ?" for key in about if key not in _KINDS)
    for key, kind in _KINDS.items():
        value = about.get(key)
        if key in about and (not isinstance(value, kind) or value in ("", [])):
            yield f"{key}: {value!r}"
    if f"{about.get('id')}.{about.get('lang')}" != module.stem or about.get("lang") not in LANGS:
        yield f"id, lang: {about.get('id')}.{about.get('lang')}"
    if isinstance(about.get("minutes"), int) and about["minutes"] not in _MINUTES:
        yield f"minutes: {about['minutes']} ({_MINUTES[0]}–{_MINUTES[-1]})"
    if about.get("level") not in ("A", "B", "C"):
        yield f"level: {about.get('level')}"
    if isinstance(about.get("reviewed"), dict) and about["reviewed"].keys() != _REVIEW:
        yield f"reviewed: {', '.join(sorted(_REVIEW))}"
    kernel = module.metadata.get("kernelspec")
    if not isinstance(kernel, dict) or kernel.get("name") != "python3":
        yield "kernelspec: python3"


def _cell_problems(module: ModuleFile) -> Iterator[str]:
    ids = [cell.id for cell in module.cells]
    yield from (f"cell id: {id_!r}" for id_ in ids if not _ID.fullmatch(id_))
    yield from (f"cell id: {id_!r} × {n}" for id_, n in Counter(ids).items() if n > 1)


@rule("module-languages", _("A module is written in bokmål and nynorsk, cell by cell the same."))
def unlike_modules(bank: Bank) -> Iterator[Finding]:
    """A change of language exchanges the texts cell by cell, around the same tools."""
    remedy = _("Let both files have the same cells in the same order, alike but for the language.")
    written = {module.stem for module in modules(bank)}
    for module in modules(bank):
        stem, _dot, lang = module.stem.rpartition(".")
        other = f"{stem}.{'nn' if lang == 'nb' else 'nb'}"
        if other not in written:
            yield Finding(module.spot(), _("“{file}” is missing.", file=f"{other}.ipynb"), remedy)
    for nb, nn in pairs(bank):
        for problem in _differences(nb, nn):
            yield Finding(nn.spot(), problem, remedy)


def _differences(nb: ModuleFile, nn: ModuleFile) -> Iterator[Message]:
    for key in _KINDS.keys() - _OWN:
        if nb.about.get(key) != nn.about.get(key):
            yield _("“{key}” is not the same as in bokmål.", key=key)
    if [(cell.id, cell.kind) for cell in nb.cells] != [(cell.id, cell.kind) for cell in nn.cells]:
        yield _("The cells are not the same as in bokmål.")
        return
    for one, other in zip(nb.cells, nn.cells, strict=True):
        if not one.is_text and _LANG.sub("", one.text) != _LANG.sub("", other.text):
            yield _("The code in “{cell}” is not the same as in bokmål.", cell=one.id)
        if one.is_text and _HEADING.findall(one.text) != _HEADING.findall(other.text):
            yield _("The headings in “{cell}” are not the same as in bokmål.", cell=one.id)


@rule("module-start", _("A module begins with its title and with three to five goals."))
def unstarted_modules(bank: Bank) -> Iterator[Finding]:
    """The page shows the first heading as its own, and the goals before anything else."""
    for module in modules(bank):
        first = module.cells[0] if module.cells else ModuleCell("", "markdown", "")
        top, _mark, goals = first.text.partition("\n## ")
        count = len(re.findall(r"^[-*] ", goals.partition("\n#")[0], re.MULTILINE))
        if top.partition("\n")[0] != f"# {module.about.get('title')}":
            yield Finding(
                module.spot(first),
                _("The first line is not the module's title."),
                _("Write “# {title}”.", title=str(module.about.get("title"))),
            )
        if count not in _GOALS:
            yield Finding(
                module.spot(first),
                _("There are {count} learning goals.", count=count),
                _("Write three to five, as a list under the first “## ” heading."),
            )


@rule("module-sources", _("A module ends with a list of exactly the sources it names."))
def unlisted_sources(bank: Bank) -> Iterator[Finding]:
    """A reader finds each source by its address; one without an address is named all the same."""
    known = _addresses(bank)
    for module in modules(bank):
        last = module.cells[-1] if module.cells else ModuleCell("", "code", "")
        wanted = Counter(_same(url) for id_ in module.names("sources") if (url := known.get(id_)))
        listed = Counter(_links(last.text))
        wrong = [*(listed - wanted), *(wanted - listed)]
        count = len(re.findall(r"^[-*] ", last.text, re.MULTILINE))
        if not last.is_text or wrong or count != len(module.names("sources")):
            yield Finding(
                module.spot(last),
                _(
                    "The list has {count} sources, the metadata {wanted}. Not in both: {wrong}.",
                    count=count,
                    wanted=len(module.names("sources")),
                    wrong=", ".join(wrong) or "–",
                ),
                _("Write one “- [Publisher: Title (year)](address)” for each, and no others."),
            )


def _addresses(bank: Bank) -> dict[str, str]:
    """Each source's address; a source whose id or address is no text is told by its own rule."""
    table = bank.table("sources").value
    entries = table if isinstance(table, list) else []
    pairs = ((one.get("id"), one.get("url")) for one in entries if isinstance(one, dict))
    return {id_: url for id_, url in pairs if isinstance(id_, str) and isinstance(url, str)}


def _links(text: str) -> Iterator[str]:
    for token in MarkdownIt().parse(text):
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrs["href"])


def _same(url: str) -> str:
    return MarkdownIt().normalizeLink(url)
