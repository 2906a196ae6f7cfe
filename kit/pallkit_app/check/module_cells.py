"""What may stand in a module's cells: a tool, or Markdown that the page can show."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from pallkit.i18n import Message, _
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.module_files import ModuleFile, modules, pairs
from pallkit_app.check.prose import same_allowed

_MOST_CODE = 4
_FEWEST_TASKS = 5
_SAME_WORDS = 10
_WIDGETS = "pallkit_widgets"
_REVEAL = re.compile(
    r"^<details>\n<summary>[^<>\n]+</summary>\n\n(?:(?!</?details>).*\n)+?\n?</details>$",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"<(https?://|mailto:)[^>]*>")
_MARKS = (
    (re.compile(r"<[a-zA-Z/!][^>\n]*>"), _("Raw HTML is shown as the characters typed.")),
    (re.compile(r"^ {0,3}#{4,} ", re.MULTILINE), _("Headings go no deeper than “###”.")),
    (re.compile(r"!\["), _("Pictures are not shown.")),
    (re.compile(r"`|^ {0,3}~~~", re.MULTILINE), _("Code is shown as the characters typed.")),
    (
        re.compile(r"\]\(<?(?!https?://|mailto:)"),
        _("A link goes to an address that begins with https://, http:// or mailto:."),
    ),
    (re.compile(r"^ {0,3}([-=*_] ?){3,}$", re.MULTILINE), _("Lines across are not shown.")),
)


@rule("module-code", _("A module's code shows a tool: at most four cells of one call each."))
def code_in_modules(bank: Bank) -> Iterator[Finding]:
    """A learner reads what the cell says; what a tool does is the widget's."""
    for module in modules(bank):
        if len(module.codes) > _MOST_CODE:
            yield Finding(
                module.spot(),
                _("There are {count} code cells.", count=len(module.codes)),
                _("Keep to four: text carries a module, not tools."),
            )
        for cell in module.codes:
            if _call(cell.text, module) is None:
                yield Finding(
                    module.spot(cell),
                    _("The cell does not show a tool in the module's language, and no more."),
                    _('Import from pallkit_widgets, and write one call with lang="nb" or "nn".'),
                )


@rule("module-practice", _("A module has tasks to solve: PracticeTasks with count of 5 or more."))
def modules_without_practice(bank: Bank) -> Iterator[Finding]:
    """Who has not answered anything has not learnt it yet."""
    for module in modules(bank):
        calls = [call for cell in module.codes if (call := _call(cell.text, module))]
        if not any(_tasks(call) >= _FEWEST_TASKS for call in calls):
            yield Finding(
                module.spot(),
                _("The module has no set of five tasks or more."),
                _("Add a cell with PracticeTasks(…, count=5) or more."),
            )


@rule("module-marks", _("A module's text uses only marks that its page shows."))
def unknown_marks(bank: Bank) -> Iterator[Finding]:
    """Anything else would be shown as the characters typed."""
    for module in modules(bank):
        for cell in module.texts:
            for problem in _marks(cell.text, first=cell is module.cells[0]):
                yield Finding(
                    module.spot(cell),
                    problem,
                    _(
                        "Use headings, paragraphs, bold, italic, lists, links, tables, quotes, "
                        "and <details> with <summary> on lines of their own, nothing else."
                    ),
                )


@rule(
    "module-same-text",
    _("No paragraph of ten words or more is the same in a module's two languages."),
)
def untranslated_paragraphs(bank: Bank) -> Iterator[Finding]:
    """Ten words or more that are alike are as a rule a paragraph nobody has translated."""
    allowed = same_allowed(bank)
    for nb, nn in pairs(bank):
        for cell, other in zip(nb.texts[:-1], nn.texts[:-1], strict=False):
            written = set(_paragraphs(cell.text)) - allowed
            for text in _paragraphs(other.text):
                if text in written and len(re.findall(r"[^\W\d_]{2,}", text)) >= _SAME_WORDS:
                    yield Finding(
                        nn.spot(other),
                        _("“{text}” is the same in bokmål and nynorsk.", text=f"{text[:60]} …"),
                        _(
                            "Translate it, or list the text in casebank/same_in_nb_and_nn.yaml if "
                            "it really is the same."
                        ),
                    )


def _paragraphs(text: str) -> list[str]:
    """Paragraphs, and lists line by line, without links' addresses. Tables are mostly names."""
    plain = re.sub(r"\]\([^)]*\)", "]", text)
    return [
        line.strip()
        for block in re.split(r"\n\s*\n", plain)
        if not block.lstrip().startswith(("|", "#"))
        for line in (block.split("\n") if re.match(r"\s*([-*>]|\d+\.) ", block) else [block])
    ]


def _marks(text: str, *, first: bool) -> Iterator[Message]:
    plain = _REVEAL.sub(lambda found: re.sub(r"</?(details|summary)>", "", found[0]), text)
    plain = _ADDRESS.sub("https://", plain)
    for pattern, problem in _MARKS:
        if pattern.search(_without_tables(plain)):
            yield problem
    if len(re.findall(r"^# ", plain, re.MULTILINE)) != first:
        yield _("One heading in a module has a single “#”: its title, in the first cell.")


def _without_tables(text: str) -> str:
    return re.sub(r"^\|?[ :|-]+\|[ :|-]*$", "", text, flags=re.MULTILINE)


def _call(source: str, module: ModuleFile) -> ast.Call | None:
    """Return the one call of a cell that is nothing more than that, else None."""
    try:
        *before, last = ast.parse(source).body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call):
        return None
    call = last.value
    names = {
        alias.name
        for line in before
        if isinstance(line, ast.ImportFrom) and line.module == _WIDGETS
        for alias in line.names
    }
    plain = all(_is_import(line) or _is_text(line) for line in before)
    known = isinstance(call.func, ast.Name) and call.func.id in names
    arguments = [*call.args, *(each.value for each in call.keywords)]
    literal = all(isinstance(each, ast.Name) or _literal(each) is not None for each in arguments)
    lang = _keyword(call, "lang") == module.about.get("lang")
    return call if plain and known and literal and lang else None


def _is_import(line: ast.stmt) -> bool:
    return isinstance(line, ast.ImportFrom) and line.module == _WIDGETS


def _is_text(line: ast.stmt) -> bool:
    """Whether the line names a text, as a prepared patient too long for the call's own line."""
    return isinstance(line, ast.Assign) and isinstance(_literal(line.value), str)


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):
        return None


def _keyword(call: ast.Call, name: str) -> object:
    return next((_literal(each.value) for each in call.keywords if each.arg == name), None)


def _tasks(call: ast.Call) -> int:
    count = _keyword(call, "count")
    named = isinstance(call.func, ast.Name) and call.func.id == "PracticeTasks"
    return count if named and isinstance(count, int) else 0
