"""Put one key into an author's YAML file, and leave every other line as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.compile.strict_yaml import parse
from pallkit_app.failures import why

# The key's own line, and what is further in below it, blank lines between included.
_BLOCK = r"^{key}:[^\n]*\n(?:[ \t]+\S[^\n]*\n|[ \t]*\n(?=[ \t]*\n|[ \t]+\S))*"


def put(text: str, key: str, written: str | None, *, name: str, after: str = "") -> str:
    """Give the top-level ``key`` the value that is ``written``, or take it out where None.

    A new key comes after the key ``after``, else last. Raises :class:`ContentError` where the
    file cannot be changed without changing something else, too; nothing is then written.
    """
    whole = text if not text or text.endswith("\n") else text + "\n"
    block = re.compile(_BLOCK.format(key=re.escape(key)), re.MULTILINE)
    gap = "" if written is not None and written.startswith("\n") else " "
    line = "" if written is None else f"{key}:{gap}{written}\n"
    found = block.search(whole)
    if found is None and after:
        other = re.compile(_BLOCK.format(key=re.escape(after)), re.MULTILINE).search(whole)
        place = len(whole) if other is None else other.end()
    else:
        place = len(whole) if found is None else found.start()
    end = place if found is None else found.end()
    changed = whole[:place] + line + whole[end:]
    _refuse_other_changes(text, changed, key, written, name)
    return changed


def put_into(path: Path, key: str, written: str | None, *, after: str = "") -> str:
    """What the file would say with the key put in: see :func:`put`."""
    text = path.read_bytes().decode("utf-8")
    return put(text, key, written, name=str(path), after=after)


def save(texts: Mapping[Path, str]) -> None:
    """Write several files, once all of them are known. Raises :class:`ContentError`."""
    for path, text in texts.items():
        try:
            path.write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise ContentError(
                _(
                    "“{file}” could not be written ({reason}).",
                    file=str(path),
                    reason=why(error),
                )
            ) from error


def quoted(text: str) -> str:
    """A text as YAML reads it back, on one line."""
    return json.dumps(text, ensure_ascii=False)


def inline(words: Mapping[str, str]) -> str:
    """A mapping of texts on one line: ``{nb: "…", nn: "…"}``."""
    return "{" + ", ".join(f"{key}: {quoted(text)}" for key, text in words.items()) + "}"


def _refuse_other_changes(
    text: str, changed: str, key: str, written: str | None, name: str
) -> None:
    before, after = parse(text, name).value, parse(changed, name).value
    if not isinstance(before, dict) or not isinstance(after, dict):
        raise ContentError(_("{file} has not the form of the other ones.", file=name))
    kept = {one: value for one, value in before.items() if one != key}
    if {one: value for one, value in after.items() if one != key} != kept or (
        (key in after) != (written is not None)
    ):
        raise ContentError(
            _("“{key}” cannot be written in {file} by itself. Write it there.", key=key, file=name)
        )
