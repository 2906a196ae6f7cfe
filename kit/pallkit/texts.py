"""Authors' Markdown to HTML that is safe to put on a page.

Short texts have paragraphs, bold, italic, lists and links, nothing else: no raw HTML, no
headings (the page has its own), no pictures. A link goes to http, https or mailto, or stays
plain text. A document (a module's text) has headings, tables, quotes and reveals too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.heading import heading as any_heading
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_RULES = ["list", "emphasis", "link", "autolink", "escape", "entity", "newline"]
_DOCUMENT_RULES = [*_RULES, "heading", "table", "blockquote"]
_DEEPEST_HEADING = 3
_LINK = re.compile(r"(https?://|mailto:)\S", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary>(.+)</summary>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: where to jump to, how deep it is, and its words, unmarked."""

    id: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as HTML, and the headings in it."""

    html: str
    headings: tuple[Heading, ...]


def to_html(markdown: str) -> str:
    """Render paragraphs and lists; anything else comes out as the characters typed."""
    html: str = _parser().render(markdown)
    return html.strip()


def to_inline_html(markdown: str) -> str:
    """Render one line for a label or heading: emphasis and links, no paragraph around."""
    html: str = _parser().renderInline(markdown.strip())
    return html


def to_document(markdown: str, *, name: str, table: str) -> Document:
    """Render a text with headings 1-3, tables, quotes and reveals.

    The headings' ids are ``name``, ``name-2``, …: the same in every language. ``table`` is
    the word for a table in the text's language; each table is a region that scrolls by
    itself, named by that word and the heading above it.
    """
    parser = _document_parser()
    tokens = parser.parse(markdown)
    headings = tuple(_prepared(tokens, name=name, table=table))
    html: str = parser.renderer.render(tokens, parser.options, {})
    return Document(html.strip(), headings)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return _made(_RULES)


@lru_cache(maxsize=1)
def _document_parser() -> MarkdownIt:
    parser = _made(_DOCUMENT_RULES)
    parser.block.ruler.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.before("paragraph", "reveal", _reveal)
    return parser


def _made(rules: list[str]) -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False}, renderer_cls=_Renderer).enable(rules)
    parser.validateLink = _is_allowed  # type: ignore[method-assign]  # markdown-it's own hook
    return parser


def _is_allowed(url: str) -> bool:
    return bool(_LINK.match(url.strip()))


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # theirs
    marks = re.match(r"#+", _line(state, start))
    if marks and len(marks[0]) > _DEEPEST_HEADING:
        return False
    return any_heading(state, start, end, silent)


def _reveal(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # theirs
    """Read a question and what is behind it, each tag on a line of its own.

    JupyterLab shows the same lines as HTML, so that a notebook reads alike in both.
    """
    if _line(state, start) != "<details>" or start + 2 >= end:
        return False
    summary = _SUMMARY.fullmatch(_line(state, start + 1))
    last = next((n for n in range(start + 2, end) if _line(state, n) == "</details>"), None)
    if summary is None or last is None:
        return False
    if silent:
        return True
    state.push("details_open", "details", 1)
    state.push("summary_open", "summary", 1)
    words = state.push("inline", "", 0)
    words.content, words.children = summary[1].strip(), []
    state.push("summary_close", "summary", -1)
    state.md.block.tokenize(state, start + 2, last)
    state.push("details_close", "details", -1)
    state.line = last + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]].rstrip()


def _prepared(tokens: list[Token], *, name: str, table: str) -> Iterator[Heading]:
    """Give headings ids, tables names, and cells marks for readers and style sheets."""
    found, above = 0, ""
    tables: dict[str, int] = {}
    for token, inside in zip(tokens, [*tokens, Token("", "", 0)][1:], strict=True):
        if token.type == "heading_open":
            found += 1
            id_ = name if found == 1 else f"{name}-{found}"
            token.attrSet("id", id_)
            above = "".join(each.content for each in inside.children or ())
            yield Heading(id_, int(token.tag[1]), above)
        elif token.type == "table_open":
            tables[above] = tables.get(above, 0) + 1
            nth = f" {tables[above]}" if tables[above] > 1 else ""
            token.meta["name"] = f"{table}: {above}{nth}" if above else f"{table}{nth}"
        elif token.type in ("th_open", "td_open"):
            _mark_cell(token)


def _mark_cell(token: Token) -> None:
    side = str(token.attrs.pop("style", "")).removeprefix("text-align:")
    if side in ("right", "center"):
        token.attrSet("class", f"is-{side}")
    if token.type == "th_open":
        token.attrSet("scope", "col")


class _Renderer(RendererHTML):
    """HTML as markdown-it writes it, with links that do not tell the page who opened them."""

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> Any:
        tokens[idx].attrSet("rel", "noopener")
        return self.renderToken(tokens, idx, options, env)

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> Any:
        label = escapeHtml(tokens[idx].meta["name"])
        region = f'<div class="doc-table" role="region" tabindex="0" aria-label="{label}">\n'
        return region + self.renderToken(tokens, idx, options, env)

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> Any:
        return self.renderToken(tokens, idx, options, env) + "</div>\n"
