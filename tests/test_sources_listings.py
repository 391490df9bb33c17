"""Feeds and sitemaps: which addresses they list, each once, in one spelling."""

from datetime import UTC, datetime

import pytest

from dateline.sources.listings import MOST, NotAListing, canonical, read_feed, read_sitemap

BASE = "https://news.example/rss.xml"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Example</title>
<item><title>Two die &amp; one is missing</title><link>https://news.example/a?utm_source=rss</link>
<pubDate>Mon, 06 Sep 2021 16:45:00 +0200</pubDate></item>
<item><title>The same again</title><link>https://news.example/a#top</link></item>
<item><title>Beside it</title><link>/b</link></item>
<item><title>No address</title></item>
<item><title>No page</title><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>T</title>
<link rel="alternate" href="https://news.example/c"/><published>2021-09-05T10:00:00Z</published>
<updated>2021-09-06T10:00:00Z</updated></entry></feed>"""
NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://news.example/d </loc>
<lastmod>2021-09-06</lastmod><news:news><news:publication_date>2021-09-05T12:00:00+02:00</news:publication_date>
<news:title>Two die</news:title></news:news></url><url><loc>ftp://news.example/e</loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
<loc>https://news.example/s1.xml</loc><lastmod>2021-09-06T10:00:00Z</lastmod></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    ("given", "one"),
    [
        ("HTTPS://News.Example/a?utm_source=x&id=2#part", "https://news.example/a?id=2"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("  /b  ", "https://news.example/b"),
        ("//other.example/x", "https://other.example/x"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://news.example/" + "a" * 3000, None),
    ],
)
def test_one_spelling(given: str, one: str | None) -> None:
    """Tracking parameters, fragments and capitals of the host are no part of an address."""
    assert canonical(given, base=BASE) == one


def test_rss() -> None:
    """Each address once, relative ones made whole, what is no page left out."""
    first, second = read_feed(RSS, base=BASE)
    assert (first.url, first.title) == ("https://news.example/a", "Two die & one is missing")
    assert first.published == datetime(2021, 9, 6, 14, 45, tzinfo=UTC)
    assert (second.url, second.published) == ("https://news.example/b", None)


def test_atom() -> None:
    """Published and updated are two days."""
    (entry,) = read_feed(ATOM, base=BASE)
    assert entry.published == datetime(2021, 9, 5, 10, tzinfo=UTC)
    assert entry.latest == entry.changed == datetime(2021, 9, 6, 10, tzinfo=UTC)


def test_a_news_sitemap() -> None:
    """With the day of the news itself."""
    (entry,) = read_sitemap(NEWS, base=BASE)
    assert (entry.url, entry.title, entry.is_sitemap) == ("https://news.example/d", "Two die", False)
    assert entry.published == datetime(2021, 9, 5, 10, tzinfo=UTC)
    assert entry.changed == datetime(2021, 9, 6, tzinfo=UTC)


def test_a_sitemap_index_and_a_text_sitemap() -> None:
    """An index leads to sitemaps; a text file lists addresses."""
    assert [(one.url, one.is_sitemap) for one in read_sitemap(INDEX, base=BASE)] == [
        ("https://news.example/s1.xml", True)
    ]
    assert [one.url for one in read_sitemap(b"https://news.example/f\nno\n", base=BASE)] == ["https://news.example/f"]


@pytest.mark.parametrize("data", [b"", b"<html><body>Not here</body></html>", b"\x89PNG", b"nothing here"])
def test_what_is_no_listing(data: bytes) -> None:
    """A page where a feed should be is said to be none, and is no empty feed."""
    with pytest.raises(NotAListing, match="it is no RSS or Atom feed"):
        read_feed(data, base=BASE)
    with pytest.raises(NotAListing, match="it is no sitemap"):
        read_sitemap(data, base=BASE)


def test_damage_keeps_what_came_before() -> None:
    """A sitemap that is cut short gives what it has."""
    assert [one.url for one in read_sitemap(NEWS[:-60], base=BASE)] == ["https://news.example/d"]


def test_nothing_is_read_from_the_machine() -> None:
    """An external entity in a sitemap, and a name of a file given as a feed."""
    hostile = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://a.example/&e;</loc></url></urlset>'
    assert all("root" not in one.url for one in read_sitemap(hostile, base=""))
    with pytest.raises(NotAListing):
        read_feed(b"/etc/hostname", base="")


def test_no_more_than_so_many() -> None:
    """A listing may claim millions."""
    many = b"<urlset>" + b"".join(b"<url><loc>https://a.example/%d</loc></url>" % n for n in range(MOST + 50))
    assert len(read_sitemap(many + b"</urlset>", base="")) == MOST
