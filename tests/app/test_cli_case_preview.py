"""The preview's server: its page, its script, and what it says about the files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests.app.server_process import Server, _await_address, free_port

CASE = "smerte-kan-ikke-svelge"


@pytest.fixture(scope="module")
def preview() -> Iterator[Server]:
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "pallkit_app", "case", "preview", CASE),
            *("--no-open", "--port", str(port)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PALLKIT_LANG": "nb", "PYTHONUNBUFFERED": "1"},
    )
    server = Server(process, port)
    try:
        _await_address(server)
        yield server
    finally:
        server.end(signal.SIGINT)


def test_the_page_says_which_case_and_what_it_is_not_for(preview: Server) -> None:
    page = preview.get("/preview/").page
    assert page.h1 is not None
    assert CASE in page.h1.text
    assert "Bare til undervisning" in page.text
    assert page.find("iframe", id="player") is not None
    for script in page.find_all("script"):
        assert preview.get(str(script["src"])).status == 200


def test_the_state_has_a_stamp_and_says_that_the_case_can_be_played(preview: Server) -> None:
    state = json.loads(preview.get("/preview/state").text)
    assert state["playable"] is True
    assert int(state["stamp"]) > 0


def test_the_player_is_the_usual_one(preview: Server) -> None:
    assert preview.ask(f"/app/kasus?case={CASE}", method="HEAD").status == 200
