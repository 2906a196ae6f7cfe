"""The learners' pages, by their addresses: with and without a kernel."""

from __future__ import annotations

from pallkit.i18n import Language

CASE = "smerte-kan-ikke-svelge"
STILL = (
    "/",
    "/kasus",
    "/kasus?topic=omregning&level=A",
    "/kasus?q=smerte+finnesikke&level=B",
    f"/kasus/{CASE}",
    f"/kasus/{CASE}/qr",
    "/moduler",
    "/om",
    "/tilgjengelighet",
    "/personvern",
    "/meld-fra",
    "/finnes-ikke",
)
"""Pages without a kernel. The last does not exist."""
WITH_TOOLS = (
    f"/app/kasus?case={CASE}",
    "/app/kalkulator",
    "/app/smertepumpe",
    "/app/omregningstabeller",
)
MODULES = ("den-doende-pasienten", "omregning-av-opioider", "smertepumpe")


def speaking(path: str, lang: Language) -> str:
    """The address of the page in a language."""
    if lang == "nb":
        return path
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"
