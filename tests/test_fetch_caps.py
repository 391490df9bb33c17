"""Each limit of the fetcher, hit by a server made for it (`python -m benchmarks.guard --caps` prints the figures)."""

from dataclasses import replace

import pytest

from benchmarks import guard_caps, guard_server
from benchmarks.guard_caps import CASES, Caps, Case, measured
from dateline.sources import listings
from dateline.sources.listings import read_sitemap

SMALL = Caps(seconds=0.2, largest=100_000, lines=80_000, robots=50_000, sitemap=100_000, sitemaps=3)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_limit_holds(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the cap in bytes, the deadline in time; the rest of the seconds is for a busy machine, on which what does
    not wait for the deadline must not come near it."""
    monkeypatch.setattr(guard_caps, "SLACK", 6.0)
    monkeypatch.setattr(guard_server, "SWOLLEN", 5_000_000)
    monkeypatch.setattr(guard_server, "_BOMBS", {})
    assert measured(case, SMALL if case.drips else replace(SMALL, seconds=20.0)).faults == []


def test_a_limit_that_does_not_hold_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the list above would show nothing: a cap that is ten times as high is read ten times as far."""
    monkeypatch.setattr("benchmarks.guard_caps.Caps.limits", Caps(largest=1_000_000).limits)
    body = next(case for case in CASES if case.name == "body")
    assert any("bytes were read" in words for words in measured(body, SMALL).faults)


def test_a_sitemap_of_other_elements_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree of millions of empty elements would fill the memory."""
    monkeypatch.setattr(listings, "MOST", 10)
    entry = "<url><loc>https://news.example/{}</loc></url>"
    many = "<x/>" * (10 * listings.PARTS)
    data = f"<urlset>{entry.format(1)}{many}{entry.format(2)}</urlset>".encode()
    assert [one.url for one in read_sitemap(data, base="")] == ["https://news.example/1"]
