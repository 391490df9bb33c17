"""What the head of a page states: its meta elements and JSON-LD objects."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page.characters import shown

_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_INSIDE = ("mainEntity", "mainEntityOfPage", "@graph")
_OTHER = 99  # the rank of a type that is no article


@cache
def _names() -> dict[str, list[str]]:
    return dict(load_yaml(Path(__file__).parent / "metadata.yml"))


@dataclass(frozen=True)
class Stated:
    """`metas`: the first content of each meta element by its name in lower case; `nodes`: the JSON-LD objects."""

    metas: dict[str, str]
    nodes: list[dict[str, Any]]

    @staticmethod
    def types(node: dict[str, Any]) -> list[str]:
        """The schema.org types of a JSON-LD object."""
        kinds = node.get("@type")
        return [str(kind) for kind in kinds] if isinstance(kinds, list) else [str(kinds)] if kinds else []

    @property
    def published_names(self) -> list[str]:
        """The names of meta elements that hold the publication date, the most trustworthy first."""
        return _names()["published_metas"]

    @cached_property
    def articles(self) -> list[dict[str, Any]]:
        """The JSON-LD objects that describe an article, the most particular kind first."""
        order = {kind: rank for rank, kind in enumerate(_names()["article_types"])}
        ranked = [
            (min((order.get(kind, _OTHER) for kind in self.types(node)), default=_OTHER), node) for node in self.nodes
        ]
        return [node for rank, node in sorted(ranked, key=lambda item: item[0]) if rank < _OTHER]

    @cached_property
    def all_types(self) -> frozenset[str]:
        """Every type that the page claims for itself or its parts, og:type included."""
        return frozenset(kind for node in self.nodes for kind in self.types(node)) | {
            self.metas.get("og:type", "").lower()
        }


def read_stated(root: HtmlElement) -> Stated:
    """What the meta elements and JSON-LD of a page state."""
    return Stated(_metas(root), list(_nodes(root)))


def _metas(root: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        content = shown(element.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name and content:
                metas.setdefault(name.strip().lower(), content)
    return metas


def _nodes(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of the page, outermost first; of broken JSON only the publication date."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            waiting: list[Any] = [json.loads(script.text.strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            if found := _LD_DATE.search(script.text):
                yield {"@type": "Broken", "datePublished": found[1]}
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                yield value
                waiting.extend(value[key] for key in _INSIDE if key in value)
