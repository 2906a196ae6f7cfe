"""Authors' Markdown to HTML that is safe to put on a page.

Paragraphs, bold, italic, lists and links, nothing else: no raw HTML, no headings (the
page has its own), no pictures. A link goes to http, https or mailto, or stays plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_RULES = ["list", "emphasis", "link", "autolink", "escape", "entity", "newline"]
_LINK = re.compile(r"(https?://|mailto:)\S", re.IGNORECASE)


def to_html(markdown: str) -> str:
    """Render paragraphs and lists; anything else comes out as the characters typed."""
    html: str = _parser().render(markdown)
    return html.strip()


def to_inline_html(markdown: str) -> str:
    """Render one line for a label or heading: emphasis and links, no paragraph around."""
    html: str = _parser().renderInline(markdown.strip())
    return html


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False}, renderer_cls=_Renderer).enable(_RULES)
    parser.validateLink = _is_allowed  # type: ignore[method-assign]  # markdown-it's own hook
    return parser


def _is_allowed(url: str) -> bool:
    return bool(_LINK.match(url.strip()))


class _Renderer(RendererHTML):
    """HTML as markdown-it writes it, with links that do not tell the page who opened them."""

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> Any:
        tokens[idx].attrSet("rel", "noopener")
        return self.renderToken(tokens, idx, options, env)
