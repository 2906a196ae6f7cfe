"""What the make targets say, in nb, nn and en.

They speak before anything is installed, so not through the gettext catalogues; the language is
chosen as ``pallkit`` itself chooses it (``PALLKIT_LANG``, the terminal's locale, else bokmål).
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

TEXTS: dict[str, tuple[str, str, str]] = {  # nb, nn, en
    "python_version": (
        "PallKit kjører på Python 3.11–3.14; dette er {version}. Prøv PYTHON=python3.12 make run",
        "PallKit køyrer på Python 3.11–3.14; dette er {version}. Prøv PYTHON=python3.12 make run",
        "PallKit runs on Python 3.11–3.14; this is {version}. Try PYTHON=python3.12 make run",
    ),
    "venv_missing": (
        "Python mangler venv. Installer det og prøv igjen: sudo apt install {package}",
        "Python manglar venv. Installer det og prøv på nytt: sudo apt install {package}",
        "Python lacks venv. Install it and try again: sudo apt install {package}",
    ),
    "venv_failed": (
        "Fikk ikke laget miljøet {folder}: {reason}",
        "Fekk ikkje laga miljøet {folder}: {reason}",
        "Could not make the environment {folder}: {reason}",
    ),
    "venv": (
        "Lager Python-miljøet .venv …",
        "Lagar Python-miljøet .venv …",
        "Making the Python environment .venv …",
    ),
    "packages": (
        "Henter {count} pakker. Bare første gang, ofte et par minutter …",
        "Hentar {count} pakkar. Berre første gongen, ofte eit par minutt …",
        "Fetching {count} packages. The first time only, often a few minutes …",
    ),
    "test_packages": (
        "Henter testverktøyene, {count} pakker …",
        "Hentar testverktøya, {count} pakkar …",
        "Fetching the test tools, {count} packages …",
    ),
    "unpacking": (
        "Legger pakkene på plass …",
        "Legg pakkane på plass …",
        "Putting the packages in place …",
    ),
    "building": ("Bygger PallKit …", "Byggjer PallKit …", "Building PallKit …"),
    "ready": ("PallKit er klar.", "PallKit er klar.", "PallKit is ready."),
    "no_answer": (
        "  Får ikke svar fra nettet; prøver noen ganger til …",
        "  Får ikkje svar frå nettet; prøver nokre gonger til …",
        "  No answer from the network; trying a few more times …",
    ),
    "no_network": (
        "Fikk ikke hentet pakkene. Sjekk nettet (eller proxy) og prøv igjen. Detaljer: {log}",
        "Fekk ikkje henta pakkane. Sjekk nettet (eller proxy) og prøv på nytt. Detaljar: {log}",
        "Could not fetch the packages. Check the network (or proxy) and try again. Details: {log}",
    ),
    "disk_full": (
        "Disken er full. Miljøet trenger omtrent 1,2 GB. Frigjør plass og prøv igjen.",
        "Disken er full. Miljøet treng om lag 1,2 GB. Frigjer plass og prøv på nytt.",
        "The disk is full. The environment needs about 1.2 GB. Free some space and try again.",
    ),
    "wrong_hash": (
        "En pakke stemmer ikke med låsen og er ikke installert. Detaljer: {log}",
        "Ei pakke stemmer ikkje med låsen og er ikkje installert. Detaljar: {log}",
        "A package does not match the lock and was not installed. Details: {log}",
    ),
    "install_failed": (
        "Installasjonen stoppet: {reason} Detaljer: {log}",
        "Installasjonen stoppa: {reason} Detaljar: {log}",
        "The installation stopped: {reason} Details: {log}",
    ),
    "waiting": (
        "En annen make holder på å installere; venter på den …",
        "Ein annan make held på å installere; ventar på han …",
        "Another make is installing; waiting for it …",
    ),
    "apt": (
        "Installerer {packages} med apt …",
        "Installerer {packages} med apt …",
        "Installing {packages} with apt …",
    ),
    "apt_failed": (
        "apt fikk ikke installert {packages}: {reason}",
        "apt fekk ikkje installert {packages}: {reason}",
        "apt could not install {packages}: {reason}",
    ),
    "no_browser": (
        "Fant ingen Chromium. Nettlesertestene vil feile. Installer den: sudo apt install chromium",
        "Fann ingen Chromium. Nettlesartestane vil feile. Installer han: sudo apt install chromium",
        "Found no Chromium. The browser tests will fail. Install it: sudo apt install chromium",
    ),
    "fetching_browser": (
        "Henter Chromium med Playwright …",
        "Hentar Chromium med Playwright …",
        "Fetching Chromium with Playwright …",
    ),
    "no_libraries": (
        "Mangler biblioteker for PDF eller nettlesertester. Installer: sudo apt install {packages}",
        "Manglar bibliotek for PDF eller nettlesartestar. Installer: sudo apt install {packages}",
        "Libraries for PDF or browser tests are missing. Install: sudo apt install {packages}",
    ),
    "port_taken": (
        "Port {port} er opptatt. Velg en annen: make run PORT={other}",
        "Port {port} er oppteken. Vel ein annan: make run PORT={other}",
        "Port {port} is taken. Choose another: make run PORT={other}",
    ),
    "port_wrong": (
        "«{port}» er ikke et portnummer. Skriv et tall fra 1024 til 65535: make run PORT=9000",
        "«{port}» er ikkje eit portnummer. Skriv eit tal frå 1024 til 65535: make run PORT=9000",
        "“{port}” is not a port number. Write a number from 1024 to 65535: make run PORT=9000",
    ),
    "lab_made": (
        "Arbeidsmappen er {folder}. Slett den for å begynne på nytt.",
        "Arbeidsmappa er {folder}. Slett ho for å byrje på nytt.",
        "The working folder is {folder}. Delete it to start over.",
    ),
    "lab_failed": (
        "Fikk ikke laget arbeidsmappen. Kurset ligger i {folder}.",
        "Fekk ikkje laga arbeidsmappa. Kurset ligg i {folder}.",
        "Could not make the working folder. The course is in {folder}.",
    ),
    "check_ok": ("{name}: i orden", "{name}: i orden", "{name}: fine"),
    "check_failed": ("{name}: feil", "{name}: feil", "{name}: faults"),
}


class BootstrapError(Exception):
    """Something a person must do first; its text is one line in their language."""


def text(key: str, **values: object) -> str:
    """The message ``key`` in the terminal's language."""
    chosen = (
        os.environ.get("PALLKIT_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG", "")
    )
    column = 1 if chosen.startswith("nn") else 2 if chosen.startswith("en") else 0
    return TEXTS[key][column].format(**values)


def say(key: str, **values: object) -> None:
    """Print one message and show it at once, also through a pipe."""
    print(text(key, **values), flush=True)


def stop(key: str, **values: object) -> NoReturn:
    """Give up with one message."""
    raise BootstrapError(text(key, **values))


def use_utf8() -> None:
    """Write å as å even where the terminal's locale is plain C."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
