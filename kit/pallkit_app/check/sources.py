"""Where a statement comes from: known sources and topics, and none left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pallkit.i18n import LANGUAGES, _
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.module_files import modules
from pallkit_app.compile.strict_yaml import Document, Place

CLINICAL = ("choice", "dose")
_SEEN = ("original", "copy", "second_hand")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ENTRY = {"id", "title", "publisher", "date", "url", "seen"}
_SOURCE_KEYS = {"source", "sources", "by"}
_SIGNATURE = "reviewed"  # its “by” is a person


@rule("unknown-source", _("Every source that is named stands in casebank/sources.yaml."))
def unknown_sources(bank: Bank) -> Iterator[Finding]:
    """In cases, modules, ratio sets, reductions and drugs alike."""
    known = bank.ids("sources")
    for spot, source in _named(bank):
        if source not in known:
            yield Finding(
                spot,
                _("“{source}” is not a known source.", source=source),
                _("Check the spelling, or add the source to casebank/sources.yaml."),
            )


@rule("no-sources", _("A case, and each of its choices and doses, names its sources."))
def steps_without_sources(bank: Bank) -> Iterator[Finding]:
    """Feedback on a choice or a dose is a clinical statement: somebody must have said it."""
    for files, case in bank.sound_cases:
        if not case.sources:
            yield Finding(
                files.spot("case", ("sources",)),
                _("The case names no sources."),
                _("Name at least one from casebank/sources.yaml."),
            )
        for number, step in enumerate(case.steps):
            if step.kind in CLINICAL and not step.sources:
                yield Finding(
                    files.spot("case", ("steps", number)),
                    _("The step judges what the learner does, and names no source."),
                    _("Add “sources” with what the feedback builds on."),
                )


@rule("unknown-topic", _("Every topic of a case or module stands in casebank/topics.yaml."))
def unknown_topics(bank: Bank) -> Iterator[Finding]:
    """The case list is filtered by topic."""
    known = bank.ids("topics")
    for files, case in bank.sound_cases:
        for index, topic in enumerate(case.topics):
            if topic not in known:
                yield Finding(
                    files.spot("case", ("topics", index)),
                    _("“{topic}” is not a known topic.", topic=topic),
                    _("Use one of: {known}.", known=", ".join(sorted(known))),
                )
    for module in modules(bank):
        for named in sorted({*module.names("topics")} - known):
            yield Finding(
                module.spot(),
                _("“{topic}” is not a known topic.", topic=named),
                _("Use one of: {known}.", known=", ".join(sorted(known))),
            )


@rule(
    "source-entry",
    _("Every source has an id, title, publisher, date, address and how it was seen."),
)
def incomplete_sources(bank: Bank) -> Iterator[Finding]:
    """A reader must be able to find the source, and know whether we read it ourselves."""
    document = bank.table("sources")
    seen: set[str] = set()
    for number, entry in enumerate(document.value if isinstance(document.value, list) else []):
        for problem in _entry_problems(entry, seen):
            yield Finding(
                Spot("casebank/sources.yaml", document.line((number,))),
                _("Not a whole source: {problem}.", problem=problem),
                _("Compare with the other sources in the file."),
            )
        if isinstance(entry, dict):
            seen.add(str(entry.get("id")))


@rule("topic-names", _("Every topic has a name in bokmål, nynorsk and English."))
def unnamed_topics(bank: Bank) -> Iterator[Finding]:
    """The filter in the case list shows them."""
    document = bank.table("topics")
    for id_, names in document.value.items() if isinstance(document.value, dict) else ():
        if not isinstance(names, dict) or any(not names.get(lang) for lang in LANGUAGES):
            yield Finding(
                Spot("casebank/topics.yaml", document.line((id_,))),
                _("“{topic}” has no name in one of the languages.", topic=id_),
                _("Write nb, nn and en."),
            )


def _entry_problems(entry: object, seen: set[str]) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "- id: …"
        return
    yield from sorted(_ENTRY - entry.keys())
    yield from sorted(entry.keys() - _ENTRY - {"note"})
    if not _ID.fullmatch(str(entry.get("id"))) or str(entry.get("id")) in seen:
        yield f"id: {entry.get('id')}"
    url = entry.get("url")  # null where no address was seen: none is made up
    if url is not None and not str(url).startswith(("https://", "http://")):
        yield f"url: {url}"
    if entry.get("seen") not in _SEEN:
        yield f"seen: {entry.get('seen')}"


def _named(bank: Bank) -> Iterator[tuple[Spot, str]]:
    for files, case in bank.sound_cases:
        for index, source in enumerate(case.sources):
            yield files.spot("case", ("sources", index)), source
        for number, step in enumerate(case.steps):
            for index, source in enumerate(step.sources):
                yield files.spot("case", ("steps", number, "sources", index)), source
    for module in modules(bank):
        yield from ((module.spot(), named) for named in module.names("sources"))
    for name in ("reductions", "drugs", "products", "pump", "safety"):
        yield from _mentioned(f"casebank/{name}.yaml", bank.table(name))
    for name, document in bank.ratio_sets:
        yield from _mentioned(name, document)


def _mentioned(name: str, document: Document) -> Iterator[tuple[Spot, str]]:
    for place, source in _under_source_keys(document.value, ()):
        yield Spot(name, document.line(place)), source


def _under_source_keys(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _SOURCE_KEYS:
                names = inner if isinstance(inner, list) else [inner]
                yield from (((*place, key), str(name)) for name in names)
            elif key != _SIGNATURE:
                yield from _under_source_keys(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _under_source_keys(inner, (*place, index))
