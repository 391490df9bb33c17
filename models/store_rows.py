"""Shapes to rows and back. Pure: what a record becomes in each table, and a fact from its row.

Nothing here names a field: columns follow from the fields' dataclasses, so a new field is its shape and its table.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, cast, get_args, get_origin, get_type_hints

from dateline.models.article import Article, Furniture, PageFacts, Region, Statement
from dateline.models.facts import Fact
from dateline.models.fields import fields as field_shapes
from dateline.models.ids import content_id, text_id
from dateline.models.incident import Incident, Toll
from dateline.models.record import Record
from dateline.models.span import Evidence, Traced

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]

INCIDENTS = "incidents"  # the reading that incidents hang on
TOLLS = ("killed", "injured", "missing", "captured", "killed_or_injured")
PLACE = ("id", "name", "country", "country_name", "admin1", "admin2", "latitude", "longitude", "geonameid", "precision")
PLACE_COLUMNS = tuple(f"place_{name}" for name in (*PLACE, "role"))
DATES = ("earliest", "latest")  # ISO days in the shapes, DATE in the tables
_LARGEST = 2**31 - 1  # of DuckDB's INTEGER


def names(shape: type) -> tuple[str, ...]:
    """The names of what a dataclass holds, in order."""
    return tuple(part.name for part in fields(shape))


# What an article says about itself, the facts of its page, and the tables that hang on a page: names and shapes.
ABOUT = (
    *("result", "reason", "url", "title", "publisher", "published", "published_from", "updated", "corrected"),
    *("authors", "language"),
)
PAGE_FACTS = names(PageFacts)
HUNG: dict[str, type] = {"furniture": Furniture, "region": Region, "statement": Statement, "text_map": Traced}

COLUMNS: dict[str, tuple[str, ...]] = {
    "page": ("page_id", "capture_id", "digest", *ABOUT, *PAGE_FACTS, "text_id", "unread"),
    **{table: ("page_id", "position", *names(shape)) for table, shape in HUNG.items()},
    "evidence": ("reading_id", "fact_id", "position", "role", "start", "stop", "quote"),
    "incident": (
        *("reading_id", "id", "position", "main", "part_of", "earliest", "latest", "date_precision"),
        *PLACE_COLUMNS,
        *(f"{toll}_{bound}" for toll in TOLLS for bound in ("low", "best", "high")),
    ),
    "incident_fact": ("reading_id", "incident_id", "position", "value", "fact_id"),
    "incident_group": ("reading_id", "incident_id", "position", "group_class", "outcome", "low", "best", "high"),
    "incident_leader": ("reading_id", "incident_id", "position", "name"),
    "sentence": ("reading_id", "position", "start", "stop"),
}


@dataclass(frozen=True)
class Reading:
    """One field read in one text: its row, and the rows that hang on it."""

    reading_id: str
    row: Row
    rows: Rows = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """What was found in a capture: its row, the text, the rows that hang on the page, and the readings."""

    page_id: str
    row: Row
    text_id: str | None
    text: str
    rows: Rows
    readings: tuple[Reading, ...]


def page_of(record: Record, capture_id: str, digests: Mapping[str, str]) -> Page:
    """The rows of a record read from a capture by the code of `digests` (page, each field, incidents).

    ValueError where a value fits no column: characters that are no text, a day that is no day, a number too large.
    """
    article = record.article
    page = page_id(capture_id, digests["page"])
    text = text_id(article.text) if article.text else None
    row = (
        *(page, capture_id, digests["page"]),
        *(_listed(getattr(article, name)) for name in ABOUT),
        *(article.page and _listed(getattr(article.page, name)) for name in PAGE_FACTS),
        *(text, _json(article.unread)),
    )
    hung = {
        "furniture": article.furniture,
        "region": article.regions,
        "statement": article.about,
        "text_map": record.text_map,
    }
    rows = {table: _hung(page, HUNG[table], items) for table, items in hung.items()}
    readings = readings_of(record, digests) if article.result == "read" else ()
    _check([row, (article.text,), *(one for table in rows.values() for one in table)])
    return Page(page, row, text, article.text, rows, readings)


def _hung(page: str, shape: type, items: Iterable[Any]) -> list[Row]:
    return [(page, position, *(getattr(item, name) for name in names(shape))) for position, item in enumerate(items)]


def _listed(value: Any) -> Any:
    """A value as the appender takes it: several as a list."""
    return list(value) if isinstance(value, tuple) else value


def article_from(text: str, page: Mapping[str, Any], hung: Mapping[str, list[dict[str, Any]]]) -> Article:
    """The article of a row of table `page`, with the rows that hang on it by table."""
    facts = {name: _tupled(page[name]) for name in PAGE_FACTS}
    pieces = {
        table: tuple(shape(**{name: row[name] for name in names(shape)}) for row in hung[table])
        for table, shape in HUNG.items()
        if table != "text_map"
    }
    return Article(
        **{name: _tupled(page[name]) for name in ABOUT},
        page=None if page["size"] is None else PageFacts(**facts),
        about=pieces["statement"],
        text=text,
        regions=pieces["region"],
        furniture=pieces["furniture"],
        unread=tuple((start, stop) for start, stop in json.loads(page["unread"])),
    )


def map_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Traced, ...]:
    """The map of a text from the rows of its page."""
    return tuple(Traced(*(row[name] for name in names(Traced))) for row in rows)


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def page_id(capture_id: str, digest: str) -> str:
    """The id of what the page code with that digest finds in a capture."""
    return content_id("page", capture_id, digest)


def reading_row(article: Article, field_name: str, digest: str) -> Row:
    """The row of table `reading`, its id first."""
    return reading_key(
        text_id(article.text), article.published, article.published_from, _json(article.unread), field_name, digest
    )


def reading_key(text: str, published: str | None, since: str | None, unread: str, name: str, digest: str) -> Row:
    """The row of a reading from its parts; its id hashes the others."""
    parts = (text, published, since, unread, name, digest)
    return (content_id("reading", *parts), *parts)


def readings_of(record: Record, digests: Mapping[str, str]) -> tuple[Reading, ...]:
    """The readings of a record by the code of `digests`; of these only, whatever else is in the record. ValueError as
    with `page_of`."""
    readings = []
    for name, digest in sorted(digests.items()):
        if name == "page":
            continue
        row = reading_row(record.article, name, digest)
        rows = (
            {
                **incident_rows(row[0], record.incidents),
                "sentence": [(row[0], at, start, stop) for at, (start, stop) in enumerate(record.sentences)],
            }
            if name == INCIDENTS
            else _fact_rows(row[0], name, record.facts.get(name, ()))
        )
        _check([value for table in rows.values() for value in table])
        readings.append(Reading(row[0], row, rows))
    return tuple(readings)


def columns(shape: type[Fact]) -> tuple[str, ...]:
    """The columns of a field's table: all that its facts hold, evidence aside."""
    return ("reading_id", *(part.name for part in fields(shape) if part.name != "evidence"))


