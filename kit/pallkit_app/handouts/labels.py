"""The handouts' own words: headings, instructions to the table and to the leader."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Language, Message, _, render

_LABELS: Mapping[str, Message] = {
    "skip": _("Skip to the contents"),
    "page": _("Page"),
    "of": _("of"),
    "version": _("version"),
    "licence": _("Text: CC BY 4.0, the PallKit authors. The sources keep their own rights."),
    "draft": _("Draft, not signed"),
    "level": _("Level"),
    "table": _("Table no."),
    "date": _("Date"),
    "step": _("Step"),
    "card": _("Card"),
    "sheet": _("sheet"),
    "total": _("Sum"),
    "points": _("Points"),
    "danger": _("Dangerous"),
    "best": _("Best choice"),
    "sources": _("Sources"),
    # The cards
    "leader_page": _("For the leader: do not show the tables"),
    "prepare": _("Before the hour"),
    "index": _("Where the cards belong"),
    "situation": _("Situation"),
    "key": _("Key"),
    "answers": _("Answers"),
    "marks": _("What the marks stand for"),
    "mark": _("Mark"),
    "unlike": _("What differs from the screen"),
    "start_only": _("crossed off from the start"),
    "goes_on": _("Goes on at card"),
    "our_sheet": _("Our sheet"),
    "names": _("At the table"),
    "patient": _("The invented patient"),
    "rules": _("How to play"),
    "figures": _("How it is now"),
    "figures_help": _("Cross out the old figure, write the new one beside it."),
    "start": _("Start"),
    "stands_for": _("Stands for"),
    "symptoms": _("Symptoms (0–10)"),
    "signs": _("Vital signs"),
    "clock": _("The case's clock"),
    "place": _("Place"),
    "consciousness": _("Consciousness"),
    "frame": _("Expected time left"),
    "worry": _("Worry (0–10)"),
    "wants": _("Wants"),
    "tasks": _("To be seen to"),
    "medicines": _("Opioids"),
    "no_medicines": _("None."),
    "crossed": _("Cross off when a card says so"),
    "way": _("Our way: the card, what we chose, points"),
    "chosen": _("Our answer"),
    "sure": _("Sure, %"),
    "dangers": _("Dangerous acts: one stroke each"),
    "form": _("Form"),
    "must": _("* must be filled in"),
    "form_for": _("Belongs to the card"),
    # The marking sheet
    "marking_help": _(
        "Put a cross for each table under what it chose. Read the points straight off, and add "
        "them up at the end. A dangerous act is told of whatever the points are."
    ),
    "answer": _("Answer"),
    "choice": _("What was chosen"),
    "right": _("Right answer"),
    "tolerance": _("accepted either way"),
    "sums": _("The sums"),
    "reachable": _("On the path of the best choices"),
    "acts": _("Dangerous acts"),
    "ending": _("Ended at step"),
    "names_column": _("Who sat at the table"),
    "detour": _("detour"),
    "right_path": _("on the path of the best choices"),
    "right_detour": _("on the shortest way to this step"),
    "other_answer": _("After another choice the right answer is another: see the key on the card."),
    # The debrief sheet
    "map": _("The ways through the case"),
    "map_help": _("The thick line is the path of the best choices."),
    "forks": _("What each choice gave"),
    "forks_help": _("Find the choices of your own table. What would another choice have given?"),
    "gave": _("What it gave"),
    "leads": _("On to step"),
    "ends": _("The case ends here."),
    "questions": _("To talk about"),
    "expert": _("Expert notes"),
    "closing": _("Closing the hour"),
    "monday": _("What will you do differently on Monday?"),
    "monday_help": _("One thing you can do yourself, without asking anyone first. Write it down."),
    "me": _("I will"),
    "us": _("We at work will"),
    "who": _("Whom I will tell"),
    "certainty": _("How sure were we, and were we right?"),
    "certainty_help": _(
        "Count your answers. Of those you were about 70 per cent sure of, seven in ten should be "
        "right. More wrong ones than that: you were surer than you had grounds for."
    ),
    "said_sure": _("We said"),
    "how_many": _("How many answers"),
    "how_right": _("Of these right"),
    "goals": _("What the case was about"),
    # The reading list
    "reading_help": _(
        "The sources of the case. Look up the source itself, in its newest edition, before you "
        "use a figure from it. Point a phone's camera at a square to open the page."
    ),
    "used_for": _("Used in"),
    "whole_case": _("the case as a whole"),
    "no_address": _("No address: ask at a library."),
    "no_year": _("no year"),
}


def labels(lang: Language) -> Mapping[str, str]:
    """Every label in ``lang``, by the name the templates use."""
    return {name: render(text, lang) for name, text in _LABELS.items()}
