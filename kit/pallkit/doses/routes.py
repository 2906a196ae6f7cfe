"""Ways of giving a drug, and the words people use for them."""

from __future__ import annotations

from enum import StrEnum

from pallkit.i18n import Message, _


class Route(StrEnum):
    """A way of giving a drug. A patch is transdermal and is counted in µg per hour."""

    ORAL = "oral"
    SUBCUTANEOUS = "subcutaneous"
    INTRAVENOUS = "intravenous"
    INTRAMUSCULAR = "intramuscular"
    TRANSDERMAL = "transdermal"
    SUBLINGUAL = "sublingual"
    BUCCAL = "buccal"
    NASAL = "nasal"
    RECTAL = "rectal"

    @property
    def message(self) -> Message:
        """The short word on a medicine list: «po», «sc», «plaster»."""
        return _SHORT[self]


_SHORT: dict[Route, Message] = {
    Route.ORAL: _("po"),
    Route.SUBCUTANEOUS: _("sc"),
    Route.INTRAVENOUS: _("iv"),
    Route.INTRAMUSCULAR: _("im"),
    Route.TRANSDERMAL: _("patch"),
    Route.SUBLINGUAL: _("sl"),
    Route.BUCCAL: _("buccal"),
    Route.NASAL: _("nasal"),
    Route.RECTAL: _("rectal"),
}

# Lower case, without full stops: «s.c.» is looked up as «sc».
_WORDS: dict[Route, str] = {
    Route.ORAL: "po|oral|oralt|orally|peroral|peroralt|per os|by mouth",
    Route.SUBCUTANEOUS: "sc|subkutan|subkutant|subcut|subcutaneous|subcutaneously|under huden",
    Route.INTRAVENOUS: "iv|intravenøs|intravenøst|intravenous|intravenously",
    Route.INTRAMUSCULAR: "im|intramuskulær|intramuskulært|intramuscular|intramuscularly",
    Route.TRANSDERMAL: "td|plaster|depotplaster|patch|transdermal|transdermalt|transdermally",
    Route.SUBLINGUAL: "sl|sublingual|sublingualt|sublingually|under tungen|under tunga",
    Route.BUCCAL: "buccal|bukkal|bukkalt|buccally",
    Route.NASAL: "nasal|nasalt|nasally|intranasal|intranasalt|nesespray",
    Route.RECTAL: "rectal|rektal|rektalt|rectally|stikkpille|stikkpiller",
}
ROUTE_WORDS: dict[str, Route] = {
    word: route for route, words in _WORDS.items() for word in words.split("|")
}
"""Every word or phrase for a route that is read."""

NEURAXIAL_WORDS = frozenset(
    {"epidural", "epiduralt", "intratekal", "intratekalt", "intrathecal", "spinal", "spinalt"}
)
"""Routes that are recognised only to be refused: no ratio set here covers them."""
