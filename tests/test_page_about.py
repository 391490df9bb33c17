"""Every rule by which something is said about an article: its example, and where the words stand."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page import read_page, read_text
from dateline.extractors.page.decode import decode
from dateline.extractors.page.said import Spot, locate
from dateline.extractors.page.tree import clean_characters
from dateline.models.article import Article, Source, Statement

FOLDER = Path(__file__).parent.parent / "extractors" / "page"
RULES: list[dict[str, Any]] = load_yaml(FOLDER / "metadata.yml")["rules"]
STORY = (
    "<p>The water rose for two days before the old dam gave way in the night, and those who lived below it had been"
    " told to leave their houses by then.</p><p>Nobody was hurt, the mayor said, but the road to the town is gone and"
    " the bridge that was built last year stands in the middle of the new lake.</p>"
)
SHORT = "<p>Dam gone; mayor unhurt; road lost; bridge half under water; school shut; market shut; buses late.</p>"


def page(head: str = "", body: str = "", foot: str = "", story: str = STORY) -> str:
    return f"<html><head>{head}</head><body>{body}<article>{story}</article>{foot}</body></html>"


def read(html: str, **given_with_it: Any) -> Article:
    return read_page(Source(id="x", page=html.encode(), charset="utf-8", **given_with_it))


def misplaced(article: Article, html: str) -> list[Statement]:
    """The statements whose words do not stand where they are said to stand."""
    decoded = clean_characters(decode(html.encode(), "utf-8").html)
    where = {"page": decoded, "text": article.text}
    return [
        said
        for said in article.about
        if said.start is not None and where[said.where][said.start : said.stop] != said.quote
    ]


@pytest.mark.parametrize("rule", RULES, ids=[rule["id"] for rule in RULES])
def test_an_example_of_each_rule(rule: dict[str, Any]) -> None:
    example = dict(rule["example"])
    says, with_it = str(example.pop("says")), {key: str(value) for key, value in example.pop("given", {}).items()}
    if "text" in example:
        html, article = "", read_text(Source(id="x", text=example["text"], **with_it))
    else:
        html = page(**example, story=SHORT if rule["id"] == "page.language.stated" else STORY)
        article = read(html, **with_it)
    found = [said for said in article.about if said.rule == rule["id"]]
    assert says in [said.value for said in found], article.about
    assert not misplaced(article, html)
    assert all(said.start is not None for said in found if said.where == "page" and said.rule != "page.title.element")
    assert all(said.inferred == ("inferred" in rule["means"]) for said in found)


def test_the_rules_are_those_of_the_code() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    used = set(re.findall(r'"(page\.(?:title|publisher|url|language|published|updated|corrected|author)\.\w+)"', code))
    given_rules = {f"page.{name}.given" for name in ("title", "url", "published")}
    assert {rule["id"] for rule in RULES} == used | given_rules


def test_every_value_has_its_statement() -> None:
    head = '<meta property="og:site_name" content="The Example"><meta name="author" content="Ann Example, Bo Sample">'
    article = read(
        page(head, "<h1>Dam</h1><p>12 June 2014</p><p>Updated 13 June 2014</p>"), url="https://x.example/dam"
    )
    said = {(statement.name, statement.value) for statement in article.about}
    single = ("title", "publisher", "url", "language", "published", "updated", "corrected")
    values = {(name, value) for name in single if (value := getattr(article, name))}
    assert said == values | {("authors", author) for author in article.authors}
    assert len(article.authors) == 2


WORDS = st.sampled_from(
    [
        "Dam & lake",
        "Ann O'Example",
        "2014-06-12",
        "“Gone”",
        "é",
        "<b>",
        "a  b",
        "\n",
        "\u00ad",
        "&amp;",
        '"',
        "1 < 2",
        "By",
    ]
)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8), st.booleans())
@settings(max_examples=60, deadline=None)
def test_words_stand_where_they_are_said_to_stand(title: list[str], byline: list[str], escaped: bool) -> None:
    headline = " ".join(title).replace('"', "&quot;" if escaped else "'")
    html = page(
        f'<title>{headline} | The Example</title><meta name=author content="{headline}">'
        f'<meta property="og:title" content="{headline}"><meta name=date content="2014-06-12T23:00Z">',
        f"<h1>{headline}</h1><div class=byline>By Ann Example {' '.join(byline)} 13 June 2014</div>",
    )
    assert not misplaced(read(html), html)


PAGES = sorted((Path(__file__).parent / "fixtures" / "pages").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_words_of_the_fixtures_stand_where_they_are_said_to_stand(path: Path) -> None:
    data = path.read_bytes()
    article = read_page(Source(id="x", page=data))
    decoded = clean_characters(decode(data).html)
    where = {"page": decoded, "text": article.text}
    placed = [said for said in article.about if said.start is not None]
    assert all(where[said.where][said.start : said.stop] == said.quote for said in placed)


@pytest.mark.parametrize(
    ("html", "words", "spot", "place"),
    [
        ("<p>12 June</p><i class=day>12 June</i>", "12 June", Spot("words", "i", "day"), (27, 34)),
        ("<i title='12 June'>12 June</i>", "12 June", Spot("words", "i"), (19, 26)),
        ("<i title='12 June'>12 June</i>", "12 June", Spot("attribute", "i", "title"), (10, 17)),
        ("<p>Ann &amp; Bo</p>", "Ann & Bo", Spot("words", "p"), (3, 15)),
        ("<p>Ann\n  Bo</p>", "Ann Bo", Spot("words", "p"), (3, 11)),
        ('{"b":"1","a":"x","c":"1","a":"1"}', "1", Spot("key", mark="a"), (30, 31)),
        ("<script>12 June</script>", "12 June", Spot("words", "p"), None),
        ("<p>Ann</p>", "Bo", Spot("words", "p"), None),
    ],
)
def test_locate(html: str, words: str, spot: Spot, place: tuple[int, int] | None) -> None:
    assert locate(html, words, spot) == place
