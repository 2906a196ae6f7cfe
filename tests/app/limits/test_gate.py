"""Who gets a session: as many as there is room for, and so many a time from one address."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from types import SimpleNamespace

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from traitlets import TraitError

from pallkit_app.server.limits import capacity
from pallkit_app.server.limits.addresses import Visitors, read
from pallkit_app.server.limits.gate import Gate, RefusedError
from pallkit_app.server.limits.rate import MOST_VISITORS, Rate, Window
from pallkit_app.server.limits.settings import Limits


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _rate(clock: Clock) -> Rate:
    return Rate((Window(60, 10), Window(300, 3600)), clock)


def _gate(clock: Clock, room: int = 4) -> tuple[Gate, set[str]]:
    kernels: set[str] = set()
    return Gate(room, _rate(clock), lambda: kernels), kernels


def _enter(gate: Gate, visitor: str = "a") -> None:
    with gate.seat(visitor):
        pass


def test_a_class_of_sixty_behind_one_address_comes_in_at_once(clock: Clock) -> None:
    gate, _kernels = _gate(clock)
    for _pupil in range(60):
        _enter(gate)
    with pytest.raises(RefusedError) as refused:
        _enter(gate)
    assert refused.value.refusal.reason == "rate"
    assert refused.value.refusal.status == 429
    assert 10 <= refused.value.refusal.wait <= 15
    _enter(gate, "another")
    clock.now += 10.1
    _enter(gate)


def test_an_hour_has_room_for_three_hundred(clock: Clock) -> None:
    rate = _rate(clock)
    for _visit in range(300):
        assert rate.wait("a") == 0
        rate.count("a")
        clock.now += 1
    assert rate.wait("a") == pytest.approx(3300)
    clock.now += 3301
    assert rate.wait("a") == 0


def test_who_is_turned_away_does_not_have_to_wait_longer_for_asking(clock: Clock) -> None:
    gate, _kernels = _gate(clock)
    for _pupil in range(60):
        _enter(gate)
    for _try in range(500):
        assert gate.asks("a") is not None
        with pytest.raises(RefusedError):
            _enter(gate)
    clock.now += 10.1
    assert gate.asks("a") is None


def test_addresses_are_forgotten_when_no_limit_concerns_them(clock: Clock) -> None:
    rate = _rate(clock)
    for number in range(50):
        rate.count(str(number))
    clock.now += 3601
    rate.count("late")
    rate.forget()
    assert len(rate) == 1


def test_however_many_addresses_there_are_the_memory_of_them_is_bounded(clock: Clock) -> None:
    rate = _rate(clock)
    for number in range(MOST_VISITORS + 100):
        rate.count(str(number))
    assert len(rate) == MOST_VISITORS


def test_a_page_that_is_being_made_takes_a_seat(clock: Clock) -> None:
    gate, kernels = _gate(clock, room=2)
    with gate.seat("a"), gate.seat("b"):
        with pytest.raises(RefusedError) as refused:
            _enter(gate, "c")
        assert refused.value.refusal.reason == "full"
        assert refused.value.refusal.status == 503
    assert gate.taken == 0
    kernels |= {"1", "2"}
    assert gate.asks("c") is not None


def test_a_session_counts_once_while_it_is_both_a_seat_and_a_kernel(clock: Clock) -> None:
    gate, kernels = _gate(clock, room=2)
    with gate.seat("a") as seat:
        seat.kernel_id = "1"
        assert gate.taken == 1
        kernels.add("1")
        assert gate.taken == 1
        _enter(gate, "b")
    assert gate.taken == 1


def test_a_page_that_fails_gives_its_seat_back(clock: Clock) -> None:
    gate, _kernels = _gate(clock, room=1)
    with pytest.raises(ZeroDivisionError), gate.seat("a"):
        raise ZeroDivisionError
    _enter(gate)


def test_nobody_new_comes_in_while_the_server_closes(clock: Clock) -> None:
    gate, _kernels = _gate(clock)
    gate.closing = True
    with pytest.raises(RefusedError) as refused:
        _enter(gate)
    assert (refused.value.refusal.reason, refused.value.refusal.status) == ("closing", 503)


def _request(remote: str, *forwarded: str, **headers: str) -> HTTPServerRequest:
    told = HTTPHeaders({"Host": "x", **headers})
    for each in forwarded:
        told.add("X-Forwarded-For", each)
    line = SimpleNamespace(context=SimpleNamespace(remote_ip=remote, protocol="http"))
    start = RequestStartLine("GET", "/", "HTTP/1.1")
    return HTTPServerRequest(headers=told, connection=line, start_line=start)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("remote", "forwarded", "visitor"),
    [
        pytest.param("192.0.2.9", [], "192.0.2.9", id="no proxy"),
        pytest.param("192.0.2.9", ["203.0.113.5"], "192.0.2.9", id="no proxy of ours"),
        pytest.param("10.0.0.1", ["203.0.113.5"], "203.0.113.5", id="our proxy"),
        pytest.param("10.0.0.1", ["1.1.1.1, 203.0.113.5"], "203.0.113.5", id="a forged one before"),
        pytest.param("10.0.0.1", ["1.1.1.1", "203.0.113.5"], "203.0.113.5", id="two headers"),
        pytest.param("10.0.0.1", ["203.0.113.5, 10.0.0.2"], "203.0.113.5", id="two of ours"),
        pytest.param("10.0.0.1", ["203.0.113.5:4711"], "203.0.113.5", id="with a port"),
        pytest.param("10.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::/64", id="IPv6 with a port"),
        pytest.param("10.0.0.1", ["2001:db8::7"], "2001:db8::/64", id="a home's whole network"),
        pytest.param("::ffff:192.0.2.9", [], "192.0.2.9", id="IPv4 as IPv6"),
        pytest.param("10.0.0.1", ["nonsense"], "None", id="our proxy told nothing"),
        pytest.param("10.0.0.1", [], "10.0.0.1", id="our proxy itself"),
    ],
)
def test_visitors_are_told_apart(remote: str, forwarded: list[str], visitor: str) -> None:
    assert Visitors(["10.0.0.0/24"]).group(_request(remote, *forwarded)) == visitor


def test_a_proxy_nobody_named_does_not_make_the_world_this_machine() -> None:
    here = ["127.0.0.0/8"]
    assert Visitors([]).within(_request("127.0.0.1"), here)
    assert not Visitors([]).within(_request("127.0.0.1", "203.0.113.5"), here)
    assert not Visitors([]).within(_request("127.0.0.1", Forwarded="for=203.0.113.5"), here)
    assert not Visitors(["127.0.0.1"]).within(_request("127.0.0.1", "203.0.113.5"), here)
    assert not Visitors(["127.0.0.1"]).within(_request("127.0.0.1", "127.0.0.1, 9.9.9.9"), here)


def test_an_address_is_read_or_it_is_none() -> None:
    assert read(" 192.0.2.1 ") == ipaddress.ip_address("192.0.2.1")
    assert read("fe80::1%eth0") == ipaddress.ip_address("fe80::1")
    for junk in ("", "unknown", "_hidden", "1.2.3", "a" * 5000, "[::1", "1.2.3.4:5:6"):
        assert read(junk) in (None, ipaddress.ip_address("::1"))


@pytest.mark.parametrize("name", ["trusted_proxies", "metrics_from"])
def test_a_setting_that_is_no_network_is_refused(name: str) -> None:
    with pytest.raises(TraitError, match=r"'proxy\.example' is no address"):
        Limits(**{name: ["proxy.example"]})


def test_the_room_follows_the_memory_and_is_never_less_than_four() -> None:
    assert Limits(max_sessions=17).room() == 17
    assert capacity.sessions(2**60) == capacity.FEWEST
    assert capacity.sessions(2**30) <= capacity.sessions(2**26)


@pytest.mark.parametrize(
    ("most", "used", "free"),
    [("1000000", "400000", 600_000), ("1000", "5000", 0)],
)
def test_a_control_group_bounds_the_memory(tmp_path: Path, most: str, used: str, free: int) -> None:
    (tmp_path / "memory.max").write_text(most)
    (tmp_path / "memory.current").write_text(used)
    assert capacity.free_memory(tmp_path) == free


def test_a_control_group_without_a_limit_bounds_nothing(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "memory.current").write_text("5")
    assert capacity.free_memory(tmp_path) > 2**20
