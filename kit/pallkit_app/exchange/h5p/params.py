"""The two files of an ``.h5p`` package, as H5P's own libraries describe them.

The names are those of the ``semantics.json`` of H5P.BranchingScenario, H5P.BranchingQuestion
and H5P.AdvancedText in H5P's public repositories, and of the rules for ``h5p.json`` in H5P's
PHP library. What is said to an answer may have less HTML than a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pallkit.cases import Case, Prose
from pallkit.i18n import Language, Message, _, render
from pallkit.texts import to_html
from pallkit_app.exchange.few_tags import FLAT, with_tags
from pallkit_app.exchange.h5p.asking import Alternative
from pallkit_app.exchange.h5p.contents import END, Content
from pallkit_app.exchange.telling import notices_of

Json = dict[str, Any]

MAIN = "H5P.BranchingScenario"
LIBRARIES: Sequence[tuple[str, int, int]] = (
    (MAIN, 1, 8),
    ("H5P.BranchingQuestion", 1, 0),
    ("H5P.AdvancedText", 1, 1),
    ("FontAwesome", 4, 5),
)
"""What the content is made for, with version: an H5P platform wants just these installed."""

_PAGE, _QUESTION = "H5P.AdvancedText 1.1", "H5P.BranchingQuestion 1.0"
_LONGEST_TITLE = 255

_BUTTONS: dict[str, Message] = {
    "startScreenButtonText": _("Begin"),
    "endScreenButtonText": _("Play again"),
    "backButtonText": _("Back"),
    "proceedButtonText": _("Go on"),
    "disableProceedButtonText": _("Finish this page first"),
    "replayButtonText": _("Play the film again"),
    "scoreText": _("Your points:"),
    "fullscreenAria": _("Full screen"),
}


def package_json(case: Case, texts: Prose) -> Json:
    """The package's own description, ``h5p.json``."""
    comments = [*notices_of(case, texts, texts.lang), f"{case.id}, {case.version}"]
    return {
        "title": texts.title[:_LONGEST_TITLE],
        "language": texts.lang,
        "defaultLanguage": texts.lang,
        "mainLibrary": MAIN,
        "embedTypes": ["iframe"],
        "license": "CC BY",
        "licenseVersion": "4.0",
        "authors": [{"name": "PallKit", "role": "Author"}],
        "authorComments": "\n".join(comments),
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name, major, minor in LIBRARIES
        ],
    }


def content_json(case: Case, texts: Prose, contents: Sequence[Content]) -> Json:
    """The scenario, ``content/content.json``."""
    lang = texts.lang
    notices = "".join(f"<p>{escape(one, quote=False)}</p>" for one in notices_of(case, texts, lang))
    scenario = {
        "title": escape(texts.title, quote=False),
        "startScreen": {
            "startScreenTitle": f"<p>{escape(texts.title, quote=False)}</p>",
            "startScreenSubtitle": with_tags(to_html(texts.summary), FLAT) + notices,
        },
        "endScreens": [
            {
                "endScreenTitle": f"<p>{_say(_('The case is over'), lang)}</p>",
                "endScreenSubtitle": notices,
                "contentId": END,
                "endScreenScore": 0,
            }
        ],
        "content": [_content(case, one, place, lang) for place, one in enumerate(contents)],
        "scoringOptionGroup": {
            "scoringOption": "dynamic-score",
            "includeInteractionsScores": False,
        },
        "behaviour": {"enableBackwardsNavigation": False, "forceContentFinished": False},
        "l10n": {name: _say(text, lang) for name, text in _BUTTONS.items()},
    }
    return {"branchingScenario": scenario}


def _content(case: Case, one: Content, place: int, lang: Language) -> Json:
    library = _QUESTION if one.alternatives else _PAGE
    params: Json = {"text": one.html}
    if one.alternatives:
        alternatives = [_alternative(each, lang) for each in one.alternatives]
        question = {"question": one.html, "alternatives": alternatives}
        params = {"branchingQuestion": question}
    kind = "Branching Question" if one.alternatives else "Text"
    made: Json = {
        "type": {
            "library": library,
            "params": params,
            "subContentId": str(uuid5(NAMESPACE_URL, f"pallkit {case.id} {lang} {place}")),
            "metadata": {
                "contentType": kind,
                "license": "U",
                "title": escape(one.title, quote=False),
            },
        },
        "showContentTitle": False,
        "proceedButtonText": _say(_BUTTONS["proceedButtonText"], lang),
        "forceContentFinished": "useBehavioural",
        "feedback": {"title": "", "subtitle": ""},
        "contentBehaviour": "useBehavioural",
    }
    if not one.alternatives:
        made["nextContentId"] = one.next
    if one.points:
        made["feedback"]["endScreenScore"] = one.points
    return made


def _alternative(one: Alternative, lang: Language) -> Json:
    feedback: Json = {"title": "", "subtitle": one.said}
    if one.said:
        feedback["title"] = f"<p>{_say(_('What happens'), lang)}</p>"
    if one.points:
        feedback["endScreenScore"] = one.points
    return {
        "text": escape(one.label, quote=False),
        "nextContentId": one.next,
        "feedback": feedback,
    }


def _say(text: Message, lang: Language) -> str:
    return render(text, lang)
