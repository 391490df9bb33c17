"""Furniture among the elements of a page: what its authors named comments, captions, boxes of other stories."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from lxml.html import HtmlElement

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page.characters import shown
from dateline.extractors.page.notes import is_note

_REFUSALS = 60  # elements by their names furniture that are too large for it: no honest page has so many
_PROSE = 80  # characters of a paragraph that counts as prose
_CONTAINERS = (
    *("div", "section", "aside", "p", "ul", "ol", "figure", "figcaption", "form", "footer", "span", "details"),
    *("table", "dl", "h2", "h3", "h4", "sup", "del", "s", "strike"),
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
class Box:
    """An element that is furniture: by which rule, of what kind, and the words it shows."""

    element: HtmlElement
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


def named_boxes(root: HtmlElement) -> Iterator[Box]:
    """The elements of a tree that are furniture by their names, in the order of the page, none inside another."""
    whole = prose_of(root)
    inside: HtmlElement | None = None
    refused = 0
    tags = block_rules()[1]
    for element in root.iter(*_CONTAINERS):
        rule = tags.get(element.tag)
        if rule is None:
            name = f"{element.get('class') or ''} {element.get('id') or ''}"
            if name == " ":
                continue
            rule = rule_of(name)
        if rule is None or (inside is not None and is_below(element, inside)):
            continue
        if element.tag == "sup" and not is_note(element):
            continue
        if not may_go(element, rule, whole):
            refused += 1
            if refused > _REFUSALS:
                return
            continue
        inside = element
        yield Box(element, rule.id, rule.kind, shown(" ".join(element.itertext())))


def is_below(element: HtmlElement, above: HtmlElement) -> bool:
    """Whether an element stands in another."""
    return any(ancestor is above for ancestor in element.iterancestors())


@lru_cache(maxsize=20_000)  # the pages of a site share their names
def rule_of(name: str) -> BlockRule | None:
    """The rule for a class and id: any run of their words that a rule names."""
    names = block_rules()[0]
    for part in name.split():
        words = [word for word in _JOINT.split(_CAMEL.sub("-", part).lower().replace("__", "-")) if word]
        starts = [start for start, word in enumerate(words) if word in _first_words()]
        for size in range(min(_WORDS_JOINED, len(words)) if starts else 0, 0, -1):
            for start in starts:
                stop = start + size
                rule = names.get(" ".join(words[start:stop])) if stop <= len(words) else None
                # A single word names the element only where it stands alone or last: "share" but not "share-enabled".
                if rule and (size > 1 or stop == len(words)):
                    return rule
    return None


@cache
def _first_words() -> frozenset[str]:
    """The words that the names of rules begin with."""
    return frozenset(name.split(" ", 1)[0] for name in block_rules()[0])


def may_go(element: HtmlElement, rule: BlockRule, whole: int) -> bool:
    """Whether nothing says that the article is inside: not its length, its headline, nor most of the page's prose."""
    if next(element.iter("h1", "article"), None) is not None:
        return False
    lengths = (len(text.strip()) for text in element.itertext())
    return not _exceeds(lengths, rule.longest) and not _exceeds(_prose_lengths(element), whole * rule.prose)


def words_of(element: HtmlElement, most: int) -> str | None:
    """The words that an element shows; None where they are longer than `most`, which is found without reading all."""
    parts: list[str] = []
    left = most
    for text in element.itertext():
        parts.append(text)
        left -= len(text.strip())
        if left < 0:
            return None
    return shown("".join(parts))


def prose_of(root: HtmlElement) -> int:
    """The characters of a tree's prose."""
    return sum(_prose_lengths(root))


def _exceeds(lengths: Iterable[int], most: float) -> bool:
    """Whether lengths add up to more than `most`; no more of them are taken than it needs to know."""
    return any(total > most for total in accumulate(lengths))


def _prose_lengths(element: HtmlElement) -> Iterator[int]:
    """The lengths of the paragraphs of an element that are long enough to be prose.

    Some pages have no paragraphs, only line breaks: text between two of them counts as well.
    """
    for paragraph in element.iter("p", "br"):
        length = sum(map(len, paragraph.itertext())) if paragraph.tag == "p" else len(paragraph.tail or "")
        if length >= _PROSE:
            yield length
