"""What a page says about its article: the day, to the precision given; headline, publisher, address."""

import pytest

from dateline.extractors.page import dates
from dateline.extractors.page.changed import corrected_in
from dateline.extractors.page.inferred import day_of_text
from dateline.extractors.page.metadata import About, read_about
from dateline.extractors.page.published import published_from
from dateline.extractors.page.said import Said
from dateline.extractors.page.tree import parse

LD = '<script type="application/ld+json">%s</script>'
NAMED = LD % '{"@type": "Article", "author": %s}'
SITE = '<meta property="og:site_name" content="Gazette">'
META = '<meta property="article:published_time" content="%s">'
ARTICLE = LD % '{"@type": "NewsArticle", "headline": "Five die in flood", "datePublished": "2014-06-12T23:30:00-05:00"}'


def value(said: Said | None) -> str | None:
    return said.value if said else None


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
    assert value(about(body=body, lang="en-US").published) == "2014-02-03"
    assert value(about(body=body, url="https://gazette.example.co.uk/flood").published) == "2014-03-02"
    assert about(body=body).published is None


@pytest.mark.parametrize(
    ("head", "body", "url", "published"),
    [
        (ARTICLE, "", "https://x.example/2013/01/02/flood", ("2014-06-12", "metadata")),
        ('<meta property="article:published_time" content="2014-06-12">', "", None, ("2014-06-12", "metadata")),
        ('<meta property="article:modified_time" content="2014-06-12">', "", None, ("2014-06-12", "metadata")),
        (LD % '{"@type": "Comment", "datePublished": "2014-06-12"}', "", None, (None, None)),
        (LD % '{"@type": "NewsArticle", "datePublished": "2014-06-12", oops}', "", None, ("2014-06-12", "metadata")),
        (LD % '{"@type": "NewsArticle", "datePublished": "March 2024"}', "", None, ("2024-03", "metadata")),
        ("", "<h1>F</h1><time datetime=2014-06-12>Thursday</time>", None, ("2014-06-12", "metadata")),
        ("", "<div class=comments><time datetime=2014-06-12>Thursday</time></div>", None, (None, None)),
        ("", "", "https://x.example/2014/06/12/flood", ("2014-06-12", "url")),
        ("", "", "https://x.example/2014/06/flood", ("2014-06", "url")),
        ("", "<h1>F</h1><p>June 12, 2014</p>", "https://x.example/2014/06/flood", ("2014-06-12", "text")),
        ("", "<h1>F</h1><div class=byline>By A. Example, 12 June 2014</div>", None, ("2014-06-12", "text")),
        ("", "<h1>F</h1><div class=meta>Updated 13 June 2014</div>", None, ("2014-06-13", "text")),
        ("", "<h1>F</h1><div>Posted 2 May 2014, updated 13 June 2014</div>", None, ("2014-05-02", "text")),
        ("", "<h1>F</h1><div>Updated 13 June 2014 | Posted 2 May 2014</div>", None, ("2014-05-02", "text")),
        ("", "<h1>F</h1><div>May 2, 2014 -- Updated 0203 GMT</div>", None, ("2014-05-02", "text")),
        (META % "2014-05-01", "<h1>F</h1><div>May 2, 2014 -- Updated 0203 GMT</div>", None, ("2014-05-01", "metadata")),
        ("", "<h1>F</h1><ul><li>The dam was opened on May 2, 1935</ul>", None, (None, None)),
        ("", "<h1>F</h1><p>Medically reviewed 2 May 2014</p>", None, (None, None)),
        ("", "<h1>F</h1><p>Posted March 2024</p>", None, ("2024-03", "text")),
        (
            "",
            "<h1>F</h1><h2>A deck<span class=date>2 May 2014</span>" + "long " * 40 + "</h2>",
            None,
            ("2014-05-02", "text"),
        ),
        (
            ARTICLE,
            "<h1>Five die in flood</h1><div>13 June 2014</div>",
            None,
            ("2014-06-13", "text"),
        ),  # as readers see it
        (
            ARTICLE,
            "<h1>Five die in flood</h1><div>13 June 2014</div><p>12 June 2014</p>",
            None,
            ("2014-06-12", "metadata"),
        ),
        (
            ARTICLE,
            "<h1>Five die in flood</h1><div>12 August 2014</div>",
            None,
            ("2014-06-12", "metadata"),
        ),  # of something else
        (META % "2014-06-12T01:00:00Z", "", "https://x.example/2014/06/11/flood", ("2014-06-11", "url")),
        (META % "2014-06-12T01:00:00+02:00", "", "https://x.example/2014/06/11/flood", ("2014-06-12", "metadata")),
        ("", "", "https://x.example/2014/WORLD/06/12/flood/index.html", ("2014-06-12", "url")),
        ("", "<div>12 June 2014</div><header><h1>F</h1></header>", None, ("2014-06-12", "text")),
        ("", "<h1>F</h1><p>The dam broke on June 12, 2014, and nine people died.</p>", None, (None, None)),
    ],
)
def test_published(head: str, body: str, url: str | None, published: tuple[str | None, str | None]) -> None:
    found = about(head, body, url).published
    assert (value(found), found and published_from(found)) == published


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
    assert value(about(head, body).title) == title


