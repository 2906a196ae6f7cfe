"""The pages with a kernel: what they show, what they leave behind, and who may speak to it."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from tests.app.server_process import Server, eventually, serving
from websockets.sync.client import ClientConnection, connect

from pallkit.cases import load, prose
from pallkit_app.compile import content_root

CASE = "smerte-kan-ikke-svelge"
CASE_PAGE = f"/app/kasus?case={CASE}"
QUICK = [
    "--VisitorKernels.unmet_timeout=2",
    "--VisitorKernels.cull_interval=1",
]
KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def _kernel_id(page_text: str) -> str:
    config = page_text.partition('id="jupyter-config-data" type="application/json">')[2]
    return str(json.loads(config.partition("</script>")[0])["kernelId"])


def _hear(line: ClientConnection, *, seconds: float) -> list[str]:
    """Everything that comes until nothing has come for so long."""
    heard = []
    while True:
        try:
            heard.append(str(line.recv(timeout=seconds)))
        except TimeoutError:
            return heard


def _folder(path: Path) -> dict[str, tuple[int, int]]:
    return {
        str(file.relative_to(path)): (file.stat().st_mtime_ns, file.stat().st_size)
        for file in path.rglob("*")
    }


def test_the_patient_is_on_the_page_before_the_kernel_is_up(server: Server) -> None:
    words = prose(CASE, "nb")
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        line.sendall(f"GET {CASE_PAGE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        first = b""
        while b"Gj\xc3\xb8r kasuset klart" not in first:
            more = line.recv(65536)
            assert more, first
            first += more
    text = first.decode("utf-8", "ignore")
    assert words.title in text
    assert words.patient.split(".")[0] in text
    assert "jupyter-config-data" not in text
    assert "site-footer" not in text


def test_no_source_of_the_notebook_or_of_the_server_reaches_the_reader(server: Server) -> None:
    text = server.get(CASE_PAGE).text
    for source in ("import ", "parse_qs", "CasePlayer(", "ipynb", "Traceback"):
        assert source not in text
    for folder in (content_root(), Path(sys.prefix), Path.home()):
        assert str(folder) not in text
    assert "application/vnd.jupyter.widget-view+json" in text


def test_no_other_front_end_is_served_than_our_own(server: Server) -> None:
    for script in ("/voila/static/voila.js", "/voila/labextensions/anywidget/static/528.js"):
        assert server.get(script).status == 404
    assert server.get("/static/client.js").status == 200


def test_ten_visits_leave_the_folder_as_it_was() -> None:
    notebooks = content_root() / "notebooks"
    before = _folder(notebooks)
    with serving(settings=QUICK) as server:
        for _visit in range(5):
            assert server.get(CASE_PAGE).status == 200
            assert server.get("/app/kalkulator").status == 200
        assert _folder(notebooks) == before
    assert not list(notebooks.rglob("svar.jsonl"))


def test_a_page_nobody_connects_to_loses_its_kernel() -> None:
    with serving(settings=QUICK) as server:
        server.get("/app/kalkulator")
        eventually(lambda: not server.kernels(), what="the abandoned kernel is gone")


def test_a_page_that_is_connected_keeps_its_kernel() -> None:
    with serving(settings=[*QUICK, "--VisitorKernels.left_timeout=1"]) as server:
        kernel = _kernel_id(server.get("/app/kalkulator").text)
        with connect(f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels") as line:
            _hear(line, seconds=4)
            assert server.get(f"/api/kernels/{kernel}").status == 200
        eventually(lambda: not server.kernels(), what="the kernel of a closed page is gone")


def test_a_page_that_is_left_stops_its_kernel_at_once(server: Server) -> None:
    kernel = _kernel_id(server.get("/app/kalkulator").text)
    assert server.ask(f"/voila/api/shutdown/{kernel}", "POST").status == 204
    assert server.get(f"/api/kernels/{kernel}").status == 404


def test_a_visitor_cannot_run_code(server: Server, tmp_path: Path) -> None:
    kernel = _kernel_id(server.get("/app/kalkulator").text)
    proof = tmp_path / "ran"
    message = {
        "channel": "shell",
        "header": {
            "msg_id": "1",
            "msg_type": "execute_request",
            "session": "s",
            "username": "u",
            "version": "5.3",
            "date": "2026-01-01T00:00:00Z",
        },
        "parent_header": {},
        "metadata": {},
        "content": {"code": f"open({str(proof)!r}, 'w')", "silent": False},
    }
    with connect(f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels") as line:
        line.send(json.dumps(message))
        assert not [heard for heard in _hear(line, seconds=3) if "execute_reply" in heard]
    assert not proof.exists()


def test_another_site_cannot_speak_to_a_readers_kernel(server: Server) -> None:
    kernel = _kernel_id(server.get("/app/kalkulator").text)
    address = f"/api/kernels/{kernel}/channels"
    upgrade = {
        "Origin": "http://elsewhere.example",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "eGFtcGxlIGtleSBvZiAxNg==",
    }
    assert server.ask(address, headers=upgrade).status == 403


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Server]:
    code = nbformat.v4.new_code_cell("raise RuntimeError('secret ' + 'reason')")
    (tmp_path / "apps").mkdir()
    for name in ("case", "calculator"):
        notebook = nbformat.v4.new_notebook(cells=[code], metadata={"kernelspec": KERNELSPEC})
        nbformat.write(notebook, tmp_path / "apps" / f"{name}.ipynb")
    with serving(settings=[f"--PallkitServer.root_dir={tmp_path}"]) as server:
        yield server


def test_a_notebook_that_fails_says_so_in_the_readers_words_only(broken: Server) -> None:
    page = broken.get(f"{CASE_PAGE}&lang=nn")
    assert page.status == 200
    assert "data-failed" in page.text
    assert "Sida kom ikkje i gang" in page.text
    assert page.text.rstrip().endswith("</html>")
    for leak in ("secret", "RuntimeError", "show_tracebacks", "Traceback"):
        assert leak not in page.text
    _out, err = broken.end()
    assert "secret reason" in err


def test_a_kernel_that_does_not_start_is_told_and_the_page_ends_well(tmp_path: Path) -> None:
    with serving(settings=[f"--PallkitServer.root_dir={tmp_path}"]) as server:
        page = server.get("/app/kalkulator")
        assert "data-failed" in page.text
        assert page.text.rstrip().endswith("</html>")
        assert str(tmp_path) not in page.text


def test_the_case_page_names_its_own_version(server: Server) -> None:
    page = server.get(CASE_PAGE).page
    assert page.body is not None
    assert page.body["data-content"] == CASE
    assert page.body["data-version"] == str(load(CASE).version)
