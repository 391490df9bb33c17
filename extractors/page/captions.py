"""A caption taken apart: what it says of the picture, and whose picture it is."""

import re
from collections.abc import Iterator
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement

from dateline.extractors.page.blocks import rule_of
from dateline.extractors.page.characters import shown
from dateline.extractors.page.rules import candidates, kind_of

_LABEL = re.compile(r"(?:image|media|photo|picture|video|figure) caption\b[\s,:]*", re.IGNORECASE)
_WHOLE = 60  # characters of a caption that may be nothing but a credit


def caption_parts(element: HtmlElement, rule: str) -> Iterator[tuple[str, str, str]]:
    """The rule, kind and words of each part of a caption, in their order; `rule` found the caption itself.

    A credit is an element that its name calls one, or what ends the caption in the form of one. A label that only
    screen readers say ("Image caption") is left out.
    """
    for credit, pieces in groupby(_pieces(element), key=lambda piece: piece[0]):
        words = shown(" ".join(piece for _, piece in pieces))
        if credit:
            yield credit, "photo_credit", words
            continue
        words = words[found.end() :] if (found := _LABEL.match(words)) else words
        ending = credit_of(words)
        if caption := words.removesuffix(ending[1] if ending else "").strip():
            yield rule, "caption", caption
        if ending:
            yield ending[0], kind_of(ending[0]), ending[1]


def credit_of(caption: str) -> tuple[str, str] | None:
    """The credit that ends a caption, or is all of it: (rule, words); None where it has none."""
    for rule in candidates(caption):
        found = rule.match(caption) if rule.kind in ("caption_credit", "photo_credit") else None
        if found and (found.start() or len(caption) <= _WHOLE):
            return rule.id, found[0]
    return None


def _pieces(element: HtmlElement) -> Iterator[tuple[str, str]]:
    """The texts in an element, each with the rule of the credit that it stands in, or ""."""
    credit: HtmlElement | None = None
    rule = ""
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if credit is None and inner is not element:
                named = rule_of(f"{inner.get('class') or ''} {inner.get('id') or ''}")
                if named is not None and named.kind == "photo_credit":
                    credit, rule = inner, named.id
            if words := shown(inner.text or ""):
                yield rule, words
        else:
            if inner is credit:
                credit, rule = None, ""
            if inner is not element and (words := shown(inner.tail or "")):
                yield rule, words
