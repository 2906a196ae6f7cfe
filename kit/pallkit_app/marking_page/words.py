"""The words that the page's script uses, by the name it knows them by."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _

WORDS: Mapping[str, Message] = {
    "candidate": _("Candidate {number}", number="{number}"),
    "place": _("{place} of {of}", place="{place}", of="{of}"),
    "progress": _("{done} of {of} marked", done="{done}", of="{of}"),
    "task": _("{title} – {done} of {of}", title="{title}", done="{done}", of="{of}"),
    "points_of": _("{points} of {most} points", points="{points}", most="{most}"),
    "not_marked": _("Not marked"),
    "not_answered": _("Not answered"),
    "marked": _("{points} p", points="{points}"),
    "draft": _("Draft"),
    "look_again": _("Look again"),
    "flagged": _("Flagged"),
    "differs": _("The markers differ"),
    "open_appeal": _("Appeal not closed"),
    "by_machine": _("{points} p, by the machine", points="{points}"),
    "none_here": _("No hand-in fits this choice."),
    "no_tasks": _("Nothing is graded yet. Run “pallkit grade” first."),
    "not_recorded": _(
        "Hand-ins that the machine has not graded yet: {count}. Run “pallkit grade” to see them.",
        count="{count}",
    ),
    "open_differences": _("Answers where the two markers differ: {count}.", count="{count}"),
    "cut": _("The answer is longer than what is shown here. Open the notebook to see all of it."),
    "machine_said": _("What the machine told the trainee"),
    "machine_gave": _(
        "The machine gave {points} of {most} points.", points="{points}", most="{most}"
    ),
    "machine_none": _("The machine gave no score."),
    "changed_answer": _("The answer was handed in anew after it was marked. Look at it again."),
    "changed_key": _("The key has been changed after this was marked. Look at it again."),
    "keep_mark": _("The mark still holds"),
    "level": _("{points} p", points="{points}"),
    "sum": _("The levels give {sum} points.", sum="{sum}"),
    "sum_other": _(
        "The levels give {sum} points; you have given {points}.", sum="{sum}", points="{points}"
    ),
    "choose_levels": _("Choose a level for each criterion, or write the points."),
    "state_empty": _("Saved by itself when there are points."),
    "state_saving": _("Saving …"),
    "state_saved": _("Saved {at}", at="{at}"),
    "state_saved_by": _("Saved {at} by {grader}", at="{at}", grader="{grader}"),
    "state_given_by": _("Given in {grader}", grader="{grader}"),
    "state_draft": _("Not complete yet: kept in this browser."),
    "state_reason": _("Write why, and it is saved."),
    "state_offline": _(
        "Not saved: the program does not answer. What you wrote is kept in this browser, and is "
        "saved when it answers again."
    ),
    "state_conflict": _("Not saved: see above."),
    "state_points": _("Not saved: the points must be a number from 0 to {most}.", most="{most}"),
    "state_error": _("Not saved: {why}", why="{why}"),
    "not_recorded_now": _("Not saved: the program does not answer. Try again."),
    "state_undone": _("Undone"),
    "conflict": _(
        "{grader} has given {points} points meanwhile ({at}). Yours is kept in this browser until "
        "you choose.",
        grader="{grader}",
        points="{points}",
        at="{at}",
    ),
    "conflict_none": _(
        "The mark was taken back, or the answer handed in anew, since you opened it. Yours is "
        "kept in this browser until you choose."
    ),
    "keep_theirs": _("Keep what is saved"),
    "keep_mine": _("Save mine instead"),
    "other_first": _("First marker"),
    "other_second": _("Second marker"),
    "other_mark": _(
        "{grader}: {points} of {most} points", grader="{grader}", points="{points}", most="{most}"
    ),
    "settled": _(
        "Settled by {grader}, {at}: {reason}", grader="{grader}", at="{at}", reason="{reason}"
    ),
    "appeal_open": _("Appeal, {at} ({by}): {why}", at="{at}", by="{by}", why="{why}"),
    "appeal_closed": _(
        "Outcome, {at} ({by}): {outcome}", at="{at}", by="{by}", outcome="{outcome}"
    ),
    "waits": _("waits for a person"),
    "history_row": _("{at}: {what}, {person}", at="{at}", what="{what}", person="{person}"),
    "history_points": _("{points} points", points="{points}"),
    "history_key": _("key {key}", key="{key}"),
    "history_none": _("Nothing has happened yet."),
}
