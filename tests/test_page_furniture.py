"""The furniture rules: every example's marks found, nothing else, every rule used; every named element taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page import aside, captions, furniture, read_page, rules, tree
from dateline.models.article import Article, Furniture, Source

from .examples import Example, read_examples

FOLDER = Path(rules.__file__).parent
EXAMPLES = list(read_examples(FOLDER / "furniture_examples.txt"))
PROSE = (
    "<p>" + "The army has gone back to its barracks in the city, and the market opened again on Monday. " * 3 + "</p>"
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line-{example.line}")
def test_example(example: Example) -> None:
    found = [(mark.rule, example.text[mark.start : mark.stop]) for mark in furniture.find_furniture(example.text)]
    marked = [(mark.rule, example.text[mark.start : mark.stop]) for mark in example.expected]
    assert sorted(found) == sorted(marked)


def test_every_rule_has_an_example() -> None:
    used = {mark.rule for example in EXAMPLES for mark in example.expected}
    of_pages = {rule.id for rule in rules.rules() if rule.where in ("caption", "page") or rule.page_only}
    assert {rule.id for rule in rules.rules()} == used | of_pages


def test_the_date_below_a_headline_is_furniture_on_a_page_only() -> None:
    text = "Dam breaks above Okara\nThursday, 12 June 2014, 10:30 GMT\nThe water came at night."
    assert furniture.find_furniture(text) == []
    assert [mark.rule for mark in furniture.find_furniture(text, is_page=True)] == ["page.updated.stamp"]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Soldiers at the bridge. Photo: Example/Anna Example", "Photo: Example/Anna Example"),
        ("Soldiers at the bridge Credit: Example Pictures", "Credit: Example Pictures"),
        ("Soldiers at the bridge. (Photo by A. Example)", "(Photo by A. Example)"),
        ("Soldiers at the bridge. Anna Example—Example News/Getty Images", "Anna Example—Example News/Getty Images"),
        ("Anna Roe and Otto Example Getty Images/Example USA", "Getty Images/Example USA"),
        ("Soldiers at the bridge on Monday. Anna Example/AFP", "Anna Example/AFP"),
        ("© Example Pictures The general speaks to his men at the bridge that the river took.", None),
        ("A dam seen from the air. | Anna Example/AP Photo", "Anna Example/AP Photo"),
        ("Anna Example / AP", "Anna Example / AP"),
        ("Screenshot by Anna Example/Gazette", "Screenshot by Anna Example/Gazette"),
        ("Soldiers look at a photo of their general.", None),
        ("The general told the AP and Reuters that nobody was hurt at the bridge.", None),
    ],
)
def test_the_credit_of_a_caption(caption: str, credit: str | None) -> None:
    found = captions.credit_of(caption)
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


def read(body: str) -> Article:
    page = f"<html lang=en><head><title>Flood</title></head><body><h1>Flood</h1><div>{body}</div></body></html>"
    return read_page(Source(id="x", page=page.encode()))


def listed(body: str) -> list[tuple[str, str]]:
    return [(item.rule, item.text) for item in read(body).furniture]


STORY = [PROSE.replace("Monday", day) for day in ("Sunday", "Monday", "Tuesday", "Friday")]
ABOVE, BELOW = "".join(STORY[:2]), "".join(STORY[2:])
LINK = "<a href=/other>Minister keeps her seat after vote</a>"


@pytest.mark.parametrize(
    ("element", "rule", "words"),
    [
        (f"<p>{LINK}</p>", "page.read_more.linked", "Minister keeps her seat after vote"),
        (
            f"<p><b>IN THE NORTH: </b>{LINK}</p>",
            "page.read_more.linked",
            "IN THE NORTH: Minister keeps her seat after vote",
        ),
        (f"<p>RELATED: {LINK}</p>", "page.read_more.label", "RELATED: Minister keeps her seat after vote"),
        (
            f"<ul><li>{LINK}</li><li>WATCH: <a href=/b>Two hours on the roof</a></li></ul>",
            "page.read_more.links",
            "Minister keeps her seat after vote WATCH: Two hours on the roof",
        ),
    ],
)
def test_titles_of_other_stories_between_paragraphs(element: str, rule: str, words: str) -> None:
    assert listed(ABOVE + element + BELOW) == [(rule, words)]


@pytest.mark.parametrize(
    "element",
    [
        "<p><a href=/other>The minister keeps her seat, and the vote is over.</a></p>",  # a sentence of the article
        "<p>The vote, says <a href=/other>the minister who keeps her seat</a></p>",
        "<p><a href='#vote'>Minister keeps her seat after vote</a></p>",  # to another part of the article
        "<ul><li><a href=/a>Rahim Gul</a></li><li><a href=/b>Otto Example</a></li></ul>",  # a list of people
        f"<ul><li>{LINK}</li><li>Nine votes were not counted on Monday</li></ul>",
    ],
)
def test_links_that_belong_to_the_article(element: str) -> None:
    assert listed(ABOVE + element + BELOW) == []


def test_a_story_of_few_lines_keeps_its_links() -> None:
    assert listed(f"{PROSE}<p>{LINK}</p>") == []


FIELD = "<form><input type=email name=a><button>Join</button></form>"


@pytest.mark.parametrize(
    ("box", "rule"),
    [
        (
            f"<div><h3>The Gazette at seven</h3><p>In your inbox before the first tea.</p>{FIELD}</div>",
            "page.form.address",
        ),
        ("<div>Sign up<input placeholder='Your e-mail'></div>", "page.form.address"),
        ("<div>Log in <input type=email><input type=password></div>", "page.form.login"),
    ],
)
def test_a_box_that_asks_for_an_address(box: str, rule: str) -> None:
    assert [found for found, _ in listed(ABOVE + box + BELOW)] == [rule]


def test_a_field_takes_nothing_of_the_article() -> None:
    beside = f"<div>{STORY[3]}<div>Sign up for updates {FIELD}</div></div>"
    article = read(STORY[1] + beside + STORY[0])
    assert [item.text for item in article.furniture] == ["Sign up for updates Join"]
    assert article.text.endswith("opened again on Sunday.")
    assert read(f"{ABOVE}<form>Search <input type=text name=q></form>").furniture == ()


def test_links_that_the_page_calls_topics() -> None:
    topics = "<a href=/t/a rel=tag>Okara river</a>, <a href=/t/b rel='category tag'>dams</a>"
    assert listed(f"{ABOVE}<p>In: {topics}</p>") == [("page.tags.links", "In: Okara river , dams")]
    assert listed(f"{ABOVE}<p>The dams of {topics} are as old as the town, and nobody has looked at them.</p>") == []
