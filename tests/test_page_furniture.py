"""The furniture rules: every example's marks found, nothing else, every rule used; every named element taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page import aside, lines, read_page, rules, tree
from dateline.models.article import Furniture, Source

from .examples import Example, read_examples

FOLDER = Path(rules.__file__).parent
EXAMPLES = list(read_examples(FOLDER / "furniture_examples.txt"))
PROSE = (
    "<p>" + "The army has gone back to its barracks in the city, and the market opened again on Monday. " * 3 + "</p>"
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line-{example.line}")
def test_example(example: Example) -> None:
    found = [(mark.rule, example.text[mark.start : mark.stop]) for mark in lines.find_furniture(example.text)]
    marked = [(mark.rule, example.text[mark.start : mark.stop]) for mark in example.expected]
    assert sorted(found) == sorted(marked)


def test_every_rule_has_an_example() -> None:
    used = {mark.rule for example in EXAMPLES for mark in example.expected}
    of_pages = {rule.id for rule in rules.rules() if rule.where == "caption" or rule.page_only}
    assert {rule.id for rule in rules.rules()} == used | of_pages


def test_the_date_below_a_headline_is_furniture_on_a_page_only() -> None:
    text = "Dam breaks above Okara\nThursday, 12 June 2014, 10:30 GMT\nThe water came at night."
    assert lines.find_furniture(text) == []
    assert [mark.rule for mark in lines.find_furniture(text, is_page=True)] == ["page.updated.stamp"]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Soldiers at the bridge. Photo: Example/Anna Example", "Photo: Example/Anna Example"),
        ("Soldiers at the bridge Credit: Example Pictures", "Credit: Example Pictures"),
        ("Soldiers at the bridge. (Photo by A. Example)", "(Photo by A. Example)"),
        ("Soldiers look at a photo of their general.", None),
    ],
)
def test_the_credit_of_a_caption(caption: str, credit: str | None) -> None:
    found = rules.credit_of(caption)
    assert (found[1] if found else None) == credit


def _named() -> Iterator[tuple[str, str]]:
    for entry in load_yaml(FOLDER / "blocks.yml"):
        for name in entry.get("names", ()):
            yield entry["id"], name


@pytest.mark.parametrize(("rule", "name"), list(_named()))
def test_named_element_is_taken_out(rule: str, name: str) -> None:
    page = tree.parse(f"<body><h1>Flood</h1>{PROSE * 4}<div class='x {name}'>Words of a box</div></body>")
    assert page is not None
    assert [(block.rule, block.words) for block in aside.set_aside(page.root)] == [(rule, "Words of a box")]
    assert "Words of a box" not in page.root.text_content()


@pytest.mark.parametrize("name", ["comments", "related", "share", "popup", "tags", "caption"])
def test_the_article_is_never_taken_out(name: str) -> None:
    page = tree.parse(f"<body><div class='{name}'><h1>Flood</h1>{PROSE * 4}</div></body>")
    assert page is not None
    assert aside.set_aside(page.root) == []


@pytest.mark.parametrize("name", ["no-comments-open", "share-enabled", "related-to-asia", "tagsoup", "photo-story"])
def test_a_name_is_compared_by_whole_words(name: str) -> None:
    page = tree.parse(f"<body><h1>Flood</h1>{PROSE * 4}<div class='{name}'>Words of a box</div></body>")
    assert page is not None
    assert aside.set_aside(page.root) == []


def shares(page: str) -> list[Furniture]:
    return [item for item in read_page(Source(id="x", page=page.encode())).furniture if item.kind == "share"]


def test_what_stands_on_a_page_twice_is_listed_at_both_places() -> None:
    share = "<div class=share>Facebook <b>X</b></div>"
    data = f"<nav>Facebook X</nav><h1>Flood</h1>{share}{PROSE * 4}{share}"
    found = shares(data)
    assert [item.text for item in found] == ["Facebook X", "Facebook X"]
    assert [item.start for item in found] == [data.index("Facebook <b>"), data.rindex("Facebook <b>")]
    assert {data[item.start : item.stop] for item in found} == {"Facebook <b>X"}


def test_words_that_no_reader_sees_are_not_listed() -> None:
    icons = "<svg><title>Icon of a bird</title></svg><noscript>Use scripts</noscript>"
    data = '<script type=\'application/ld+json\'>{"a": "list"}</script>'
    page = f"<h1>Flood</h1>{PROSE * 4}<div class=share>{icons}Share {data}this</div>"
    assert [item.text for item in shares(page)] == ["Share this"]


def test_a_box_below_an_override_is_listed_at_its_place() -> None:
    boxes = "".join(f"<div class=share>Share {number}</div>" for number in range(12))
    page = f"<h1>Flood</h1>{PROSE * 4}<p>\u202e041 dead</p>{boxes}"
    found = shares(page)
    assert [page[item.start : item.stop] for item in found] == [f"Share {number}" for number in range(12)]
