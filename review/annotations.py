"""Facts as W3C Web Annotations (JSON-LD): what was read, and where it stands in the text, on the page, in its bytes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC
from typing import Any

from dateline.models.capture import Capture
from dateline.models.decision import Decision
from dateline.models.facts import Fact
from dateline.models.ids import text_id
from dateline.models.record import Record
from dateline.models.span import Traced
from dateline.review.fragments import shown_by, text_directive
from dateline.review.selectors import data_position, fragment, of_text, quotation

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PLACED = ("id", "start", "stop", "quote")  # of a fact: said by the annotation's own id and selectors

Place = tuple[int, int]


def annotations(
    record: Record,
    capture: Capture,
    traced: Mapping[Place, Sequence[Traced]],
    *,
    shown: str | None = None,
    decided: Mapping[str, Sequence[Decision]] | None = None,
) -> Iterator[dict[str, Any]]:
    """One annotation for each fact of `record`, in text order, and one behind it for each decision on it.

    `traced` says where spans stand in the bytes of `capture`; those that it lacks get no selector of bytes. `shown` is
    what the page shows, folded. `decided` are what people decided, by fact. The same record gives the same annotations
    on any day.
    """
    shown = shown or shown_by(record)
    facts = [(name, fact) for name, facts in record.facts.items() for fact in facts]
    for name, fact in sorted(facts, key=lambda pair: (pair[1].start, pair[1].stop, pair[1].id)):
        yield {
            "@context": CONTEXT,
            "id": f"urn:x-dateline:fact:{fact.id}",
            "type": "Annotation",
            "motivation": "describing",
            "body": _bodies(name, fact),
            "target": _targets(record, fact, capture, traced.get((fact.start, fact.stop), ()), shown),
        }
        yield from (_decision(fact.id, one) for one in (decided or {}).get(fact.id, ()))


def _decision(fact: str, decision: Decision) -> dict[str, Any]:
    """What a person said of a value: an annotation of its annotation."""
    said = {"verdict": decision.verdict, "corrected": dict(decision.corrected), "why": decision.why}
    return {
        "@context": CONTEXT,
        "id": f"urn:x-dateline:decision:{decision.id}",
        "type": "Annotation",
        "motivation": "editing" if decision.corrected else "assessing",
        "creator": {"type": "Person", "name": decision.who},
        "created": decision.at,
        "body": {
            "type": "TextualBody",
            "format": "application/json",
            "value": json.dumps(said, ensure_ascii=False),
        },
        "target": f"urn:x-dateline:fact:{fact}",
    }


def _bodies(field: str, fact: Fact) -> list[dict[str, Any]]:
    """The field as a tag, and its values as JSON: a body of the model holds a string."""
    values = {name: value for name, value in asdict(fact).items() if name not in _PLACED}
    return [
        {"type": "TextualBody", "purpose": "tagging", "value": field},
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/json",
            "value": json.dumps(values, ensure_ascii=False),
        },
    ]


def _targets(record: Record, fact: Fact, capture: Capture, parts: Sequence[Traced], shown: str) -> list[dict[str, Any]]:
    """The same words three times: in the article's text, on the live page, in the bytes that were kept of it."""
    article = record.article
    place = fact.start, fact.stop
    found: list[dict[str, Any]] = [
        {
            "type": "SpecificResource",
            "source": {
                "id": f"urn:x-dateline:text:{text_id(article.text)}",
                "type": "Text",
                "format": "text/plain",
                "title": article.title or record.id,
            },
            "selector": of_text(article.text, *place),
        }
    ]
    if article.url and article.url.startswith(("http://", "https://")):
        directive = text_directive(article.text, *place, shown)
        found.append(
            {
                "type": "SpecificResource",
                "source": article.url,
                "selector": [fragment(directive), quotation(article.text, *place)],
                "state": {
                    "type": "TimeState",
                    "sourceDate": f"{capture.captured_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
                },
            }
        )
    kept = {
        "id": capture.record_id.strip("<>"),
        "type": "Text",
        "format": "text/html" if capture.kind == "page" else "text/plain",
    }
    found += [
        {"type": "SpecificResource", "source": kept, "selector": data_position(part.byte_start, part.byte_stop)}
        for part in parts
    ]
    return found
