"""The pages and questions of a Branching Scenario, from the unrolled case.

A node becomes a page with the step's text and, where something is decided, a question after
it. The scenario counts points by itself, so they hang on the alternatives; it drops those of
an alternative that leads straight to the end, so such a one leads to a last page first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from pallkit.cases import Prose
from pallkit.cases.steps import ConsultStep, DocumentStep, EstimateStep, Step
from pallkit.errors import ContentError
from pallkit.i18n import Language, Message, _, render
from pallkit.texts import to_html
from pallkit_app.exchange.few_tags import FLAT, with_tags
from pallkit_app.exchange.h5p.asking import Alternative, Asking
from pallkit_app.exchange.telling import list_html, notices_of, situation_html, sources_html
from pallkit_app.exchange.unrolled import Node, Unrolled

MOST_CONTENTS = 1000
"""Pages and questions: the editor draws them all, and a browser gets slow with more."""

END = -1
"""The content id that stands for the end screen."""

_FOLLOWS = -2  # until it is placed: the content after it


@dataclass(frozen=True, slots=True)
class Content:
    """A page, or a question where there are ``alternatives``.

    ``next`` and the alternatives' ``next`` are content ids. ``points`` are given for leaving
    the page. ``step`` is the id of the step it is made of, None for pages of the package's own.
    """

    step: str | None
    title: str
    html: str
    alternatives: tuple[Alternative, ...] = ()
    next: int | None = _FOLLOWS
    points: int = 0


class Contents:
    """All contents of one unrolled case in one language, page 0 first."""

    def __init__(self, unrolled: Unrolled, texts: Prose, lang: Language) -> None:
        self._unrolled, self._texts, self._lang = unrolled, texts, lang
        self._case = unrolled.case
        self._asking = Asking(unrolled, texts, lang)
        self._asked = [self._asking.alternatives(node) for node in unrolled.nodes]

    def all(self) -> list[Content]:
        """The contents in order.

        Raises :class:`ContentError` where there would be more than :data:`MOST_CONTENTS`.
        """
        blocks = {
            node.number: tuple(self._block(node))
            for node in self._unrolled.nodes
            if not self._passed(node)
        }
        first: dict[int, int] = {}
        count = 1
        for number, block in blocks.items():
            first[number] = count
            count += len(block)
        if count >= MOST_CONTENTS:
            raise self._too_large()
        made = [self._first_page(first[self._through(0)])]
        for block in blocks.values():
            for one in block:
                made.append(self._placed(one, len(made), count, first))
        return _reached([*made, self._last_page()])

    def least(self) -> int:
        """The fewest points any way through gives, or 0 where no way gives fewer."""
        return min(0, int(self._least(0, {})))

    def _least(self, number: int, known: dict[int, float]) -> float:
        if number not in known:
            known[number] = float("inf")  # a way in a circle is no way through
            node = self._unrolled.nodes[number]
            ways = [(one.points, one.next) for one in self._asked[number]]
            ways = ways or [(0, edge.next) for edge in node.edges]
            known[number] = min(
                points + (0 if aim is None else self._least(aim, known)) for points, aim in ways
            )
        return known[number]

    def _passed(self, node: Node) -> bool:
        """Whether there is nothing left but to go on: all has been asked."""
        step = self._case.by_id[node.step]
        return isinstance(step, ConsultStep) and len(node.edges) == 1 and bool(node.asked)

    def _through(self, number: int) -> int:
        node = self._unrolled.nodes[number]
        aim = node.edges[0].next
        return self._through(aim) if self._passed(node) and aim is not None else number

    def _block(self, node: Node) -> Iterator[Content]:
        """The contents of a node; ``next`` is a node's number until it is placed."""
        step = self._case.by_id[node.step]
        asked = self._asked[node.number]
        title = self._texts.steps[step.id].title
        if not node.asked:
            yield self._page(node, step, title, asked)
        if len(asked) > 1:
            question = with_tags(to_html(self._texts.steps[step.id].ask), FLAT)
            yield Content(step.id, title, question, asked, None)
        elif step.kind == "reflect":
            expert = self._expert(step) + self._asking.changes(node.edges[0])
            yield Content(step.id, title, expert, (), node.edges[0].next)

    def _page(self, node: Node, step: Step, title: str, asked: tuple[Alternative, ...]) -> Content:
        written = self._texts.steps[step.id]
        parts = [f"<h2>{escape(title, quote=False)}</h2>", with_tags(to_html(written.text))]
        if isinstance(step, DocumentStep):
            parts.append(self._form(step))
        if step.kind == "reflect" or len(asked) == 1:
            parts.append(with_tags(to_html(written.ask)))
        if written.hint:
            hint = render(_("Hint: {hint}", hint=written.hint), self._lang)
            parts.append(with_tags(to_html(hint)))
        if len(asked) == 1:
            parts.append(f"<p><strong>{escape(asked[0].label, quote=False)}</strong></p>")
            parts.append(asked[0].said)
        if not asked and step.kind != "reflect":
            parts.append(self._asking.changes(node.edges[0]))
        if step.sources:
            parts += [self._heading(_("Sources")), sources_html(step.sources)]
        aim = _FOLLOWS if len(asked) > 1 or step.kind == "reflect" else node.edges[0].next
        points = asked[0].points if len(asked) == 1 else 0
        return Content(step.id, title, "".join(parts), next=aim, points=points)

    def _expert(self, step: Step) -> str:
        expert = with_tags(to_html(self._texts.steps[step.id].expert))
        return self._heading(_("The expert's note")) + expert

    def _form(self, step: DocumentStep) -> str:
        fields = self._texts.steps[step.id].fields
        lines = []
        for one in step.fields:
            said = fields[one.id]
            choices = f" ({' / '.join(said.options[id_] for id_ in one.options)})"
            needed = f" – {self._say(_('required'))}" if one.required else ""
            help_ = f" {said.help}" if said.help else ""
            text = f"{said.label}{choices if one.options else ''}{needed}.{help_}"
            lines.append(escape(text, quote=False))
        return list_html(lines)

    def _first_page(self, aim: int) -> Content:
        texts, lang = self._texts, self._lang
        said = [f"<p>{escape(one, quote=False)}</p>" for one in notices_of(self._case, texts, lang)]
        state = self._unrolled.nodes[0].state
        step = self._case.by_id[str(state.step)]
        hidden = step.of if isinstance(step, EstimateStep) else None
        parts = [
            f"<h2>{escape(texts.title, quote=False)}</h2>",
            *said,
            self._heading(_("The patient")),
            with_tags(to_html(texts.patient)),
            with_tags(to_html(texts.esas_note)),
            situation_html(state, texts, lang, hidden=hidden),
            self._heading(_("Learning goals")),
            list_html(escape(goal, quote=False) for goal in texts.goals),
            self._heading(_("Sources")),
            sources_html(self._case.sources),
        ]
        return Content(None, texts.title, "".join(parts), next=aim, points=-self.least())

    def _last_page(self) -> Content:
        said = "".join(
            f"<p>{escape(one, quote=False)}</p>"
            for one in notices_of(self._case, self._texts, self._lang)
        )
        title = self._say(_("The case is over"))
        return Content(None, title, f"<h2>{title}</h2>{said}", next=END)

    def _placed(self, one: Content, place: int, last: int, first: dict[int, int]) -> Content:
        """The content with content ids: the next one is its question, or the next step."""

        def at(number: int | None) -> int:
            if number is None:
                return last
            aim = self._through(number)
            node = self._unrolled.nodes[aim]
            only_on = self._passed(node)
            return last if only_on else first[aim]

        if one.alternatives:
            moved = tuple(replace(each, next=at(each.next)) for each in one.alternatives)
            return replace(one, alternatives=moved)
        return replace(one, next=place + 1 if one.next == _FOLLOWS else at(one.next))

    def _heading(self, text: Message) -> str:
        return f"<h3>{escape(self._say(text), quote=False)}</h3>"

    def _say(self, text: Message) -> str:
        return render(text, self._lang)

    def _too_large(self) -> ContentError:
        return ContentError(
            _(
                "The case “{case}” would have more than {most} pages as a Branching Scenario, "
                "which neither the editor nor a browser takes.",
                case=self._case.id,
                most=MOST_CONTENTS,
            )
        )


def _reached(contents: list[Content]) -> list[Content]:
    """Those that can be come to, numbered anew: no amount to choose may lead to some of them."""
    waiting, found = [0], {0}
    while waiting:
        one = contents[waiting.pop()]
        aims = {one.next, *(each.next for each in one.alternatives)} - {None, END}
        new = {aim for aim in aims if aim is not None} - found
        found |= new
        waiting += new
    places = {old: new for new, old in enumerate(sorted(found))}
    places[END] = END
    return [_renumbered(contents[old], places) for old in sorted(found)]


def _renumbered(one: Content, places: dict[int, int]) -> Content:
    alternatives = tuple(
        replace(each, next=None if each.next is None else places[each.next])
        for each in one.alternatives
    )
    aim = one.next if one.alternatives or one.next is None else places[one.next]
    return replace(one, alternatives=alternatives, next=aim)
