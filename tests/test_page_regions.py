"""Labelled parts of a page: at their places in the text and on the page, captions beside the text, credits cut off."""

from pathlib import Path

import pytest

from dateline.extractors.page import read_page
from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.decode import decode
from dateline.extractors.page.stream import visible
from dateline.models.article import Article, Source

PAGES = sorted((Path(__file__).parent / "fixtures" / "pages").glob("*.html"))
PARAGRAPHS = [
    "Five men died on Thursday when the dam above the village of Okara broke, the provincial governor said on Friday.",
    "The water came at night, and it took the bridge, the school and most of the houses by the river with it.",
    "“We heard it before we saw it,” said Rahim Example, a teacher, whose brother is still missing in the valley.",
    "The army has sent two hundred soldiers to the valley to build a bridge and to bring food to the people there.",
]
BODY = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
DECK = "A village is cut off, and the rain will not end before Sunday."


def read(body: str) -> Article:
    page = f"<html lang=en><head><title>Dam breaks above Okara</title></head><body>{body}</body></html>"
    return read_page(Source(id="x", page=page.encode()))


def regions(body: str, *kinds: str) -> list[tuple[str, str]]:
    return [(region.kind, region.text) for region in read(body).regions if region.kind in kinds]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_region_stands_where_it_says(path: Path) -> None:
    data = path.read_bytes()
    article = read_page(Source(id="x", page=data))
    html = decode(data, None).html
    for region in article.regions:
        if region.start is not None:
            assert article.text[region.start : region.stop] == region.text
        assert region.page_start is not None
        written = html[region.page_start : region.page_stop]
        assert squeezed(region.text) in (visible(written).characters, squeezed(written))


def test_a_caption_stands_beside_the_text() -> None:
    figure = "<figure><img src=a><figcaption>Soldiers at the bridge. Photo: Anna Example/AFP</figcaption></figure>"
    article = read(f"<h1>Dam breaks above Okara</h1>{figure}{BODY}")
    [caption] = [region for region in article.regions if region.kind == "caption"]
    assert (caption.text, caption.start, caption.stop) == ("Soldiers at the bridge.", None, None)
    assert [(item.kind, item.text) for item in article.furniture] == [("caption_credit", "Photo: Anna Example/AFP")]


@pytest.mark.parametrize(
    ("caption", "said", "credit"),
    [
        ("<span class=credit>© Anna Example</span> The bridge on Monday", "The bridge on Monday", "© Anna Example"),
        ("<span>Image caption, </span>The bridge on Monday", "The bridge on Monday", None),
        ("The bridge on Monday <i class=photographer>Anna Example</i>", "The bridge on Monday", "Anna Example"),
        ("Anna Example/AFP", None, "Anna Example/AFP"),
    ],
)
def test_a_caption_taken_apart(caption: str, said: str | None, credit: str | None) -> None:
    article = read(f"<h1>Dam breaks above Okara</h1><figure><figcaption>{caption}</figcaption></figure>{BODY}")
    assert [region.text for region in article.regions if region.kind == "caption"] == ([said] if said else [])
    assert [item.text for item in article.furniture] == ([credit] if credit else [])


def test_captions_of_other_stories_are_furniture() -> None:
    other = (
        "<div>" + "<p><a href=/a>Other</a></p>" * 100 + "<figure><figcaption>A tower in the rain</figcaption></figure>"
    )
    article = read(f"<h1>Dam breaks above Okara</h1>{BODY}{other}</div>")
    assert [region.kind for region in article.regions] == ["headline"]
    assert ("caption", "A tower in the rain") in [(item.kind, item.text) for item in article.furniture]


@pytest.mark.parametrize(
    "head",
    [
        f"<h1>Dam breaks above Okara</h1><h2 class=article__dek>{DECK}</h2><div>{BODY}</div>",
        f"<h1>Dam breaks above Okara</h1><p id=article-summary class=css-1>{DECK}</p>{BODY}",
        f"<h1>Dam breaks above Okara</h1><p class=ArticleSubTitle>{DECK}</p>{BODY}",
        f"<header><h1>Dam breaks above Okara</h1><p class=css-1>{DECK}</p></header><div>{BODY}</div>",
        f"<div>ADVERTISEMENT</div><h1>Dam breaks above Okara</h1><h2 class=dek>{DECK}</h2><div>{BODY}</div>",
    ],
)
def test_a_deck_is_part_of_the_text(head: str) -> None:
    article = read(head)
    assert article.text == "\n\n".join(["Dam breaks above Okara", DECK, *PARAGRAPHS])
    assert ("deck", DECK) in [(region.kind, region.text) for region in article.regions]


@pytest.mark.parametrize(
    "line",
    ["By Anna Example | September 4, 2017 | 3 comments.", "Politics · 3 May 2017 · Anna Example · four minutes."],
)
def test_who_wrote_it_is_no_deck(line: str) -> None:
    assert regions(f"<header><h1>Dam breaks above Okara</h1><p>{line}</p></header><div>{BODY}</div>", "deck") == []


@pytest.mark.parametrize(
    "dateline", ["OKARA, Pakistan (AP) —", "SIBI:", "PORT AU PRINCE, Haiti, Nov 7 (Example News) -", "OKARA/SIBI —"]
)
def test_where_a_story_was_filed(dateline: str) -> None:
    body = f"<h1>Dam breaks above Okara</h1><p>{dateline} {PARAGRAPHS[0]}</p>" + BODY.partition("</p>")[2]
    assert regions(body, "dateline") == [("dateline", dateline)]


@pytest.mark.parametrize("start", ["NATO - as it calls itself -", "The dam - says the army -", "WHO officials —"])
def test_what_looks_like_a_dateline(start: str) -> None:
    found = regions(f"<h1>Dam breaks above Okara</h1><p>Nobody knows. {start} {PARAGRAPHS[0]}</p>{BODY}", "dateline")
    assert found == []


@pytest.mark.parametrize("label", ["UPDATE:", "BREAKING:"])
def test_a_label_is_no_dateline(label: str) -> None:
    assert regions(f"<h1>Dam breaks above Okara</h1><p>{label} {PARAGRAPHS[0]}</p>{BODY}", "dateline") == []


def test_speakers_are_no_datelines() -> None:
    said = "".join(f"<p>{name}: {words}</p>" for name, words in zip(["ANNA ROE", "OTTO"] * 2, PARAGRAPHS, strict=True))
    assert regions(f"<h1>Dam breaks above Okara</h1>{said}", "dateline") == []


def test_quotations_that_the_page_sets_off() -> None:
    counted = "The Ministry has counted eleven dead, and it asks the press to wait for the list."
    pulled = "Nobody had the heart to turn the music off"
    quoted = f"<blockquote><p>{counted}</p></blockquote><blockquote class=pull-quote><p>{pulled}</p></blockquote>"
    half = "".join(f"<p>{words}</p>" for words in PARAGRAPHS[:2])
    body = f"<h1>Dam breaks above Okara</h1>{half}{quoted}{BODY.removeprefix(half)}"
    assert regions(body, "quote", "pull_quote") == [("quote", counted), ("pull_quote", pulled)]
    assert {counted, pulled} <= set(read(body).text.split("\n\n"))
