"""The record: one article read, as `dateline extract` writes it, one JSON object a line."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from dateline.models.article import Article
from dateline.models.facts import Fact
from dateline.models.fields import fields
from dateline.models.incident import Incident
from dateline.models.span import Traced

SCHEMA = "dateline/1"


@dataclass(frozen=True, kw_only=True)
class Record:
    """An article, the facts of every field, and its incidents.

    `sentences` are where the article's readable sentences stand (half-open offsets in the text). They are kept in the
    store, so that a figure can be shown in its sentence, and are no part of the written record. Nor is `text_map`,
    where the text stands on its page, which is made only where it is asked for.
    """

    id: str
    article: Article
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    text_map: tuple[Traced, ...] = ()

    def all_facts(self) -> dict[str, Fact]:
        """Every fact by its id."""
        return {fact.id: fact for group in self.facts.values() for fact in group}

    def to_dict(self) -> dict[str, Any]:
        """The record in the form of its JSON Schema, keys in their fixed order."""
        article = asdict(self.article)
        article.pop("unread")
        return {
            "schema": SCHEMA,
            "id": self.id,
            **article,
            **{name: [asdict(fact) for fact in self.facts.get(name, ())] for name in fields()},
            "incidents": [asdict(incident) for incident in self.incidents],
        }

    def to_json(self) -> str:
        """One line of JSON, without its line end."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    from pydantic import TypeAdapter

    def listed(shape: type) -> dict[str, Any]:
        schema = TypeAdapter(list[shape]).json_schema(mode="serialization")  # type: ignore[valid-type]
        definitions.update(schema.pop("$defs", {}))
        return schema

    definitions: dict[str, Any] = {}
    whole = TypeAdapter(Article).json_schema(mode="serialization")
    definitions.update(whole["$defs"])
    article = {name: whole["properties"][name] for name in whole["properties"] if name != "unread"}
    properties = {
        "schema": {"const": SCHEMA},
        "id": {"type": "string"},
        **article,
        **{name: listed(shape) for name, shape in fields().items()},
        "incidents": listed(Incident),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "A Dateline record",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }
