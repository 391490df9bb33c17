"""Invented articles for the tests of decisions: facts made by hand, incidents gathered of them as a reading would."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from dateline.extractors.incidents import gather
from dateline.flows.deciding import review_again
from dateline.models.article import Article, Source
from dateline.models.capture import origin
from dateline.models.decision import Verdict, VerdictKind
from dateline.models.facts import Fact
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import Candidate, PlaceFact
from dateline.models.ids import fact_id
from dateline.models.record import Record
from dateline.models.span import Evidence
from dateline.models.store import Entry, Store
from dateline.models.store_connection import connect
from dateline.models.store_rows import page_of

from .store_helpers import DIGESTS, VERSIONS, capture

HEAD = "Blast at the mill\n\n"
BODY = "A blast killed 12 millers in Orrin on 3 May 2021. Officials said 5 drivers were hurt near the gate."
TEXT = HEAD + BODY
AT = "2026-01-05T10:00:00+00:00"


def _common(text: str, field: str, quote: str, rule: str, *distinct: str) -> dict[str, Any]:
    start = text.index(quote)
    stop = start + len(quote)
    made = fact_id(text, field, start, stop, *distinct)
    return {"id": made, "start": start, "stop": stop, "quote": quote, "rule": f"{field}.{rule}"}


def claim(
    text: str, quote: str, number: int | None, outcome: Any = "killed", *, rule: str = "object", **more: Any
) -> CasualtyFact:
    """People counted in the words `quote` of `text`."""
    start = text.index(quote)
    values: dict[str, Any] = {
        **dict.fromkeys(("low", "best", "high"), number),
        "qualifier": "exact",
        "vague": None,
        "group": None,
        "group_class": "unspecified",
        "scope": "incident",
        "polarity": "affirmed",
        "evidence": (Evidence.of(text, "number", start, start + 1),),
        **more,
    }
    return CasualtyFact(**_common(text, "casualties", quote, rule, outcome), outcome=outcome, **values)


def place(text: str, quote: str, *, doubtful: bool = False, **more: Any) -> PlaceFact:
    """A town that the gazetteer knows."""
    other = Candidate(name=quote, country="XB", admin1=None, latitude=3.0, longitude=4.0, geonameid=8)
    values: dict[str, Any] = {
        "name": quote,
        "country": "XA",
        "country_name": "Aland",
        "admin1": "North",
        "admin2": None,
        "latitude": 1.5,
        "longitude": 2.5,
        "geonameid": 7,
        "precision": 1,
        "role": "event",
        "candidates": (other,) if doubtful else (),
        **more,
    }
    return PlaceFact(**_common(text, "places", quote, "town"), **values)


def day(text: str, quote: str, iso: str, **more: Any) -> DateFact:
    """A day."""
    values: dict[str, Any] = {
        "earliest": iso,
        "latest": iso,
        "precision": 1,
        "granularity": "day",
        "anchor": "none",
        **more,
    }
    return DateFact(**_common(text, "dates", quote, "day"), **values)


def facts(text: str = TEXT, *, killed: int = 12, rule: str = "object") -> list[Fact]:
    """What is read in TEXT, or in another text of what it has of these words."""
    made: dict[str, Callable[[], Fact]] = {
        "12 millers": lambda: claim(text, "12 millers", killed, rule=rule, group="millers"),
        "5 drivers": lambda: claim(text, "5 drivers", 5, "injured"),
        "Orrin": lambda: place(text, "Orrin"),
        "3 May 2021": lambda: day(text, "3 May 2021", "2021-05-03"),
    }
    return [make() for quote, make in made.items() if quote in text]


def read(name: str, text: str, found: Sequence[Fact], *, published: str | None = "2021-05-04") -> tuple[Source, Record]:
    """An article with these facts, and the incidents that follow."""
    by_field: dict[str, tuple[Fact, ...]] = {}
    for field in ("dates", "places", "casualties", "leaders"):
        own = [one for one in found if one.rule.startswith(f"{field}.")]
        by_field[field] = tuple(sorted(own, key=lambda one: (one.start, one.stop)))
    article = Article(
        result="read", text=text, published=published, published_from="given" if published else None, title="Blast"
    )
    incidents = gather(article, by_field)
    sentences, start = [], 0
    for part in text.replace("\n\n", ". ").split(". "):
        sentences.append((start, min(len(text), start + len(part) + 1)))
        start += len(part) + 2
    source = Source(id=name, text=text, published=published, origin=f"/pages/{name}")
    return source, Record(id=name, article=article, facts=by_field, incidents=incidents, sentences=tuple(sentences))


def run(store: Store, given: Sequence[tuple[Source, Record]], *, version: str = "1", note: str = "") -> int:
    """A whole run by the rules of `version`, with what follows for decisions."""
    digests = {name: f"{name}-{version}" for name in DIGESTS}
    run_id, _ = store.start_run("ingest", parameters={"note": note or version}, digests=digests, versions=VERSIONS)
    entries = []
    for source, record in given:
        kept = capture(source)
        page = page_of(record, kept.capture_id, digests)
        key = (origin(source), source.id, 0)
        entries.append(Entry(key=key, outcome="read", capture_id=kept.capture_id, capture=kept, page=page))
    store.add_shard(run_id, entries)
    review_again(store)
    store.finish_run(run_id)
    return run_id


def verdict(kind: VerdictKind, fact: Fact, corrected: Mapping[str, Any] | None = None, **more: Any) -> Verdict:
    """A verdict on a fact as it was read."""
    names = {
        "casualties": ("low", "best", "high"),
        "dates": ("earliest", "latest"),
        "places": ("name", "country", "role"),
    }
    field = fact.rule.partition(".")[0]
    judged = more.pop("judged", {name: getattr(fact, name) for name in names[field]})
    return Verdict(verdict=kind, field=field, target=fact.id, judged=judged, corrected=corrected or {}, **more)


def exactly(number: int) -> dict[str, int]:
    """A figure without doubt."""
    return dict.fromkeys(("low", "best", "high"), number)


@cache
def _made() -> bytes:
    """The file of a store that holds TEXT as one article, read once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.duckdb"
        with Store.open(path) as store:
            run(store, [read("mill", TEXT, facts())])
        return path.read_bytes()


def fresh_store(folder: Path) -> Store:
    """A store of one's own with TEXT in it. Its views are those it was made with: to make them takes long."""
    path = folder / "ledger.duckdb"
    path.write_bytes(_made())
    return Store(connect(path, read_only=False), path)


def empty_store(folder: Path) -> Store:
    """The same without the article."""
    store = fresh_store(folder)
    for (table,) in store.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        if table != "schema_version":
            store.connection.execute(f"DELETE FROM {table}")
    return store


def without_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events follow every decision, and have tests of their own."""
    monkeypatch.setattr("dateline.flows.events.link_events", lambda *_, **__: None)
