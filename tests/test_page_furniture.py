"""The furniture rules: every example's marks found, nothing else, every rule used; every named element taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page import blocks, lines, rules, tree

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
    assert [(block.rule, block.words) for block in blocks.take_out(page.root)] == [(rule, "Words of a box")]
    assert "Words of a box" not in page.root.text_content()


@pytest.mark.parametrize("name", ["comments", "related", "share", "popup", "tags", "caption"])
def test_the_article_is_never_taken_out(name: str) -> None:
    page = tree.parse(f"<body><div class='{name}'><h1>Flood</h1>{PROSE * 4}</div></body>")
    assert page is not None
    assert blocks.take_out(page.root) == []


@pytest.mark.parametrize("name", ["no-comments-open", "share-enabled", "related-to-asia", "tagsoup", "photo-story"])
def test_a_name_is_compared_by_whole_words(name: str) -> None:
    page = tree.parse(f"<body><h1>Flood</h1>{PROSE * 4}<div class='{name}'>Words of a box</div></body>")
    assert page is not None
    assert blocks.take_out(page.root) == []
