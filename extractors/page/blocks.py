"""Furniture among the elements of a page: what its authors named comments, captions, boxes of other stories."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lxml.html import HtmlElement

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page.characters import shown

_REFUSALS = 300  # elements that hold the article, by their names furniture: no honest page has so many
_PROSE = 80  # characters of a paragraph that counts as prose
_CONTAINERS = (
    *("div", "section", "aside", "p", "ul", "ol", "figure", "figcaption", "form", "footer", "span", "details"),
    *("table", "dl", "h2", "h3", "h4"),
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_JOINT = re.compile(r"[^a-z0-9]+")
_WORDS_JOINED = 4  # as many words of a class are put together to be looked up


@dataclass(frozen=True, slots=True)
class BlockRule:
    """A rule as data; see the head of blocks.yml."""

    id: str
    kind: str
    longest: int
    prose: float


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that was taken out of a page: by which rule, of what kind, and the words it showed."""

    rule: str
    kind: str
    words: str


@cache
def block_rules() -> tuple[dict[str, BlockRule], dict[str, BlockRule]]:
    """The rule of each name (its words joined by one space), and of each tag."""
    names: dict[str, BlockRule] = {}
    tags: dict[str, BlockRule] = {}
    for entry in load_yaml(Path(__file__).parent / "blocks.yml"):
        longest, prose = int(entry.get("longest", "100000")), float(entry.get("prose", "0.3"))
        rule = BlockRule(entry["id"], entry["kind"], longest, prose)
        names.update((name.replace("-", " "), rule) for name in entry.get("names", ()))
        tags.update((tag, rule) for tag in entry.get("tags", ()))
    return names, tags


def take_out(root: HtmlElement) -> list[Taken]:
    """Remove the furniture elements of a tree, and tell what they were, in the order of the page."""
    whole = _prose(root)
    taken: list[Taken] = []
    doomed: list[HtmlElement] = []
    inside: HtmlElement | None = None
    refused = 0
    tags = block_rules()[1]
    for element in root.iter(*_CONTAINERS):
        rule = tags.get(element.tag)
        if rule is None:
            name = f"{element.get('class') or ''} {element.get('id') or ''}"
            if name == " ":
                continue
            rule = _rule_of(name)
        if rule is None or (inside is not None and _is_below(element, inside)):
            continue
        if not _may_go(element, rule, whole):
            refused += 1
            if refused > _REFUSALS:
                break
            continue
        words = shown(" ".join(element.itertext()))
        if len(words) > rule.longest:
            continue
        inside = element
        doomed.append(element)
        if words:
            taken.append(Taken(rule.id, rule.kind, words))
    for element in doomed:
        empty(element)
    return taken


def empty(element: HtmlElement) -> None:
    """Take an element's words out of a tree; what follows it stays. The element is left, without a name and empty:
    removing it would join the texts on both sides, and where there are many, again and again."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = "span", tail


@lru_cache(maxsize=20_000)  # the pages of a site share their names
def _rule_of(name: str) -> BlockRule | None:
    """The rule for a class and id: any run of their words that a rule names."""
    names = block_rules()[0]
    for part in name.split():
        words = _JOINT.split(_CAMEL.sub("-", part).lower().replace("__", "-"))
        words = [word for word in words if word]
        for size in range(min(_WORDS_JOINED, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                rule = names.get(" ".join(words[start : start + size]))
                # A single word names the element only where it stands alone or last: "share" but not "share-enabled".
                if rule and (size > 1 or start + size == len(words)):
                    return rule
    return None


def _may_go(element: HtmlElement, rule: BlockRule, whole: int) -> bool:
    """Whether nothing says that the article is inside: not its headline, nor most of the page's prose."""
    if next(element.iter("h1", "article"), None) is not None:
        return False
    return _prose(element) <= whole * rule.prose


def _prose(element: HtmlElement) -> int:
    """The characters in the paragraphs of an element that are long enough to be prose.

    Some pages have no paragraphs, only line breaks: text between two of them counts as well.
    """
    lengths = [sum(map(len, paragraph.itertext())) for paragraph in element.iter("p")]
    lengths += [len(line_break.tail or "") for line_break in element.iter("br")]
    return sum(length for length in lengths if length >= _PROSE)


def _is_below(element: HtmlElement, above: HtmlElement) -> bool:
    return any(ancestor is above for ancestor in element.iterancestors())
