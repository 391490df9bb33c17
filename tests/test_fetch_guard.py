"""No spelling of an address inside leads there by any route (benchmarks/guard.py prints the same as a table)."""

import pytest

from benchmarks.guard import CONTROL, ROUTES, counted, faults, never, spellings
from dateline.sources.address import is_allowed, is_public

ALL = list(enumerate([*spellings(), CONTROL]))


def test_there_are_enough_spellings() -> None:
    """Of every kind; and none stands twice."""
    urls = [one.url for one in spellings()]
    assert len(urls) == len(set(urls)) >= 50
    assert not any(is_public(one.address) for one in spellings())


def test_no_connection_is_made() -> None:
    """And a public address, the control, is asked by each route: the routes are open."""
    found = counted(ALL)
    assert len(found) == len(ALL)
    assert all(counts.keys() == ROUTES.keys() for counts in found.values())
    assert faults(found) == []


def test_some_are_not_even_asked_where_private_addresses_may_be() -> None:
    """What hands out a machine's own keys."""
    closed = [(at, one) for at, one in ALL if one is CONTROL or never(one)]
    assert len(closed) > 12
    assert faults(counted(closed, allow_private=True)) == []


def test_without_the_guard_each_route_leads_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the zeros above would show nothing."""
    monkeypatch.setattr("dateline.sources.address.is_public", lambda address: True)
    private = next((at, one) for at, one in ALL if one.address == "10.0.0.1")
    (counts,) = counted([private]).values()
    assert {route for route, count in counts.items() if not count} == set()


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "::1", "fd12::1", "64:ff9b::a00:1"])
def test_private_addresses_may_be_allowed(address: str) -> None:
    assert is_allowed(address, allow_private=True)
    assert not is_allowed(address, allow_private=False)
