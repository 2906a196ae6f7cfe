"""What the nodes of a package show, as the texts of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pallkit.doses import read_dose
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit_app.exchange.loss import Fate, Losses
from pallkit_app.exchange.medbiq.markdown import escaped, to_markdown
from pallkit_app.exchange.medbiq.model import Fields, Item, Node, VirtualPatient
from pallkit_app.exchange.medbiq.xhtml import plain_lines
from pallkit_app.exchange.package import shown

_REGIMEN = re.compile(r"regimen\.([a-z0-9]+(?:-[a-z0-9]+)*)\.(fixed|as_needed)\.([0-9]{1,3})")
_EXPERT = "EXPT_"
"""What Bit Pathways puts before the id of an expert's comment."""

_LOST: Mapping[str, tuple[Fate, Message]] = {
    "picture": ("dropped", _("a picture, film or sound")),
    "table": ("simplified", _("a table, row by row as text")),
    "heading": ("simplified", _("a heading, as bold text")),
    "form": ("simplified", _("a form, as text")),
    "link": ("dropped", _("a link that does not lead to a web page")),
}


@dataclass(slots=True)
class Told:
    """The texts of one node by their place in a step's prose; ``parts`` become its text."""

    parts: list[str] = field(default_factory=list)
    ask: str = ""
    hint: str = ""
    expert: str = ""

    @property
    def text(self) -> str:
        """All paragraphs."""
        return "\n\n".join(part for part in self.parts if part)


@dataclass(slots=True)
class Opening:
    """What the first page of one of our packages says of the whole case."""

    patient: str = ""
    goals: list[str] = field(default_factory=list)
    regimen: list[dict[str, object]] = field(default_factory=list)


class Telling:
    """Turns what nodes show into Markdown, and tells of what cannot be."""

    def __init__(self, patient: VirtualPatient, losses: Losses, *, ours: bool) -> None:
        self._patient, self._losses, self._ours = patient, losses, ours
        self.opening = Opening()

    def told(self, node: Node, step: str) -> Told:
        """The texts of a node, which is or belongs to ``step``."""
        made = Told()
        items = self._patient.shown.get(node.shows)
        if items is None:
            self._tell(step, "dropped", "text", _("what the node shows is not in the package"))
        for item in items or ():
            if item.kind == "VPDText" and item.id in self._patient.texts:
                self._text(made, item, step)
            elif item.id in self._patient.fields and item.kind != "VPDText":
                self._fields(made, item, self._patient.fields[item.id], step)
            elif item.kind == "resource":
                self._tell(step, "dropped", "media", _LOST["picture"][1])
            elif item.kind != "PatientDemographics":
                what = _("something shown that was not understood: {path}", path=shown(item.id))
                self._tell(step, "dropped", "text", what)
            if item.display != "immediately" and not item.id.endswith((".hint", ".sources")):
                what = _("something that was shown only when asked for")
                self._tell(step, "simplified", "text", what)
        return made

    def _text(self, made: Told, item: Item, step: str) -> None:
        lost: set[str] = set()
        div = self._patient.texts[item.id].div
        text = to_markdown(div, lost)
        for one in sorted(lost):
            fate, what = _LOST[one]
            self._tell(step, fate, one, what)
        last = item.id.rpartition(".")[2] if self._ours else ""
        if last == "ask":
            made.ask = " ".join(plain_lines(div))
        elif last == "hint":
            made.hint = " ".join(plain_lines(div))
        elif last == "sources":
            self._tell(step, "dropped", "sources", None)
        elif self._ours and item.id == "patient":
            self.opening.patient = text
        elif self._ours and item.id == "goals":
            self.opening.goals = plain_lines(div)
        elif item.id.startswith(_EXPERT):
            made.expert = text
        elif not (self._ours and item.id == "notice"):
            made.parts.append(text)

    def _fields(self, made: Told, item: Item, fields: Fields, step: str) -> None:
        parts = dict(fields.parts)
        ours = _REGIMEN.fullmatch(item.id) if self._ours else None
        if fields.kind == "Medication" and ours:
            entry = _entry(parts, ours)
            if entry is not None:
                self.opening.regimen.append(entry)
                return
        if fields.kind == "InterviewItem":
            question, answer = parts.get("Question", ""), parts.get("Response", "")
            if not self._ours:
                made.parts.append(f"*{escaped(question)}*")
            made.parts.append(escaped(answer))
            return
        made.parts.append("\n".join(_listed(fields)))
        if fields.kind == "Medication":
            self._tell(step, "kept as text", "regimen", None)

    def _tell(self, step: str, fate: Fate, feature: str, what: Message | None) -> None:
        self._losses.add(step, fate, feature, what)


def _entry(parts: Mapping[str, str], ours: re.Match[str]) -> dict[str, object] | None:
    words = [parts.get(one, "–") for one in ("MedicationName", "Route", "Dose", "Frequency")]
    dose = " ".join(word for word in words if word != "–")
    try:
        read_dose(dose)
    except PallkitError:
        return None
    given = {"given": int(ours[3])} if int(ours[3]) else {}
    return {"id": ours[1], "dose": dose, "use": ours[2], **given}


def _listed(fields: Fields) -> Iterator[str]:
    """A finding, a test, a diagnosis: its parts as one line of a list."""
    said = [escaped(text) for _name, text in fields.parts if text]
    if said:
        first, *rest = said
        yield f"- **{first}**" + (f": {', '.join(rest)}" if rest else "")
