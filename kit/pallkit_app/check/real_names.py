"""Names as real people have them: a first name and a surname, both common in Norway.

The lists are short on purpose: the commonest names, and the endings most surnames have. They
find a slip; they do not prove that nobody is called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pallkit.i18n import LANGUAGES, _
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.wording import strings

_FIRST = (
    "Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Anna Solveig Marianne "
    "Randi Ida Nina Maria Elisabeth Kristin Bente Heidi Silje Hanne Linda Tone Gerd Wenche "
    "Elin Anita Tove Ragnhild Mona Camilla Ellen Karin Kirsten Else Hege Turid Monica Ruth "
    "Laila Gunn Unni Åse Aud Grete Bodil Jan Per Bjørn Ole Lars Kjell Knut Arne Svein Thomas "
    "Hans Geir Tor Morten Terje Odd Erik Martin Andreas John Anders Rune Trond Tore Daniel "
    "Jon Kristian Marius Tom Stian Harald Olav Rolf Leif Øyvind Espen Nils Sverre Eirik "
    "Christian Fredrik Gunnar Helge Einar Steinar Magnus Petter Pål Sigurd Torbjørn Ivar Kåre "
    "Roger Vidar Ola Mohamed Emma Nora Jakob Emil Henrik Jonas Mikal Sofie "
)
_SURNAME = (
    r"(?:[A-ZÆØÅ][a-zæøå]+(?:sen|son|berg|dahl|dal|stad|sen|haug|bakken|nes|vik|rud|seth|set|land"
    r"|moen|lien|strand|heim|gaard|gård|hagen|myhr|tveit|eide)"
    r"|Nordmann|Moen|Lie|Lund|Bakke|Berg|Dahl|Haugen|Hagen|Eide|Solberg|Strand|Ali|Ahmed|Khan"
    r"|Nguyen|Lien|Vik|Sand|Holm|Hauge|Myhre|Moe|Næss|Sunde|Aas|Foss|Ruud|Bye|Sæther)"
)
_NAME = re.compile(rf"\b(?:{'|'.join(_FIRST.split())})(?:[ -][A-ZÆØÅ][a-zæøå]+)? {_SURNAME}\b")


@rule("real-name", _("Nobody has both a first name and a surname."))
def full_names(bank: Bank) -> Iterator[Finding]:
    """A full name is somebody's; a first name and an age are enough for an invented patient."""
    for files in bank.cases:
        for lang in LANGUAGES:
            for place, text in strings(files.prose(lang), ()):
                found = _NAME.search(text)
                if found:
                    yield Finding(
                        files.spot(lang, place),
                        _("“{name}” looks like the name of a real person.", name=found[0]),
                        _("Use a first name only."),
                    )
