"""Invented records for the tests of the store, made without any extractor."""

from datetime import UTC, datetime
from typing import Any

from dateline.models.article import Article, Furniture, Region, Source, Statement
from dateline.models.capture import Capture, capture_id, content, origin
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.leaders import LeaderFact
from dateline.models.fields.places import Candidate, PlaceFact
from dateline.models.ids import content_id, fact_id, sha256
from dateline.models.incident import GroupToll, Incident, Toll
from dateline.models.record import Record
from dateline.models.span import Evidence, EvidenceRole
from dateline.models.store import Entry, Store
from dateline.models.store_rows import page_of

DIGESTS = {name: f"{name}-1" for name in ("page", "dates", "places", "casualties", "leaders", "incidents")}
VERSIONS = dict.fromkeys(("dateline", "python", "spacy", "trafilatura", "dateparser", "prefect"), "1")
TEXT = "Two die in Velm 😀\n\nTwo shepherds were killed near Velm on 3 May 2021, Mayor Ada Brok said."


def source(name: str = "velm.html", *, text: str = TEXT, published: str | None = "2021-05-04") -> Source:
    """A text that was given."""
    return Source(id=name, text=text, published=published, origin=f"/pages/{name}")


def _place(at: tuple[int, int]) -> dict[str, Any]:
    return {"start": at[0], "stop": at[1]}


def record(given: Source) -> Record:
    """What a reading of it could be: a fact of every field with evidence, and an incident over them."""
    text = given.text or ""

    def at(quote: str) -> tuple[int, int]:
        start = text.index(quote)
        return start, start + len(quote)

    def evidence(role: EvidenceRole, quote: str) -> Evidence:
        return Evidence.of(text, role, *at(quote))

    def common(field: str, quote: str, rule: str, *distinct: str) -> dict[str, Any]:
        start, stop = at(quote)
        return {
            "id": fact_id(text, field, start, stop, *distinct),
            "start": start,
            "stop": stop,
            "quote": quote,
            "rule": f"{field}.{rule}",
        }

    day = DateFact(
        **common("dates", "3 May 2021", "day"),
        earliest="2021-05-03",
        latest="2021-05-03",
        precision=1,
        granularity="day",
        anchor="none",
    )
    other = Candidate(name="Velm", country="XB", admin1=None, latitude=None, longitude=None, geonameid=7)
    place = PlaceFact(
        **common("places", "Velm", "town"),
        name="Velm",
        country="XA",
        country_name="Aland",
        admin1="North",
        admin2=None,
        latitude=1.5,
        longitude=2.25,
        geonameid=42,
        precision=2,
        role="event",
        candidates=(other,),
        evidence=(evidence("cue", "near"),),
    )
    toll = CasualtyFact(
        **common("casualties", "Two shepherds were killed", "passive", "killed"),
        outcome="killed",
        low=2,
        best=2,
        high=2,
        qualifier="exact",
        vague=None,
        group="shepherds",
        group_class="civilians",
        scope="incident",
        polarity="affirmed",
        evidence=(evidence("number", "Two"), evidence("cue", "killed")),
    )
    leader = LeaderFact(
        **common("leaders", "Ada Brok", "office"),
        name="Ada Brok",
        role="Mayor",
        organisation=None,
        role_class="minister_or_official",
        status="mentioned",
        attribution=None,
        same_as="ada",
        evidence=(evidence("role", "Mayor"),),
    )
    incident = Incident(
        id=content_id("incident", text, 0),
        main=True,
        part_of=None,
        earliest="2021-05-03",
        latest="2021-05-03",
        date_precision=1,
        place=place,
        killed=Toll(low=2, best=2, high=2),
        injured=Toll(low=None, best=None, high=None),
        missing=None,
        captured=None,
        killed_or_injured=None,
        leaders=("Ada Brok",),
        groups=(GroupToll(group_class="civilians", outcome="killed", low=2, best=2, high=2),),
        facts=(day.id, place.id, toll.id),
        basis={"date": (day.id,), "place": (place.id,), "killed": (toll.id,), "injured": (toll.id,)},
    )
    article = Article(
        result="read",
        url=given.url,
        title="Two die in Velm",
        published=given.published,
        published_from="given" if given.published else None,
        updated="2021-05",
        authors=("Ruta Holm", "the “Night” desk"),
        language="en",
        about=(
            Statement(
                name="updated",
                value="2021-05",
                rule="page.updated",
                where="text",
                inferred=True,
                **_place(at("May 2021")),
                quote="May 2021",
            ),
        ),
        text=text,
        regions=(
            Region(
                kind="deck",
                rule="page.deck",
                text="near Velm",
                page_start=None,
                page_stop=None,
                **_place(at("near Velm")),
            ),
        ),
        furniture=(Furniture(kind="tag", rule="page.tag", text="Two", start=0, stop=3),),
        unread=((0, 3),),
    )
    facts = {"dates": (day,), "places": (place,), "casualties": (toll,), "leaders": (leader,)}
    sentences = ((0, 17), (19, len(text)))
    return Record(id=given.id, article=article, facts=facts, incidents=(incident,), sentences=sentences)


def capture(given: Source) -> Capture:
    """A capture as the archive would keep it."""
    kind, data = content(given)
    return Capture(
        capture_id=capture_id(given),
        input_id=given.id,
        sha256=sha256(data),
        size=len(data),
        kind=kind,
        charset=given.charset,
        url=given.url,
        title=given.title,
        published=given.published,
        archive_file="1.warc.gz",
        archive_offset=0,
        record_id="urn:x",
        http_status=None,
        content_type=None,
        etag=None,
        last_modified=None,
        redirects=None,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def entry(given: Source, *, digests: dict[str, str] = DIGESTS, occurrence: int = 0) -> Entry:
    """How an input that was read ends."""
    kept = capture(given)
    return Entry(
        key=(origin(given), given.id, occurrence),
        outcome="read",
        capture_id=kept.capture_id,
        capture=kept,
        page=page_of(record(given), kept.capture_id, digests),
    )


def run(store: Store, given: list[Source], *, digests: dict[str, str] = DIGESTS, note: str = "") -> int:
    """One whole run over these inputs."""
    run_id, _ = store.start_run("ingest", parameters={"note": note}, digests=digests, versions=VERSIONS)
    store.add_shard(run_id, [entry(one, digests=digests) for one in given])
    store.finish_run(run_id)
    return run_id


def dump(store: Store) -> dict[str, list[str]]:
    """Every row of every table, clock columns aside, in an order of its own: two stores are the same if this is."""
    connection = store.connection
    query = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    tables: dict[str, list[str]] = {}
    views = {row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    for table, column in connection.execute(query).fetchall():
        if table not in views and not column.endswith("_at"):
            tables.setdefault(table, []).append(f'"{column}"')
    return {
        table: sorted(str(row) for row in connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall())
        for table, names in tables.items()
    }
