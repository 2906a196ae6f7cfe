"""The guide's own words: headings, marks and instructions to the leader."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Language, Message, _, render

_LABELS: Mapping[str, Message] = {
    "booklet": _("Leader guide"),
    "skip": _("Skip to the guide"),
    "goals": _("Learning goals"),
    "topics": _("Topics"),
    "level": _("Level"),
    "group_time": _("In a group"),
    "alone_time": _("Alone on a screen"),
    "case_version": _("Case and version"),
    "plan": _("How the hour goes"),
    "step": _("Step"),
    "from_start": _("Minutes from the start"),
    "minutes": _("Minutes"),
    "minutes_short": _("min"),
    "plan_help": _("In the dark bars the tables decide or calculate."),
    "welcome": _("Welcome. Read the patient aloud, hand out the sheets"),
    "spare": _("For detours, and for talk that needs its time"),
    "round_off": _("Closing: the closing questions, and one thing each will do"),
    "clock": _("Clock"),
    "reveal": _("Reveal at"),
    "in_all": _("In all"),
    "detours": _("Detours"),
    "map": _("The ways through the case"),
    "map_help": _(
        "The thick line is the path of the best choices. The letters are the options, and "
        "✓, ~, ✗, ↓ and ↑ are what an answer came to: right, partly right, not right, too low "
        "and too high. A broken line is taken only under a condition that stands in the step. "
        "A double frame is an end."
    ),
    "map_scroll": _("Map of the steps. Scroll sideways to see all of it."),
    "before": _("Before you start"),
    "silent": _("When the table is silent"),
    "patient": _("The invented patient"),
    "at_start": _("How things are at the start"),
    "place": _("Place"),
    "medicines": _("Opioids"),
    "no_medicines": _("None."),
    "esas": _("Symptoms now (ESAS-r, 0–10)"),
    "item": _("Symptom"),
    "score": _("Score"),
    "steps": _("Step by step"),
    "read_aloud": _("Read aloud"),
    "let_choose": _("Let the tables decide"),
    "choose_help": _(
        "Each table agrees on one option and ticks it before anyone hears the others."
    ),
    "let_count": _("Let the tables work out the dose"),
    "count_help": _("Each table writes one answer, with its unit, before anyone hears the others."),
    "our_answer": _("Our answer"),
    "our_figure": _("Our figure"),
    "let_set": _("Let the tables set the pump"),
    "concentration": _("In the pump"),
    "reservoir": _("reservoir"),
    "let_tick": _("Let the tables tick"),
    "tick_help": _(
        "More than one can be right. Each table ticks all that it stands for before anyone "
        "hears the others."
    ),
    "let_estimate": _("Let everyone set a figure"),
    "estimate_help": _("Each on their own, from 0 to 10. Then compare at the table."),
    "let_order": _("Let the tables put them in order"),
    "order_help": _("Each table writes 1, 2, 3 … in front of them, the first to be done first."),
    "let_write": _("Let the tables fill in the form"),
    "write_help": _("One form a table. Those marked with a star must be filled in."),
    "must": _("must be filled in"),
    "let_ask": _("Let the tables agree on what to ask"),
    "ask_help": _(
        "Read the answer aloud to each question that is asked, and to no other. Questions that "
        "may be asked:"
    ),
    "how_sure": _("Write also how sure you are, from 50 to 100 per cent:"),
    "offered": _("Offered only if"),
    "if": _("If"),
    "else": _("Otherwise"),
    "right_ones": _("What was to be ticked"),
    "tick_right": _("Right"),
    "tick_wrong": _("Not this"),
    "right_order": _("The right order"),
    "right_figure": _("Right figure"),
    "own_figure": _("the patient's own is"),
    "form_right": _("What should stand in the form"),
    "rule": _("What a wrong answer does to the patient"),
    "rule_help": _(
        "A teaching rule that the author of the case has made up, so that a wrong answer is "
        "felt. No source says that a patient reacts like this."
    ),
    "given": _("The answer"),
    "follows": _("What follows"),
    "no_change": _("Nothing"),
    "people": _("People around"),
    "wants": _("Wants"),
    "worry": _("Worry"),
    "tasks": _("To be seen to"),
    "let_think": _("Let everyone think"),
    "think_help": _("Two quiet minutes, each on their own. Then compare at the table."),
    "hint": _("A hint, if they are stuck"),
    "not_yet": _("Do not read aloud yet"),
    "open": _("Open when every table has decided"),
    "open_thought": _("Open when everyone has had their say"),
    "best": _("Best choice"),
    "danger": _("Dangerous"),
    "then": _("Then"),
    "points": _("Points"),
    "goes_to": _("On to step"),
    "ends": _("The case ends here."),
    "right_answer": _("Right answer"),
    "right_along": _("worked out along the path of the best choices"),
    "right_detour": _("worked out along the shortest way to this step"),
    "tolerance": _("accepted either way"),
    "receipt": _("How it is worked out"),
    "calculation": _("Step of the calculation"),
    "ratio": _("Ratio"),
    "source": _("Source"),
    "expert": _("Expert note"),
    "questions": _("To talk about"),
    "closing": _("Closing the hour"),
    "sources": _("Sources"),
    "sources_help": _("Numbers in brackets in the steps point here."),
    "only_detour": _("Detour"),
    "about": _("About this guide"),
    "licence": _("Text: CC BY 4.0, the PallKit authors. The sources keep their own rights."),
    "print": _("Print on A4, in colour or grey. It needs no network."),
    "page": _("Page"),
    "of": _("of"),
}

SILENT = (
    _("Wait. Count silently to ten before you say anything more."),
    _("Let everyone write for one minute, and begin with what stands on the paper."),
    _("Ask for what you do at work: “Who has been in something like it? What did you do?”"),
    _("Take a round, one sentence each. Whoever wants to, may pass."),
)
"""What helps at any silent table, after what the author says of this case."""

GO_ON = _("Go on, ask no more")

KIND: Mapping[str, Message] = {
    "info": _("Information"),
    "choice": _("Choice"),
    "dose": _("Dose"),
    "reflect": _("Reflection"),
    "gather": _("Gathering"),
    "multi": _("Several right ones"),
    "pump": _("Pump order"),
    "estimate": _("Estimate"),
    "order": _("Put in order"),
    "document": _("Document"),
    "consult": _("Ask somebody"),
}

OUTCOME_MARKS: Mapping[str, str] = {
    "right": "✓",
    "all": "✓",
    "complete": "✓",
    "some": "~",
    "near": "~",
    "wrong": "✗",
    "incomplete": "✗",
    "too_low": "↓",
    "too_high": "↑",
}


def labels(lang: Language) -> Mapping[str, str]:
    """Every label in ``lang``, by the name the template uses."""
    return {name: render(text, lang) for name, text in _LABELS.items()}
