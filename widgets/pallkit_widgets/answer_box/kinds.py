"""The kinds of answers: how each is read from the browser, kept in the log and shown again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from pallkit.answers import MAX_TEXT
from pallkit.doses import read_measure, read_number, read_quantity
from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit_widgets.shared.fields import with_unit, without_unit

Kind = Literal["dose", "number", "text", "choice", "ranking"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MOST_OPTIONS = 20
SHORT = 100
"""Characters in a dose or a number, with its unit."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BETWEEN = {"choice": ", ", "ranking": " > "}


class AnswerError(PallkitError):
    """The answer could not be saved as it is written."""


@dataclass(frozen=True, slots=True)
class Field:
    """What can be answered: a text to type, options to pick (``several`` or one), or to order.

    An answer has one form in the log: a dose with its unit, a number without, the ids of
    options joined by ", " in the field's own order, or by " > " with the first one first.
    """

    kind: Kind
    unit: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    several: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}, not {self.kind!r}")
        if self.several and self.kind != "choice":
            raise ValueError("only a choice can take several")
        if self.kind not in _BETWEEN and self.options:
            raise ValueError(f"a {self.kind} has no options")
        if self.kind in _BETWEEN:
            _require_options(self.options)

    @property
    def most(self) -> int:
        """Characters that can be typed."""
        return MAX_TEXT if self.kind == "text" else SHORT

    def read(self, typed: str) -> str:
        """What is kept of what was typed or picked; :class:`PallkitError` says why it cannot be."""
        text = typed.strip()
        if self.kind in _BETWEEN:
            return self._picked(text)
        if self.kind == "dose":
            text = with_unit(text, self.unit)
        elif self.kind == "number" and self.unit:
            text = text.removesuffix(self.unit).rstrip()
        if not text:
            raise AnswerError(_("Write an answer before you save."))
        if len(text) > self.most:
            raise AnswerError(
                _("The text is too long. Write at most {most} characters.", most=self.most)
            )
        self._require_readable(text)
        return text

    def typed(self, kept: str) -> str:
        """What stands in the field again when a kept answer is shown; empty if it cannot be."""
        if self.kind in _BETWEEN:
            return kept if self._known(self._ids(kept)) else ""
        return without_unit(kept, self.unit) if self.kind == "dose" else kept

    def shown(self, kept: str) -> str:
        """A kept answer in words: the labels of what was picked, a number with its unit."""
        if self.kind == "number" and self.unit:
            return f"{kept} {self.unit}"
        if self.kind not in _BETWEEN:
            return kept
        labels = [self.options.get(one, one) for one in self._ids(kept)]
        if self.kind == "ranking":
            labels = [f"{place}. {label}" for place, label in enumerate(labels, start=1)]
        return "\n".join(labels)

    def _picked(self, text: str) -> str:
        ids = self._ids(text)
        if not ids:
            raise AnswerError(_("Choose an answer before you save."))
        if not self._known(ids):
            raise AnswerError(_("This is not one of the options. Reload the page and try again."))
        if self.kind == "choice":
            ids = [one for one in self.options if one in ids]
        return _BETWEEN[self.kind].join(ids)

    def _ids(self, text: str) -> list[str]:
        return text.split(_BETWEEN[self.kind]) if text else []

    def _known(self, ids: list[str]) -> bool:
        """Whether they are options of the field, each once, and as many as it asks for."""
        known = len(set(ids)) == len(ids) and set(ids) <= self.options.keys()
        if self.kind == "ranking":
            return known and len(ids) == len(self.options)
        return known and (self.several or len(ids) == 1)

    def _require_readable(self, text: str) -> None:
        if self.kind == "number":
            read_number(text)
        elif self.kind == "dose":
            quantity = read_quantity(text)
            if self.unit:
                quantity.to(read_measure(self.unit))


def _require_options(options: Mapping[str, str]) -> None:
    """Raise ValueError, for the author of the task, unless every option can be told apart."""
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise ValueError(f"give 2 to {MOST_OPTIONS} options as {{id: label}}")
    for name, label in options.items():
        if not isinstance(name, str) or not _SLUG.fullmatch(name):
            raise ValueError(f"an option's id is small letters, digits and hyphens, not {name!r}")
        if not isinstance(label, str) or not label.strip():
            raise ValueError(f"the option {name!r} has no label")
