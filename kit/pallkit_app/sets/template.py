"""A new local ratio set: every field with a word on what it is for, in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import Language, Message, _, render
from pallkit_app.failures import why

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_LINES: tuple[Message | str, ...] = (
    _("A practice table. Only figures that stand in the source, written as they stand there."),
    "id: {id}",
    _("Who made the table, and where it can be read:"),
    "source: {id}",
    'title: ""',
    'publisher: ""',
    'date: {{nb: "", nn: "", en: ""}}',
    'address: ""',
    _("original, copy or second_hand: what you have read yourself"),
    "seen: original",
    _("counting, switching or equivalence: what the source made it for"),
    "made_for: switching",
    _("What it is for, what it is not for, and whose the figures are:"),
    'purpose: {{nb: "", nn: "", en: ""}}',
    'not_for: {{nb: "", nn: "", en: ""}}',
    'rights: {{nb: "", nn: "", en: ""}}',
    _("A new version for each change; “pallkit sets sign” writes who has checked it:"),
    "version: 1",
    "reviewed: null",
    _(
        "direction: both, to_oral_morphine, from_oral_morphine_only, comparison_only or "
        "lookup_only: the ways the source prints, and no other"
    ),
    _("ratio: mg oral morphine for 1 mg (or 1 µg/h); low and high where the source has a spread"),
    _("printed: a pair as printed, instead of or beside the ratio; band: mg oral morphine/24 h"),
    "rows:",
    _("Here is an example of a row. Its figure is no real one; write your own in its place:"),
    '#  - {{drug: oxycodone, routes: [oral], unit: mg/24 h, direction: both, ratio: "1"}}',
)


def write_template(set_id: str, path: Path, lang: Language) -> None:
    """Write an empty set to ``path``; never over a file that is there. Raises ContentError."""
    if not _ID.fullmatch(set_id):
        raise ContentError(
            _("“{id}” is not an id. Write small letters a–z, figures and hyphens.", id=set_id)
        )
    lines = [
        line.format(id=set_id) if isinstance(line, str) else f"# {render(line, lang)}"
        for line in _LINES
    ]
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(lines) + "\n")
    except FileExistsError:
        raise ContentError(
            _("“{file}” is there already. Choose another name.", file=str(path))
        ) from None
    except OSError as error:
        raise ContentError(
            _(
                "“{file}” could not be written ({reason}).",
                file=str(path),
                reason=why(error),
            )
        ) from None
