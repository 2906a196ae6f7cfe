"""A finding, and the rule that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pallkit.i18n import Message, _
from pallkit_app.check.bank import Bank, Spot


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that breaks a rule: where, what is wrong, what to do.

    A ``warning`` is worth a look and does not make the check fail.
    """

    spot: Spot
    problem: Message
    remedy: Message | None = None
    warning: bool = False
    rule: str = ""

    @property
    def line(self) -> Message:
        """The whole finding on one line, as ``pallkit check`` prints it."""
        text = self.problem
        if self.remedy is not None:
            text = _("{problem} {remedy}", problem=text, remedy=self.remedy)
        if self.spot.step:
            text = _("step “{step}”: {text}", step=self.spot.step, text=text)
        if self.warning:
            text = _("warning: {text}", text=text)
        return _("{place}: {text} [{rule}]", place=str(self.spot), text=text, rule=self.rule)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that holds in good content: ``holds`` says it, ``run`` yields what breaks it."""

    id: str
    holds: Message
    run: Callable[[Bank], Iterator[Finding]]

    def findings(self, bank: Bank) -> Iterator[Finding]:
        """Yield what breaks the rule, marked with the rule's id."""
        return (replace(finding, rule=self.id) for finding in self.run(bank))


RULES: dict[str, Rule] = {}


def rule(
    id_: str, holds: Message
) -> Callable[[Callable[[Bank], Iterator[Finding]]], Callable[[Bank], Iterator[Finding]]]:
    """Register a generator over the bank as the rule ``id_``."""

    def register(
        run: Callable[[Bank], Iterator[Finding]],
    ) -> Callable[[Bank], Iterator[Finding]]:
        RULES[id_] = Rule(id_, holds, run)
        return run

    return register
