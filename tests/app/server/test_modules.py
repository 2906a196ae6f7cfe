"""What a reader gets of a module without any kernel, and what its tools cost when asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.app.server_process import Reply, Server, serving

from pallkit.i18n import LANGUAGES
from pallkit_app.compile import content_root
from pallkit_app.modules import module_ids, read_module

FOLDER = content_root() / "notebooks" / "modules"
MODULES = module_ids(FOLDER)
CARD = "a[href^='/modul/']"
TOOLS = f"/modul/{MODULES[0]}/verktoy"


def _page(server: Server, module: str, lang: str = "nb") -> Reply:
    return server.get(f"/modul/{module}?lang={lang}")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_there_are_three_modules_in_the_order_they_are_best_read() -> None:
    assert MODULES == ("omregning-av-opioider", "smertepumpe", "den-doende-pasienten")


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_the_list_and_the_start_page_offer_every_module(server: Server, lang: str) -> None:
    for path in (f"/moduler?lang={lang}", f"/?lang={lang}"):
        cards = server.get(path).page.select(f".site-card:has({CARD})")
        assert len(cards) == len(MODULES)
        for module_id, card in zip(MODULES, cards, strict=True):
            about = read_module(FOLDER, module_id, lang).about  # type: ignore[arg-type]  # nb, nn
            text = card.get_text(" ", strip=True)
            assert about.title in text
            assert about.summary in text
            assert f"{about.minutes} min" in text
            assert ("Utkast" in text) == about.draft
            assert server.ask(str(card.select(CARD)[0]["href"]), "HEAD").status == 200


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_the_whole_text_is_in_the_page_in_the_notebooks_order(
    server: Server, module: str, lang: str
) -> None:
    page = _page(server, module, lang).page
    cells = json.loads((FOLDER / f"{module}.{lang}.ipynb").read_text("utf-8"))["cells"]
    shown = page.select("[data-exchange^='text:'], [data-slot]")
    names = [str(each.get("data-slot") or each["data-exchange"]) for each in shown]
    assert [name.removeprefix("text:") for name in names] == [cell["id"] for cell in cells]
    seen = {*_words(page.get_text(" "))}
    for cell in cells:
        if cell["cell_type"] == "markdown":
            text = re.sub(r"\]\(<?[^)\s]*>?\)|</?(details|summary)>", " ", "".join(cell["source"]))
            assert not {*_words(text)} - seen, cell["id"]
            assert "**" not in page.get_text()


@pytest.mark.parametrize("module", MODULES)
def test_the_table_of_contents_leads_to_each_heading(server: Server, module: str) -> None:
    page = _page(server, module).page
    links = page.select(".site-contents ol a")
    headings = page.select(".doc h2")
    assert [str(link["href"]) for link in links] == [f"#{heading['id']}" for heading in headings]
    assert [link.get_text() for link in links] == [heading.get_text() for heading in headings]
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert len(page.find_all("h1")) == 1


def test_an_english_reader_is_told_that_the_text_is_norwegian(server: Server) -> None:
    page = _page(server, MODULES[0], "en").page
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert "not written in English yet" in page.get_text()
    assert {str(each["lang"]) for each in page.select(".doc")} == {"nb"}
    assert page.h1 is not None
    assert page.h1["lang"] == "nb"


def test_a_page_of_several_tools_does_not_say_that_it_keeps_the_state_of_one(
    server: Server,
) -> None:
    page = _page(server, MODULES[0]).page
    assert page.body is not None
    assert not page.body.has_attr("data-content")
    assert f"Innhold: {MODULES[0]}, versjon 1" in page.select("body > footer")[0].get_text()


def test_an_unsigned_module_is_a_draft(server: Server) -> None:
    text = _page(server, MODULES[0]).page.get_text()
    assert "Ingen kliniker har signert denne modulen ennå." in text


def test_a_change_of_language_stays_in_the_module(server: Server) -> None:
    links = _page(server, MODULES[0], "nn").page.select("a[hreflang]")
    assert [str(link["href"]) for link in links] == [
        f"/modul/{MODULES[0]}",
        f"/modul/{MODULES[0]}?lang=nn",
        f"/modul/{MODULES[0]}?lang=en",
    ]


@pytest.mark.parametrize(
    "path",
    [
        *("/modul/", "/modul/finnes-ikke", "/modul/..%2fapps", "/modul/x.nb", "/modul/A"),
        *("/modul/finnes-ikke/verktoy", "/modul/..%2fapps/verktoy", f"{TOOLS}/1"),
    ],
)
def test_what_is_no_module_is_not_there(server: Server, path: str) -> None:
    before = len(server.kernels())
    assert server.get(path).status == 404
    assert len(server.kernels()) == before


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Server]:
    """A server with one sound module, one broken one, and one with a sly text."""
    folder = tmp_path / "modules"
    folder.mkdir()
    made = json.loads((FOLDER / f"{MODULES[1]}.nb.ipynb").read_text("utf-8"))
    (folder / f"{MODULES[1]}.nb.ipynb").write_text(json.dumps(made), encoding="utf-8")
    (folder / "brukket.nb.ipynb").write_text("{}", encoding="utf-8")
    sly = "</div><script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"
    made["cells"][1]["source"] = [f"## {sly}\n", "\n", f"| {sly} |\n|---|\n| {sly} |\n"]
    made["metadata"]["pallkit"] |= {"id": "lur", "title": sly, "summary": sly}
    (folder / "lur.nb.ipynb").write_text(json.dumps(made), encoding="utf-8")
    with serving(settings=[f"--PallkitServer.root_dir={tmp_path}"]) as running:
        yield running


def test_a_module_that_cannot_be_read_takes_no_other_with_it(planted: Server) -> None:
    page = planted.get("/moduler").page
    links = dict.fromkeys(str(a["href"]) for a in page.select(CARD))
    assert list(links) == [f"/modul/{MODULES[1]}", "/modul/lur"]
    assert planted.get("/modul/brukket").status == 404
    nynorsk = planted.get(f"/modul/{MODULES[1]}?lang=nn").page
    assert {str(each["lang"]) for each in nynorsk.select(".doc")} == {"nb"}, "not written in it"


def test_no_text_becomes_markup(planted: Server) -> None:
    for path in ("/moduler", "/modul/lur"):
        page = planted.get(path)
        assert not page.page.select("main script:not([src]), main img, [onerror]")
        assert not [a for a in page.page.select("a") if "javascript" in str(a["href"])]
        assert_whole(page.page)


def assert_whole(page: BeautifulSoup) -> None:
    assert len(page.select("body > footer")) == 1
    assert len(page.select("main")) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_only_read_starts_no_kernel(server: Server, lang: str) -> None:
    before = {kernel.pid for kernel in server.kernels()}
    read = ("/", "/kasus", "/kasus/smerte-kan-ikke-svelge", "/moduler", "/om", "/personvern")
    for path in (*read, "/tilgjengelighet", *(f"/modul/{each}" for each in MODULES)):
        assert server.get(f"{path}?lang={lang}").status == 200
    for path in ("/app/kalkulator", f"{TOOLS}?lang={lang}"):
        assert server.ask(path, "HEAD").status == 200
    assert {kernel.pid for kernel in server.kernels()} == before


def test_a_text_that_has_not_changed_is_not_sent_again(server: Server) -> None:
    first = server.get(f"/modul/{MODULES[0]}")
    assert first.headers["cache-control"] == "no-cache"
    known = {"If-None-Match": first.headers["etag"]}
    assert server.ask(f"/modul/{MODULES[0]}", headers=known).status == 304


def test_the_tools_are_lines_of_whole_elements_that_no_browser_shows_as_a_page(
    server: Server,
) -> None:
    reply = server.get(f"{TOOLS}?lang=nn")
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    lines = [line for line in reply.text.split("\n") if line and not line.startswith("<!--")]
    assert 'id="jupyter-config-data"' in lines[0]
    cells = json.loads((FOLDER / f"{MODULES[0]}.nn.ipynb").read_text("utf-8"))["cells"]
    wanted = [cell["id"] for cell in cells if cell["cell_type"] == "code"]
    shown = [BeautifulSoup(line, "html.parser").select(".pk-output") for line in lines[1:]]
    assert [str(one["data-cell"]) for (one,) in shown] == wanted


def test_who_is_turned_away_with_the_tools_is_told_when_to_ask_again() -> None:
    with serving(settings=["--Limits.max_sessions=1", "--Limits.hourly=1"]) as server:
        assert server.get(TOOLS).status == 200
        for method in ("GET", "HEAD"):
            reply = server.ask(TOOLS, method)
            assert (reply.status, reply.body) == (429, b"")
            assert int(reply.headers["retry-after"]) >= 5
        assert server.get(f"/modul/{MODULES[0]}").status == 200
        assert len(server.kernels()) == 1
    with serving(settings=["--Limits.max_sessions=1"]) as server:
        server.get(TOOLS)
        assert server.get(TOOLS).status == 503
