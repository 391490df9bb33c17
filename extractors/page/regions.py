"""The labelled parts of an article: headline, deck, dateline, block quotes. Captions are told of in listing.py."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page.body import Paragraph

_FILED = 90  # characters of a first paragraph that may begin with where it was filed
_SPEAKER = re.compile(r"[A-Z][A-Z .’'-]{2,40}:\s")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMES = ("class", "id", "itemprop", "data-testid", "data-component", "data-qa")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch of a text: `start:stop`, half-open, of what kind, and by which rule."""

    kind: str
    rule: str
    start: int
    stop: int


def named(element: HtmlElement, kind: str) -> bool:
    """Whether a page calls an element a region of that kind."""
    name = " ".join(filter(None, (element.get(attribute) for attribute in _NAMES)))
    return bool(name) and _by_kind()[kind].search(_CAMEL.sub("-", name).lower()) is not None


def labelled(paragraphs: Sequence[Paragraph], title: str | None) -> Iterator[Labelled]:
    """The regions of a text of headline and paragraphs, a blank line between two of them."""
    at = 0
    if title:
        yield _label("headline", 0, len(title))
        at = len(title) + 2
    filed = sum(_SPEAKER.match(paragraph.text) is not None for paragraph in paragraphs) > 1
    for paragraph in paragraphs:
        if paragraph.role in ("deck", "pull_quote", "quote"):
            yield _label(paragraph.role, at, at + len(paragraph.text))
        elif not filed and len(paragraph.text) >= _FILED:
            filed = True
            if found := re.match(_rules()["dateline"]["match"], paragraph.text):
                yield _label("dateline", at, at + found.end())
        at += len(paragraph.text) + 2


def _label(kind: str, start: int, stop: int) -> Labelled:
    return Labelled(kind, _rules()[kind]["id"], start, stop)


@cache
def _rules() -> dict[str, dict[str, Any]]:
    return {rule["kind"]: rule for rule in load_yaml(Path(__file__).parent / "regions.yml")}


@cache
def _by_kind() -> dict[str, re.Pattern[str]]:
    """The names of each kind as one pattern over words joined by hyphens, underscores or spaces."""
    return {
        kind: re.compile(
            rf"(?:^|[\s_-])(?:{'|'.join(name.replace('-', '[_-]') for name in rule['names'])})(?:$|[\s_-])"
        )
        for kind, rule in _rules().items()
        if "names" in rule
    }