def _fact_rows(reading_id: str, name: str, facts: tuple[Fact, ...]) -> Rows:
    rows: Rows = {name: [], "evidence": []}
    parts = columns(field_shapes()[name])[1:]
    for fact in facts:
        rows[name].append((reading_id, *(_stored(part, getattr(fact, part)) for part in parts)))
        for position, item in enumerate(fact.evidence):
            rows["evidence"].append((reading_id, fact.id, position, item.role, item.start, item.stop, item.quote))
    return rows


def incident_rows(reading_id: str, incidents: tuple[Incident, ...]) -> Rows:
    """The rows of an article's incidents by table, in the order of COLUMNS."""
    rows: Rows = {"incident": [], "incident_fact": [], "incident_group": [], "incident_leader": []}
    for position, incident in enumerate(incidents):
        key = (reading_id, incident.id)
        place = incident.place
        rows["incident"].append(
            (
                *(*key, position, incident.main, incident.part_of),
                *(_stored(name, getattr(incident, name)) for name in (*DATES, "date_precision")),
                *(None if place is None else getattr(place, name) for name in (*PLACE, "role")),
                *(bound for toll in TOLLS for bound in _bounds(getattr(incident, toll))),
            )
        )
        links: list[tuple[str | None, str]] = [(None, fact) for fact in incident.facts]
        links += [(value, fact) for value, basis in incident.basis.items() for fact in basis]
        rows["incident_fact"] += [(*key, at, value, fact) for at, (value, fact) in enumerate(links)]
        rows["incident_group"] += [
            (*key, at, group.group_class, group.outcome, group.low, group.best, group.high)
            for at, group in enumerate(incident.groups)
        ]
        rows["incident_leader"] += [(*key, at, name) for at, name in enumerate(incident.leaders)]
    return rows


def _bounds(toll: Toll | None) -> tuple[int | None, int | None, int | None]:
    return (None, None, None) if toll is None else (toll.low, toll.best, toll.high)


def _stored(name: str, value: Any) -> Any:
    if name in DATES:
        return None if value is None else date.fromisoformat(value)
    if isinstance(value, tuple | dict):
        return _json([asdict(item) if is_dataclass(item) and not isinstance(item, type) else item for item in value])
    return value


def _check(rows: list[Row]) -> None:
    """ValueError where a value would break the whole shard's transaction."""
    for row in rows:
        for value in row:
            if isinstance(value, list):
                _check([tuple(value)])
            elif isinstance(value, str):
                if not value.isascii():
                    value.encode()  # raises UnicodeEncodeError, a ValueError, for half a surrogate pair
            elif isinstance(value, int) and abs(value) > _LARGEST:
                raise ValueError(f"{value} is too large to be stored")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def fact_from(shape: type[Fact], row: Mapping[str, Any], evidence: tuple[Evidence, ...]) -> Fact:
    """The fact of a field's row, as the extractor made it."""
    values = {name: _loaded(item, row[name]) for name, item in _items(cast(Any, shape))}
    return shape(**values, evidence=evidence)


@cache
def _items(shape: Any) -> tuple[tuple[str, Any], ...]:
    """The columns of a field, and for those that hold several things as JSON what one of them is."""
    types = get_type_hints(shape)
    return tuple(
        (name, get_args(types[name])[0] if get_origin(types[name]) is tuple else None) for name in columns(shape)[1:]
    )


def _loaded(item: Any, value: Any) -> Any:
    if item is not None:
        nested = is_dataclass(item)
        return tuple(item(**part) if nested else part for part in json.loads(value))
    return value.isoformat() if isinstance(value, date) else value
