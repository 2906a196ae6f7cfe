"""What is not a page is not there, however it is asked for."""

from __future__ import annotations

import pytest
from tests.app.server_process import Server

KERNEL = "00000000-0000-0000-0000-000000000000"
CLOSED = [
    "/voila/tree",
    "/voila/tree/",
    "/voila/tree/case.ipynb",
    "/voila/render/case.ipynb",
    "/voila/render/../../README.md",
    "/voila/files/case.ipynb",
    "/voila/templates/lab/static/index.css",
    "/voila/api/contents",
    "/voila/api/contents/case.ipynb",
    "/voila/api/themes/@jupyterlab/theme-light-extension/index.css",
    "/voila/labextensions/@jupyter/nbgrader/package.json",
    "/voila/labextensions/anywidget/package.json",
    "/voila/labextensions/nbdime-jupyterlab/static/style.js",
    f"/voila/query/{KERNEL}",
    f"/voila/execution/{KERNEL}",
    f"/api/kernels/{KERNEL}",
    f"/api/kernels/{KERNEL}/channels",
    f"/api/kernels/{KERNEL}/restart",
    "/api",
    "/api/kernels",
    "/api/kernelspecs",
    "/api/contents",
    "/api/sessions",
    "/api/terminals",
    "/api/me",
    "/login",
    "/logout",
    "/tree",
    "/lab",
    "/notebooks/case.ipynb",
    "/case.ipynb",
    "/app/case.ipynb",
    "/static/",
    "/static/app.py",
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/static/..%2fapp.py",
    "/static//etc/passwd",
    "/static/page.css/../../app.py",
    "/voila/static/../../../../../../../../../etc/passwd",
    "/voila/static/%2e%2e/%2e%2e/index.html.j2",
    "/voila/static//etc/passwd",
    "/voila/labextensions/anywidget/static/../../../../../../../../etc/passwd",
    "/voila/labextensions/anywidget/static/../../@jupyter/nbgrader/package.json",
    "/kasus/../../../etc/passwd",
    "//etc/passwd",
    "/.git/config",
    "/svar.jsonl",
]


@pytest.mark.parametrize("path", CLOSED)
def test_closed(server: Server, path: str) -> None:
    reply = server.get(path)
    assert reply.status == 404
    assert "Denne siden finnes ikke" in reply.text
    for leak in ("Traceback", "site-packages", "root:", "tornado", "jupyter", ".py"):
        assert leak not in reply.text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?case=",
        "?case=finnes-ikke",
        "?case=../smerte-kan-ikke-svelge",
        "?case[]=x",
        "?case=%00",
    ],
)
def test_an_unknown_case_is_404_and_starts_no_kernel(server: Server, query: str) -> None:
    before = {kernel.pid for kernel in server.kernels()}
    reply = server.get(f"/app/kasus{query}")
    assert reply.status == 404
    assert "Se alle kasus" in reply.text
    assert {kernel.pid for kernel in server.kernels()} <= before


def test_asking_whether_a_case_exists_starts_no_kernel(server: Server) -> None:
    before = {kernel.pid for kernel in server.kernels()}
    assert server.ask("/app/kasus?case=smerte-kan-ikke-svelge", "HEAD").status == 200
    assert {kernel.pid for kernel in server.kernels()} <= before


def test_the_page_around_a_running_widget_comes_without_a_kernel(server: Server) -> None:
    before = {kernel.pid for kernel in server.kernels()}
    page = server.get("/app/kasus?case=smerte-kan-ikke-svelge&lang=nn&frame=only").page
    assert page.html is not None
    assert page.html["lang"] == "nn"
    assert page.select("body > footer")
    assert not page.select("#jupyter-config-data")
    assert {kernel.pid for kernel in server.kernels()} <= before


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/kasus", "/app/kalkulator", "/static/page.css"])
def test_a_page_takes_nothing_in(server: Server, method: str, path: str) -> None:
    reply = server.ask(path, method)
    assert reply.status in (404, 405)
    assert "PallKit" in reply.text


@pytest.mark.parametrize("query", ["topic=%ff", "level=%00", "lang=%ff%fe", "topic=" + "x" * 5000])
def test_junk_in_an_address_gets_a_page_and_no_bug(server: Server, query: str) -> None:
    reply = server.get(f"/kasus?{query}")
    assert reply.status in (200, 400)
    assert "<main" in reply.text
    assert "Traceback" not in reply.text
