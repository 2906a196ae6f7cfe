"""Addresses of the server as the copy writes them."""

from __future__ import annotations

import pytest

from pallkit_app.static_site.addresses import Found, Spot, View, find

PLAYER = Spot("/app/kasus", "nn", "pusten")


@pytest.mark.parametrize(
    ("address", "folder", "tail"),
    [
        pytest.param("/", "", "", id="the start page is the top"),
        pytest.param("/?lang=nn", "nn", "", id="a language is a folder"),
        pytest.param("/?lang=xx", "", "", id="a language nobody has is bokmål"),
        pytest.param("/kasus/pusten/#group", "kasus/pusten", "#group", id="a place on a page"),
        pytest.param("/kasus?topic=kols&lang=en", "en/kasus", "?topic=kols", id="a search stays"),
        pytest.param(
            "/app/kasus?case=pusten&level=B&lang=nn",
            "nn/app/kasus/pusten",
            "?level=B",
            id="the case being played is a folder",
        ),
        pytest.param(
            "/app/kalkulator?q=morfin+po+5+mg",
            "app/kalkulator",
            "?q=morfin+po+5+mg",
            id="a prepared patient stays",
        ),
    ],
)
def test_a_page_of_the_server_has_a_folder(address: str, folder: str, tail: str) -> None:
    found = find(address)
    assert found is not None
    assert found.spot is not None
    assert (found.spot.folder, found.tail) == (folder, tail)


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//example.org/", "mailto:a@b.no", "#x"]
)
def test_what_leads_elsewhere_is_left_as_it_is(address: str) -> None:
    assert find(address) is None


def test_a_file_is_known_by_its_folder() -> None:
    assert find("/static/page.css?v=1") == Found(None, asset="/static/page.css?v=1")


def test_the_server_is_asked_for_the_page_without_its_kernel() -> None:
    assert PLAYER.asked == "/app/kasus?lang=nn&case=pusten&frame=only"
    assert Spot("/om").asked == "/om?lang=nb"


@pytest.mark.parametrize(
    ("spot", "target", "seen"),
    [
        pytest.param(PLAYER, "", "../../../../", id="from the deepest page to the top"),
        pytest.param(PLAYER, "nn/app/kasus/pusten", "./", id="a page to itself"),
        pytest.param(Spot("/"), "nn/kasus", "nn/kasus/", id="from the top down"),
    ],
)
def test_one_page_names_another_wherever_the_folder_lies(
    spot: Spot, target: str, seen: str
) -> None:
    assert View(spot).to(target, folder=True) == seen


def test_the_page_for_wrong_addresses_counts_from_the_top_of_the_host() -> None:
    assert View(Spot("/borte"), "/pallkit/").to("kasus", folder=True) == "/pallkit/kasus/"
    assert View(Spot("/borte"), "/").to("", folder=True) == "/"
