"""Where the reader is among the tables, and how that stands in the page's address.

``set=klb-2008``, ``drug=kodein po``, ``find=oksykodon|set=helsedirektoratet|methadone=show``:
parts with ``|`` between. A part with no name is a drug to search for. Anybody may have
written it, so nothing in it is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pallkit.doses import Preparation, preparation_text, read_preparation
from pallkit.errors import PallkitError
from pallkit.i18n import Language, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_widgets.ratio_set_browser.shelf import Shelf, locked

LONGEST = 800
LONGEST_SEARCH = 60

Tab = Literal["tables", "drug"]


class AddressError(PallkitError):
    """The address, or a message from the browser, names something that is not here."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is: a tab, an open table, a drug looked up, and what was searched for."""

    tab: Tab = "tables"
    set: str = ""
    drug: Preparation | None = None
    find: str = ""
    methadone: bool = False

    def with_set(self, set_id: str, shelf: Shelf) -> Place:
        """Open a table, or none. Raises :class:`AddressError` for one that is not here."""
        if set_id and set_id not in shelf.tables:
            known = ", ".join(shelf.tables)
            raise AddressError(
                _(
                    "There is no table “{name}”. There are: {known}.",
                    name=set_id[:LONGEST_SEARCH],
                    known=known,
                )
            )
        return replace(self, tab="tables", set=set_id)

    def with_drug(self, name: str, shelf: Shelf) -> Place:
        """Look a drug up across the tables, or none.

        Raises :class:`AddressError` where no table has it, :class:`pallkit.errors.DoseError`
        where it cannot be read.
        """
        if not name:
            return replace(self, tab="drug", drug=None)
        preparation = read_preparation(name[:LONGEST_SEARCH])
        if preparation not in shelf.preparations(methadone=True):
            raise AddressError(_("No table has a figure for {name}.", name=name[:LONGEST_SEARCH]))
        return replace(self, tab="drug", drug=preparation)

    def with_find(self, text: str) -> Place:
        """Search for a drug, or for nothing. Raises :class:`AddressError` for a long text."""
        if len(text) > LONGEST_SEARCH:
            raise AddressError(_("The search is too long. Write the name of a drug."))
        return replace(self, tab="tables", find=" ".join(text.replace("|", " ").split()))

    @property
    def hides(self) -> bool:
        """Whether the drug looked up is locked, and the reader has not asked to see it."""
        return self.drug is not None and locked(self.drug.drug) and not self.methadone


def read_place(text: str, shelf: Shelf) -> Place:
    """Read an address. Raises :class:`pallkit.errors.PallkitError` with what is wrong."""
    if len(text) > LONGEST:
        raise AddressError(_("The link is too long."))
    refuse_identity_numbers(text)
    place = Place()
    drug: str | None = None
    for part in filter(None, (one.strip() for one in text.split("|"))):
        name, parted, value = (one.strip() for one in part.partition("="))
        if not parted:
            place = place.with_find(name)
        elif name == "find":
            place = place.with_find(value)
        elif name == "set":
            place = place.with_set(value, shelf)
        elif name == "drug":
            drug = value
        elif (name, value) == ("methadone", "show"):
            place = replace(place, methadone=True)
        else:
            raise AddressError(
                _("The link holds “{part}”, which means nothing here.", part=part[:LONGEST_SEARCH])
            )
    return place if drug is None else place.with_drug(drug, shelf)


def write_place(place: Place, lang: Language) -> str:
    """The address of ``place``, as :func:`read_place` reads it; empty for the very start."""
    parts = [f"find={place.find}"] if place.find else []
    if place.set:
        parts.append(f"set={place.set}")
    if place.tab == "drug":
        parts.append(f"drug={preparation_text(place.drug, lang) if place.drug else ''}")
    if place.methadone:
        parts.append("methadone=show")
    return "|".join(parts)
