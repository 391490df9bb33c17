"""Pages and texts end to end: what is read, what is set aside, what is refused, and that the same gives the same."""

import time

import pytest
from lxml import html

from dateline.extractors.page import read_page, read_text
from dateline.extractors.page.leaves import leaves_of
from dateline.models.article import Article, Source

PARAGRAPHS = [
    "Five men died on Thursday when the dam above the village of Okara broke, the provincial governor said on Friday.",
    "The water came at night, and it took the bridge, the school and most of the houses by the river with it.",
    "“We heard it before we saw it,” said Rahim Example, a teacher, whose brother is still missing in the valley.",
    "The army has sent two hundred soldiers to the valley to build a bridge and to bring food to the people there.",
]


def page(body: str, head: str = "<title>Dam breaks above Okara</title>") -> bytes:
    return f"<html lang=en><head>{head}</head><body><h1>Dam breaks above Okara</h1>{body}</body></html>".encode()


def story(*extra: str) -> bytes:
    return page("".join(f"<p>{words}</p>" for words in [*PARAGRAPHS, *extra]))


def read(data: bytes, url: str | None = "https://gazette.example/asia/dam") -> Article:
    return read_page(Source(id="x", page=data, url=url))


def test_text_is_headline_blank_line_body() -> None:
    article = read(story())
    assert article.result == "read"
    assert article.text == "\n\n".join(["Dam breaks above Okara", *PARAGRAPHS])
    assert (article.title, article.language, article.unread) == ("Dam breaks above Okara", "en", ())


def test_furniture_is_taken_out_and_stands_at_its_place() -> None:
    promo = "Who pays for the dams? Read more <b>here</b>."
    data = page(f"<p>{PARAGRAPHS[0]}</p><p>{promo}</p>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS[1:]))
    article = read(data)
    assert article.text == "\n\n".join(["Dam breaks above Okara", *PARAGRAPHS])
    [furniture] = article.furniture
    assert (furniture.kind, furniture.text) == ("read_more", "Who pays for the dams? Read more here.")
    assert data.decode()[furniture.start : furniture.stop] == promo


def test_a_given_text_stays_whole() -> None:
    text = "This story is over 5 years old.\r\n\r\nDam breaks\n\n" + "\n\n".join(PARAGRAPHS) + "\n\nTags: , ,\n"
    article = read_text(Source(id="x", text=text))
    assert article.text == text.replace("\r\n", "\n")
    assert [(item.kind, item.text) for item in article.furniture] == [
        ("age_banner", "This story is over 5 years old."),
        ("tags", "Tags: , ,"),
    ]
    assert [article.text[start:stop] for start, stop in article.unread] == [item.text for item in article.furniture]


def test_a_comment_list_without_a_class_yields_no_text() -> None:
    comments = "<li><p>Ghost says:</p><p>They killed forty.</p></li><li><p>kim says:</p><p>Good read!</p></li>"
    article = read(story().replace(b"</body>", f"<ul>{comments}</ul></body>".encode()))
    assert "forty" not in article.text
    assert [item.kind for item in article.furniture] == ["comments"]


def test_a_deck_stays_and_a_caption_is_a_region_beside_the_text() -> None:
    top = (
        "<h2 class='article__standfirst'>A village is cut off, and the rain will not end before Sunday.</h2>"
        "<figure><img src=a.jpg><figcaption>Soldiers at the bridge. (Photo by A. Example)</figcaption></figure>"
    )
    article = read(page(top + "".join(f"<p>{words}</p>" for words in PARAGRAPHS)))
    assert article.text.split("\n\n")[1] == "A village is cut off, and the rain will not end before Sunday."
    assert [item.kind for item in article.furniture] == ["caption_credit"]
    assert [(region.kind, region.start) for region in article.regions] == [
        ("headline", 0),
        ("deck", 24),
        ("caption", None),
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("14<sup>2</sup> people died", "14 people died"),
        ("14<sup>[2]</sup> people died", "14 people died"),
        ("an area of 5 km<sup>2</sup> burned", "an area of 5 km² burned"),
        ("on the 5<sup>th</sup> of May", "on the 5th of May"),
        ("\u202e041\u202c people died", "140 people died"),
        ("1\u200b40 people and two sol\u00addiers died", "140 people and two soldiers died"),
        ("9&#0; people &amp; 3 cows died", "9\ufffd people & 3 cows died"),
        ("1&shy;0&nbsp;000 people fled", "10 000 people fled"),
    ],
)
def test_figures_read_as_they_are_shown(written: str, shown: str) -> None:
    article = read(story(f"The governor told the reporters of the Gazette that {written} in the flood."))
    assert f"Gazette that {shown} in the flood." in article.text


@pytest.mark.parametrize(
    "name", ["author-note", "sidebar", "share-lead"]
)  # classes at which trafilatura leaves a paragraph out
def test_a_first_or_last_paragraph_is_not_left_behind(name: str) -> None:
    inner = "".join(f"<p>{words}</p>" for words in PARAGRAPHS[1:] + [f"{words} Again." for words in PARAGRAPHS] * 2)
    last = "The village will be built again on the hill, the governor said at the end of the day."
    article = read(page(f"<article><p class={name}>{PARAGRAPHS[0]}</p>{inner}<p class={name}>{last}</p></article>"))
    assert article.text.startswith(f"Dam breaks above Okara\n\n{PARAGRAPHS[0]}")
    assert article.text.endswith(last)


