"""What a page says about its article: the day, to the precision given; headline, publisher, address."""

import pytest

from dateline.extractors.page import dates
from dateline.extractors.page.metadata import About, read_about
from dateline.extractors.page.tree import parse

LD = '<script type="application/ld+json">%s</script>'
ARTICLE = LD % '{"@type": "NewsArticle", "headline": "Five die in flood", "datePublished": "2014-06-12T23:30:00-05:00"}'


def about(head: str = "", body: str = "", url: str | None = None, lang: str = "en") -> About:
    page = parse(f"<html lang={lang}><head>{head}</head><body>{body}</body></html>")
    assert page is not None
    return read_about(page.root, url=url)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2014-06-12T23:30:00-05:00", "2014-06-12"),
        ("Thu, 12 Jun 2014 10:00:00 GMT", "2014-06-12"),
        ("June 12, 2014", "2014-06-12"),
        ("12th of June 2014", "2014-06-12"),
        ("Sept. 3, 2014 at 5 p.m.", "2014-09-03"),
        ("20140612", "2014-06-12"),
        ("2014/6/2", "2014-06-02"),
        ("31.12.2014", "2014-12-31"),
        ("12/31/2014", "2014-12-31"),
        ("02/03/2014", None),  # nothing settles which is the month
        ("03/03/2014", "2014-03-03"),
        ("31 June 2014", None),
        ("0001-01-01T00:00:00Z", None),
        ("March 2024", None),
    ],
)
def test_a_day(words: str, day: str | None) -> None:
    assert dates.read_day(words) == day


def test_a_date_in_either_order_is_settled_by_the_country_of_the_site() -> None:
    body = "<h1>Flood</h1><span class=date>02/03/2014</span>"
    assert about(body=body, lang="en-US").published == "2014-02-03"
    assert about(body=body, url="https://gazette.example.co.uk/flood").published == "2014-03-02"
    assert about(body=body).published is None


@pytest.mark.parametrize(
    ("head", "body", "url", "published"),
    [
        (ARTICLE, "", "https://x.example/2013/01/02/flood", ("2014-06-12", "metadata")),
        ('<meta property="article:published_time" content="2014-06-12">', "", None, ("2014-06-12", "metadata")),
        ('<meta property="article:modified_time" content="2014-06-12">', "", None, (None, None)),
        (LD % '{"@type": "Comment", "datePublished": "2014-06-12"}', "", None, (None, None)),
        (LD % '{"@type": "NewsArticle", "datePublished": "2014-06-12", oops}', "", None, ("2014-06-12", "metadata")),
        (LD % '{"@type": "NewsArticle", "datePublished": "March 2024"}', "", None, ("2024-03", "metadata")),
        ("", "<h1>F</h1><time datetime=2014-06-12>Thursday</time>", None, ("2014-06-12", "metadata")),
        ("", "<div class=comments><time datetime=2014-06-12>Thursday</time></div>", None, (None, None)),
        ("", "", "https://x.example/2014/06/12/flood", ("2014-06-12", "url")),
        ("", "", "https://x.example/2014/06/flood", ("2014-06", "url")),
        ("", "<h1>F</h1><p>June 12, 2014</p>", "https://x.example/2014/06/flood", ("2014-06-12", "text")),
        ("", "<h1>F</h1><div class=byline>By A. Example, 12 June 2014</div>", None, ("2014-06-12", "text")),
        ("", "<h1>F</h1><div class=meta>Updated 13 June 2014</div>", None, (None, None)),
        ("", "<h1>F</h1><p>The dam broke on June 12, 2014, and nine people died.</p>", None, (None, None)),
    ],
)
def test_published(head: str, body: str, url: str | None, published: tuple[str | None, str | None]) -> None:
    found = about(head, body, url)
    assert (found.published, found.published_from) == published


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>Five die in flood - The Gazette</title>",
            "<h1>The Gazette</h1><h1>Five die in flood</h1>",
            "Five die in flood",
        ),
        ("<title>Five die in flood - The Gazette</title>", "", "Five die in flood"),
        ("<title>Flood</title>", "<h1>Five <b>die</b>\n in flood</h1>", "Flood"),
        (
            "<title>Gazette Online: Five die in flood</title>",
            "<font><b>Five die in flood</b></font>",
            "Five die in flood",
        ),
        (ARTICLE, "<h1>Five die in the flood</h1>", "Five die in the flood"),
        ('<meta property="og:title" content="Five die">', "<h1>News</h1><h2>Five die</h2>", "Five die"),
        ("", "<h1>Five die</h1>", "Five die"),
        ("", "", None),
    ],
)
def test_title(head: str, body: str, title: str | None) -> None:
    assert about(head, body).title == title


def test_publisher_address_and_language() -> None:
    found = about(
        '<link rel=canonical href="/asia/flood"><meta property="og:site_name" content="The Gazette">',
        url="https://gazette.example/asia/flood?utm=1",
        lang="en-GB",
    )
    assert (found.publisher, found.url, found.language) == ("The Gazette", "https://gazette.example/asia/flood", "en")


def test_a_canonical_address_that_is_the_front_page_is_not_the_articles() -> None:
    found = about('<link rel=canonical href="https://gazette.example/">', url="https://gazette.example/asia/flood")
    assert found.url == "https://gazette.example/asia/flood"
