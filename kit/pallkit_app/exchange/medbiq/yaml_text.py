"""A value as the YAML of the case bank: plain, in the order given, and read back the same."""

from __future__ import annotations

from typing import Any

import yaml

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.compile.strict_yaml import YamlError, parse


def to_yaml(value: object, name: str) -> str:
    """The text of a file called ``name``.

    Raises :class:`ContentError` for a value that no YAML of ours can hold, such as a control
    character in a text.
    """
    text = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, indent=2
    )
    try:
        same = parse(text, name).value == value
    except YamlError:
        same = False
    if not same:
        raise ContentError(_("{file}: a text in it cannot be written down.", file=name))
    return text


class _Dumper(yaml.SafeDumper):
    """Without anchors, which the strict reader refuses, and with lines as lines."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = "\n" in text and all(line == line.strip() for line in text.split("\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if lines else None)


_Dumper.add_representer(str, _text)