def test_text_that_stands_bare_beside_paragraphs() -> None:
    bare = f"<p><div>A picture</div>OKARA (EX) — {PARAGRAPHS[0]} <b>Nobody else</b> was hurt.</p>"
    article = read(page(f"<div>{bare}" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS[1:]) + "</div>"))
    assert f"OKARA (EX) — {PARAGRAPHS[0]} Nobody else was hurt." in article.text.split("\n\n")


@pytest.mark.parametrize("tag", ["q", "code", "kbd"])
def test_a_quotation_inside_a_sentence_does_not_part_it(tag: str) -> None:
    written = f"The governor told them that <{tag}>nobody can sleep</{tag}> in such a valley after such a night."
    assert "that nobody can sleep in such a valley" in read(story(written)).text


@pytest.mark.parametrize("url", ["https://gazette.example/?p=12", "https://gazette.example/archives/2017/06/dam.php"])
def test_an_article_with_a_list_beside_it_is_an_article(url: str) -> None:
    teasers = "".join(f"<h3><a href=/{number}>Minister {number} goes</a></h3>" for number in range(9))
    assert read(story().replace(b"</body>", f"<div>{teasers}</div></body>".encode()), url).result == "read"


def test_a_page_laid_out_in_tables() -> None:
    cell = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    data = (
        "<title>Gazette Online: Dam breaks above Okara</title><table><tr><td><a href=/>Home</a><br><a href=/s>Sport</a>"
        "</td><td><font size=5><b>Dam breaks above Okara</b></font><br><font size=1>The Gazette, Friday, 13 June 2014"
        f"</font>{cell}</td></tr></table>"
    )
    article = read(data.encode(), None)
    assert article.text.split("\n\n")[0] == "Dam breaks above Okara"
    assert article.text.endswith("\n\n".join(PARAGRAPHS))
    assert "Sport" not in article.text
    assert (article.published, article.published_from) == ("2014-06-13", "text")


@pytest.mark.parametrize(
    "body",
    [
        "<p>five<sup>2</sup> " * 5000,
        "<p>" + "five<sup>2</sup> " * 30_000,
        "<ul>" + "<li>word" * 20_000,
        "<div class=share>" * 1500 + "<i>word and word</i>" * 20_000,
        "<div class=related>" * 400 + f"<p>{PARAGRAPHS[0]}</p>" * 300,
        "<table><tr><td>" * 300 + f"<p>{PARAGRAPHS[0]}</p>" * 300,
        "<a <a <a " * 20_000,
        '<a ="' * 20_000,
        "<script>" * 20_000,
        "<!--" * 20_000,
    ],
    ids=[
        "notes",
        "notes of one paragraph",
        "items",
        "share boxes",
        "boxes",
        "tables",
        "open tags",
        "open quotes",
        "scripts",
        "comments",
    ],
)
def test_pages_made_to_be_slow_are_not(body: str) -> None:
    start = time.process_time()
    read(page(body))
    assert time.process_time() - start < 30  # each takes a second at most; what is quadratic takes minutes


def test_a_page_of_too_many_elements_says_so() -> None:
    article = read(page("<b>x</b>" * 150_000))
    assert article.result == "failed"
    assert article.reason == "the page has 150,005 elements; more than 150,000 are not read"


def test_a_drawing_that_is_not_closed_takes_no_article_with_it() -> None:
    assert read(page("<svg><path>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS))).text.endswith(PARAGRAPHS[-1])


def test_deep_nesting_loses_nothing_in_silence() -> None:
    deep = story("<div>" * 300 + f"<p>{PARAGRAPHS[0]} Twice.</p>")
    assert read(deep).text.endswith("Twice.")
    deeper = read(page("<div>" * 5000 + "".join(f"<p>{words}</p>" for words in PARAGRAPHS)))
    assert deeper.text.endswith(PARAGRAPHS[-1])
    assert deeper.reason is not None
    assert "nested deeper" in deeper.reason


@pytest.mark.parametrize(
    ("data", "result", "reason"),
    [
        (b"", "empty", "the page is empty"),
        (b" \n", "empty", "the page is empty"),
        (b"%PDF-1.4", "failed", "this is a PDF, not a page"),
        (b"!" * 10_000, "empty", "no article text was found on the page"),
        (b"<html><frameset><frame src=a></frameset></html>", "empty", "no article text was found on the page"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, result: str, reason: str) -> None:
    article = read(data)
    assert (article.result, article.reason, article.text) == (result, reason, "")


def test_a_given_date_wins() -> None:
    data = story().replace(b"</h1>", b"</h1><time datetime=2014-06-12></time>")
    assert read(data).published == "2014-06-12"
    given = read_page(Source(id="x", page=data, published="2014-06"))
    assert (given.published, given.published_from) == ("2014-06", "given")


@pytest.mark.parametrize("url", ["http://[x", "::", "seg::name.html", "", None])
def test_an_address_that_is_none_harms_nothing(url: str | None) -> None:
    assert read(story(), url).result == "read"


def test_the_same_page_reads_the_same_whatever_came_before() -> None:
    first = read(story())
    for _ in range(5):
        read(story("Another paragraph that is long enough to be remembered by whoever remembers paragraphs of pages."))
    assert read(story()) == first


def test_characters_that_no_store_takes() -> None:
    article = read_text(Source(id="x", text="a\0b \ud800 c"))
    assert article.text == "a\ufffdb \ufffd c"
    assert read_text(Source(id="x", text=" \n")).result == "empty"


def test_words_of_a_block_with_line_breaks_keep_their_order() -> None:
    element = html.fragment_fromstring("<p>Two <b>of <i>the</i> three</b> men<br>were <!-- no -->killed.</p>")
    (leaf,) = leaves_of(element)
    assert leaf.words == "Two of the three men were killed."