def test_publisher_address_and_language() -> None:
    found = about(
        '<link rel=canonical href="/asia/flood"><meta property="og:site_name" content="The Gazette">',
        url="https://gazette.example/asia/flood?utm=1",
        lang="en-GB",
    )
    assert value(found.publisher) == "The Gazette"
    assert value(found.url) == "https://gazette.example/asia/flood"
    assert value(found.language) == "en"


def test_a_canonical_address_that_is_the_front_page_is_not_the_articles() -> None:
    found = about('<link rel=canonical href="https://gazette.example/">', url="https://gazette.example/asia/flood")
    assert found.url is None


@pytest.mark.parametrize(
    ("head", "body", "updated"),
    [
        (LD % '{"@type": "Article", "datePublished": "2014-06-12", "dateModified": "2014-06-14"}', "", "2014-06-14"),
        (LD % '{"@type": "Article", "datePublished": "2014-06-12", "dateModified": "2014-06-11"}', "", None),
        (META % "2014-06-12T10:00:00Z" + LD % '{"@type": "Article", "dateModified": "2014-06-12T10:00:00Z"}', "", None),
        (META % "2014-06-12", "<h1>F</h1><div>Last modified: May 2014</div>", None),
        (META % "2014-06-12", "<h1>F</h1><div>Last modified: July 2014</div>", "2014-07"),
        ("", "<h1>F</h1><div>Written: 2023-11-07 15:03 / Updated: 2023-11-07 15:30</div>", "2023-11-07"),
        ("", "<h1>Flood</h1><p>Flood Command Update, June 13, 2014</p>", None),
        (META % "2014-06-12", "<h1>F</h1><p>Get updates | 13 June 2014</p>", None),
    ],
)
def test_updated(head: str, body: str, updated: str | None) -> None:
    assert value(about(head, body).updated) == updated


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Correction, 5 May 2014: an earlier version put the dam in another town.", "2014-05-05"),
        ("Corrections: May 5, 2014", "2014-05-05"),
        ("• This article was amended on Monday 5 May 2014. It gave the wrong town.", "2014-05-05"),
        ("Editor's note (May 2014): an earlier version of this story gave the wrong town.", "2014-05"),
        ("Correction: An earlier version said that the dam broke on 5 May 2014.", None),
        ("Correction: the dam is in another town.", None),
        ("Editor's note, 5 May 2014: the writer grew up below the dam.", None),
        ("The correction of 5 May 2014 did not help.", None),
    ],
)
def test_a_correction_has_the_day_that_its_note_bears(words: str, day: str | None) -> None:
    found = corrected_in(words)
    assert (found and found[0]) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Flood\n\nGROZNY, Russia (Jan. 25, 2013) -- The dam broke.", "2013-01-25"),
        ("Flood\n\nGROZNY, 25 January 2013 (Example) – The dam broke.", "2013-01-25"),
        ("Flood\n\nThe dam, opened on January 25, 2013 - a Friday - broke.", None),
        ("Flood\n\nGrozny (25 January 2013) – The dam broke.", "2013-01-25"),
        ("Flood\n\nThe Great Flood of Grozny (January 25, 2013) – as it is called – broke the dam.", None),
        ("Flood\n\nBlack Friday (January 25, 2013 – January 26, 2013) broke the dam.", None),
        ("Flood\n\nOperation Dam (January 25, 2013) was over soon.", None),
        ("Flood\n\nOn 25 January 2013, the dam broke.", None),
        ("Some 2050 people fled on Wednesday, June 11, the mayor said.", None),
        ("Licence given on the 3rd of March 2018, since returned.", None),
        ("Flood\nJanuary 25 , 2013\nThe dam broke.", "2013-01-25"),
        ("Built in 2012, it broke today, Wednesday 11 June, the mayor said.", None),
        ("Built in 2013, it broke today, Wednesday 11 June, the mayor said.", "2014-06-11"),
        ("Built in 2013, it broke on Wednesday, June 11, the mayor said.", "2014-06"),
        ("Built in 2013, it broke on Wednesday, June 25, the mayor said.", None),  # it may be July by now
        ("Built in 2013, it will be opened on Wednesday, June 11, the mayor said.", None),
        ("It broke on Wednesday, June 11, the mayor said.", None),
        ("Built in 2013, it broke on Wednesday, June 11, and Thursday, June 11, the mayor said.", None),
    ],
)
def test_the_day_that_a_text_lets_conclude(text: str, day: str | None) -> None:
    assert value(day_of_text(text)) == day


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (NAMED % '"Ann Example and Bo Sample"', "", ["Ann Example", "Bo Sample"]),
        (NAMED % '{"@type": "Person", "name": "Ann O&#039;Example, PhD"}', "", ["Ann O'Example"]),
        (NAMED % '{"@type": "Organization", "name": "The Gazette"}' + SITE, "", []),
        (NAMED % '"Reuters"', "", ["Reuters"]),
        (NAMED % '"Reuters"', "<h1>F</h1><div>By Ann Example</div>", ["Ann Example"]),
        (NAMED % '"Ann"', "<h1>F</h1><div>By Ann Example</div>", ["Ann Example"]),
        (NAMED % '"Ann Example"', "<h1>F</h1><div>By Ann Example and Bo Sample</div>", ["Ann Example", "Bo Sample"]),
        (NAMED % '"Ann Example"', "<h1>F</h1><div>By Cy Other</div>", ["Ann Example"]),
        (NAMED % '"Staff Writer"', "", []),
        (NAMED % '"admin"', "", []),
        ('<meta property="article:author" content="https://x.example/ann">', "", []),
        ('<meta name=author content="ann@x.example">', "", []),
        ('<meta name=author content="x.example">', "", []),
        (
            '<meta name=citation_author content="Ann Example"><meta name=citation_author content="Bo Sample">',
            "",
            ["Ann Example", "Bo Sample"],
        ),
        (
            "",
            "<h1>F</h1><div>By <a>Ann Example</a>, <a>Bo Sample</a>, and <a>Cy de la Other</a>, Example News</div>",
            ["Ann Example", "Bo Sample", "Cy de la Other"],
        ),
        ("", "<h1>F</h1><div>By Ann Example, New Town</div>", ["Ann Example"]),
        ("", "<h1>F</h1><div>Words: Ann Example</div>", ["Ann Example"]),
        ("", "<h1>F</h1><div>By AP and Gazette staff</div>", ["AP"]),
        ("", "<h1>F</h1><div>By Friday Evening</div>", []),
        ("", "<h1>F</h1><div>By U.S. Army 1st Lt. A. Example</div>", []),
        ("", "<h1>F</h1><div class=author>exy | Making Better Maps</div>", []),
        ("", "<h1>F</h1><p>By the time Ann Example came, the dam had gone.</p>", []),
        ("", "<h1>F</h1><div class=photo-author>Ann Example</div>", []),
        ("", "<h1>F</h1><div class=related><p>By Ann Example</p></div>", []),
        ("", "<a rel=author>Ann Example</a><a rel=author>Bo Sample</a>", []),
    ],
)
def test_authors(head: str, body: str, authors: list[str]) -> None:
    assert [said.value for said in about(head, body).authors] == authors


def test_a_described_author_is_found_by_its_id() -> None:
    person = '{"@type": "Person", "@id": "#ann", "name": "Ann Example"}'
    graph = f'{{"@graph": [{{"@type": "Article", "author": {{"@id": "#ann"}}}}, {person}]}}'
    assert [said.value for said in about(LD % graph).authors] == ["Ann Example"]
