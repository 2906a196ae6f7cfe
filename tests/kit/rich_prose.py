"""What the case with every kind of step says, in the three languages, for tests."""

from __future__ import annotations

from typing import Any

_NB = {
    "title": "Jon, 68 år, og alle slags steg",
    "summary": "Et oppdiktet kasus der alt kan prøves.",
    "goals": ["Prøve alt.", "Finne fram med tastaturet."],
    "patient": "Jon er 68 år og **oppdiktet**. Han bor hjemme med kona, Kari.",
    "regimen": {"depot": "Depottablett morgen og kveld"},
    "people": {
        "kona": {
            "name": "Kari",
            "about": "Våker om natta.",
            "wishes": {"hjemme": "At Jon skal få være hjemme."},
        },
        "tolken": {"name": "Mirza"},
    },
    "tasks": {"ring-lege": "Ring fastlegen"},
    "guide": {"before": "Les høyt.", "silent": "Vent.", "closing": "Takk.", "questions": {}},
    "steps": {
        "sporre": {
            "title": "Du spør dem som kjenner Jon",
            "text": "Kari og tolken sitter ved kjøkkenbordet.",
            "ask": "Hva vil du spørre om?",
            "options": {
                "om-natten": {
                    "label": "Hvordan er nettene?",
                    "feedback": "«Han sover, men *jeg* ligger våken og hører etter om han puster.»",
                },
                "om-ord": {
                    "label": "Hvilke ord bruker de selv om sykdommen?",
                    "feedback": "«De sier at kroppen er sliten.»",
                },
                "om-natten-igjen": {
                    "label": "Hva er du mest redd for om natta?",
                    "feedback": "«At jeg ikke skal merke det.»",
                },
            },
        },
        "tegn": {
            "title": "Tegn på for mye opioid",
            "text": "Du ser på Jon mens han sover.",
            "ask": "Hva ser du etter?",
            "options": {
                "pust": {"label": "Hvor ofte han puster", "feedback": "Pusten sier mest."},
                "sovn": {"label": "Om han lar seg vekke"},
                "naloxon": {"label": "Gi nalokson for sikkerhets skyld"},
                "sukker": {"label": "Blodsukkeret"},
            },
            "outcomes": {
                "all": "Pust og bevissthet er det du trenger.",
                "some": "Du så noe av det.",
                "wrong": "Begynn med pust og bevissthet.",
            },
        },
        "tall": {
            "title": "Jons eget tall",
            "text": "Jon ligger stille.",
            "ask": "Hvor vondt tror du Jon sier at han har?",
            "low": "ingen smerte",
            "high": "verst tenkelige smerte",
            "outcomes": {
                "right": "Du traff godt.",
                "too_low": "Han har mer vondt enn han viser.",
                "too_high": "Han har mindre vondt enn du tror.",
            },
        },
        "rekke": {
            "title": "Hva gjør du først?",
            "text": "Mye skal gjøres.",
            "ask": "Sett det i den rekkefølgen du ville gjort det.",
            "options": {
                "se": {"label": "Se på pasienten"},
                "spor": {"label": "Spør Kari hva hun har sett"},
                "ring": {"label": "Ring legevakta"},
                "skriv": {"label": "Skriv i journalen"},
            },
            "outcomes": {
                "right": "Først pasienten, så resten.",
                "near": "Nesten.",
                "wrong": "Se på pasienten først.",
            },
        },
        "regn": {
            "title": "Fra tabletter til pumpe",
            "text": "Jon svelger ikke lenger.",
            "ask": "Hvor mye morfin under huden i døgnet?",
            "hint": "Legg sammen døgndosen først.",
            "outcomes": {
                "right": "Det stemmer.",
                "too_low": "Han får mer vondt.",
                "too_high": "Han blir tyngre å vekke.",
            },
        },
        "pumpe": {
            "title": "Still inn pumpa",
            "text": "Blandingen er 10 mg/ml.",
            "ask": "Hvilken hastighet?",
            "outcomes": {
                "right": "Det stemmer.",
                "too_low": "For sakte.",
                "too_high": "For fort.",
            },
        },
        "plan": {
            "title": "Palliativ plan",
            "text": "Dere skriver planen sammen.",
            "ask": "Fyll ut planen.",
            "fields": {
                "mal": {"label": "Hva er viktig for Jon?", "help": "Bruk hans egne ord."},
                "sted": {
                    "label": "Hvor vil han være?",
                    "options": {"hjemme": "Hjemme", "sykehus": "På sykehus"},
                },
                "lest": {"label": "Lest opp for Jon og Kari"},
            },
            "outcomes": {
                "complete": "Nå kan alle finne den.",
                "incomplete": "Noe mangler ennå.",
            },
            "expert": "«Være hjemme, og ikke ha vondt.»",
        },
        "vei": {
            "title": "Veien videre",
            "text": "Det blir kveld.",
            "ask": "Hva gjør du?",
            "options": {
                "vanlig": {"label": "Avtaler tilsyn i natt", "feedback": "Kari kan sove."},
                "for-spesialist": {
                    "label": "Øker dosen med en gang",
                    "feedback": "Det hjelper, men Jon er urolig.",
                },
            },
        },
        "samling": {"title": "Dere samler trådene", "text": "Natta er gått."},
        "slutt": {"title": "Morgen", "text": "Takk for nå."},
    },
}

_NN = {
    "title": "Jon, 68 år, og alle slags steg (nynorsk)",
    "summary": "Eit oppdikta kasus der alt kan prøvast.",
    "goals": ["Prøve alt.", "Finne fram med tastaturet."],
    "patient": "Jon er 68 år og **oppdikta**. Han bur heime med kona, Kari.",
}

_EN = {
    "title": "Jon, 68 years old, and every kind of step",
    "summary": "An invented case where everything can be tried.",
    "goals": ["Try everything.", "Find the way with the keyboard."],
    "patient": "Jon is 68 years old and **invented**. He lives at home with his wife, Kari.",
}


def rich_prose() -> dict[str, dict[str, Any]]:
    """The prose files by language; the steps are told in bokmål in all three."""
    return {"nb": _NB, "nn": {**_NB, **_NN}, "en": {**_NB, **_EN}}
