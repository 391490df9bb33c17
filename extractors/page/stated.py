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

Node = dict[str, Any]


@cache
def names(kind: str) -> list[str]:
    """A list of metadata.yml."""
    return list(load_yaml(Path(__file__).parent / "metadata.yml")[kind])


@dataclass(frozen=True)
class Stated:
    """`metas`: the contents of each meta element by its name in lower case; `nodes`: the JSON-LD objects."""

    contents: dict[str, list[str]]
    nodes: list[Node]

    @cached_property
    def metas(self) -> dict[str, str]:
        """The first content of each meta element, by its name in lower case."""
        return {name: contents[0] for name, contents in self.contents.items()}

    def first(self, kind: str) -> Iterator[tuple[str, str]]:
        """Names and contents of the meta elements that metadata.yml lists under `kind`, in the order of that list."""
        return ((name, content) for name in names(kind) for content in self.contents.get(name, ()))

    @staticmethod
    def types(node: Node) -> list[str]:
        """The schema.org types of a JSON-LD object."""
        kinds = node.get("@type")
        return [str(kind) for kind in kinds] if isinstance(kinds, list) else [str(kinds)] if kinds else []

    @cached_property
    def articles(self) -> list[Node]:
        """The JSON-LD objects that describe an article, the most particular kind first."""
        order = {kind: rank for rank, kind in enumerate(names("article_types"))}
        ranked = [
            (min((order.get(kind, _OTHER) for kind in self.types(node)), default=_OTHER), node) for node in self.nodes
        ]
        return [node for rank, node in sorted(ranked, key=lambda item: item[0]) if rank < _OTHER]

    @cached_property
    def named(self) -> dict[str, Node]:
        """The JSON-LD objects that others refer to, by their @id."""
        return {node["@id"]: node for node in self.nodes if isinstance(node.get("@id"), str) and "name" in node}

    @cached_property
    def all_types(self) -> frozenset[str]:
        """Every type that the page claims for itself or its parts, og:type included."""
        return frozenset(kind for node in self.nodes for kind in self.types(node)) | {
            self.metas.get("og:type", "").lower()
        }


def read_stated(root: HtmlElement) -> Stated:
    """What the meta elements and JSON-LD of a page state."""
    return Stated(_metas(root), list(_nodes(root)))


def _metas(root: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = shown(element.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name and content:
                metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _nodes(root: HtmlElement) -> Iterator[Node]:
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
