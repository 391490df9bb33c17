"""Verifying a store: every span read back, the hash chain from fact to text to bytes, every link, every count.

Nothing is mended here. A check over no rows passes and says so: it has shown nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dateline.models.fields import fields as field_shapes
from dateline.models.ids import content_id, fact_id, sha256, text_id
from dateline.models.store import Store
from dateline.models.store_connection import Connection
from dateline.models.store_rows import HUNG, columns
from dateline.models.verify_checks import Check, checked, queried, streamed
from dateline.models.verify_decisions import decisions_kept
from dateline.models.verify_events import events_kept
from dateline.models.verify_pages import Payload, ReadBack, pages_kept, pages_stored
from dateline.models.verify_readings import readings

_SAME_TABLE = ("part_of", "supersedes")


def verify(store: Store, payload: Payload | None = None, read_back: ReadBack | None = None) -> list[Check]:
    """Every check, in a fixed order. `payload` reads the archive, without which the captures' bytes are not looked at;
    `read_back` whether they say what was read in them."""
    connection = store.connection
    checks = [*_spans(connection), *pages_stored(connection)]
    checks += [*_ids(connection), *readings(connection), *_links(connection), *_counts(connection)]
    checks.append(checked("what the ledger says was stored", _acknowledged(store)))
    checks += decisions_kept(store)
    checks += events_kept(store)
    if payload is not None:
        checks.append(checked("capture bytes", _bytes_kept(connection, payload)))
        checks += pages_kept(connection, payload, read_back) if read_back else []
    return checks


def _spans(connection: Connection) -> Iterator[Check]:
    """Offsets are half-open and count code points; DuckDB's text[start+1:stop] is Python's text[start:stop]."""
    wrong = """text IS NULL OR span.start < 0 OR span.stop <= span.start OR span.stop > length(text)
        OR text[span.start + 1:span.stop] != span.quote"""
    for table in (*field_shapes(), "evidence"):
        key = "fact_id" if table == "evidence" else "id"
        rows = f"""{table} AS span LEFT JOIN reading USING (reading_id)
            LEFT JOIN article ON article.text_id = reading.text_id"""
        yield queried(connection, f"{table} spans", rows, wrong, f"span.{key}, span.start, span.stop, span.quote")
    rows = "sentence AS span LEFT JOIN reading USING (reading_id) LEFT JOIN article USING (text_id)"
    wrong = "text IS NULL OR span.start < 0 OR span.stop <= span.start OR span.stop > length(text)"
    yield queried(connection, "sentences", rows, wrong, "span.reading_id, span.start, span.stop")


def _ids(connection: Connection) -> Iterator[Check]:
    """Every id is a hash of what it names, so a changed row no longer fits its own id."""
    yield checked("text ids", _rehashed(connection, "article", "text_id", lambda row: text_id(row["text"])))
    yield checked("capture ids", _rehashed(connection, "capture", "capture_id", _capture_id))
    yield checked("page ids", _rehashed(connection, "page", "page_id", _page_id))
    yield checked("reading ids", _rehashed(connection, "reading", "reading_id", _reading_id))
    for table in field_shapes():
        yield checked(f"{table} ids", _facts_rehashed(connection, table))


def _capture_id(row: Mapping[str, Any]) -> str:
    names = ("input_id", "sha256", "kind", "charset", "url", "title", "published")
    return content_id("capture", *(row[name] for name in names))


def _page_id(row: Mapping[str, Any]) -> str:
    return content_id("page", row["capture_id"], row["digest"])


def _reading_id(row: Mapping[str, Any]) -> str:
    names = ("text_id", "published", "published_from", "unread", "field", "digest")
    return content_id("reading", *(row[name] for name in names))


def _rehashed(
    connection: Connection, table: str, key: str, made: Callable[[Mapping[str, Any]], str]
) -> Iterator[str | None]:
    for row in streamed(connection, f"SELECT * FROM {table} ORDER BY {key}"):
        yield None if made(row) == row[key] else f"{row[key]} is not the hash of its row"


def _facts_rehashed(connection: Connection, table: str) -> Iterator[str | None]:
    """A fact's id hashes text, field, position, and at most one or two of its values (a toll's outcome)."""
    names = columns(field_shapes()[table])[6:]
    query = f"""SELECT fact.*, article.text FROM {table} AS fact JOIN reading USING (reading_id)
        JOIN article USING (text_id) ORDER BY ALL"""
    for row in streamed(connection, query):
        parts = (row["text"], table, row["start"], row["stop"])
        made = (fact_id(*parts, *distinct) for distinct in _distinct([row[name] for name in names]))
        yield None if row["id"] in made else f"{row['id']} is not the hash of {row['start']}:{row['stop']} of its text"


def _distinct(values: list[Any]) -> Iterator[tuple[Any, ...]]:
    yield ()
    for value in values:
        yield (value,)
    for index, value in enumerate(values):
        for other in values[index + 1 :]:
            yield value, other


def _links(connection: Connection) -> Iterator[Check]:
    """What foreign keys would hold, if DuckDB's did not break upserts: no row without what it hangs on."""
    links = [
        *[(field, "reading_id", "reading", "reading_id") for field in field_shapes()],
        *[(table, "page_id", "page", "page_id") for table in HUNG],
        ("page", "capture_id", "capture", "capture_id"),
        ("page", "text_id", "article", "text_id"),
        ("reading", "text_id", "article", "text_id"),
        ("article", "text_id", "page", "text_id"),
        ("incident", "reading_id", "reading", "reading_id"),
        ("sentence", "reading_id", "reading", "reading_id"),
        ("run_reading", "reading_id", "reading", "reading_id"),
        ("run_reading", "run_id", "run", "run_id"),
        ("outcome", "run_id", "run", "run_id"),
        ("outcome", "capture_id", "capture", "capture_id"),
        ("outcome", "page_id", "page", "page_id"),
        ("reading", "reading_id", "run_reading", "reading_id"),
    ]
    for table, key, other, theirs in links:
        wrong = f"{key} IS NOT NULL AND {key} NOT IN (SELECT {theirs} FROM {other} WHERE {theirs} IS NOT NULL)"
        yield queried(connection, f"{table} to {other}", table, wrong, key)
    facts = " UNION ALL ".join(f"SELECT reading_id, id, '{name}' AS field FROM {name}" for name in field_shapes())
    lost = f"""NOT EXISTS (SELECT 1 FROM ({facts}) AS fact
        WHERE fact.reading_id = evidence.reading_id AND fact.id = evidence.fact_id)"""
    yield queried(connection, "evidence to its fact", "evidence", lost, "fact_id")
    lost = "NOT EXISTS (SELECT 1 FROM incident WHERE reading_id = link.reading_id AND id = link.incident_id)"
    for table in ("incident_fact", "incident_group", "incident_leader"):
        yield queried(connection, f"{table} to incident", f"{table} AS link", lost, "incident_id")
    for name, table, key in (
        ("incident facts", "incident_fact", "fact_id"),
        ("incident places", "incident", "place_id"),
    ):
        lost = f"{key} IS NOT NULL AND {key} NOT IN (SELECT id FROM ({facts}))"
        yield queried(connection, f"{name} are facts", table, lost, key)
    yield from _inner_links(connection)
    grouped = f"(SELECT field, id, count(*) AS times FROM ({facts}) GROUP BY reading_id, field, id)"
    yield queried(connection, "facts once in a reading", grouped, "times > 1", "field, id")
    grouped = "(SELECT id, count(*) AS times FROM incident GROUP BY reading_id, id)"
    yield queried(connection, "incidents once in a reading", grouped, "times > 1", "id")


def _inner_links(connection: Connection) -> Iterator[Check]:
    """What names another row of its own table: the claim that it is part of or takes the place of, the incident."""
    own = [(name, key) for name in field_shapes() for key in columns(field_shapes()[name]) if key in _SAME_TABLE]
    for table, key in (*own, ("incident", "part_of")):
        lost = f"""{key} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} AS other
            WHERE other.reading_id = one.reading_id AND other.id = one.{key})"""
        yield queried(connection, f"{table} {key}", f"{table} AS one", lost, f"id, {key}")


def _counts(connection: Connection) -> Iterator[Check]:
    """Inputs are the sum of outcomes, and an outcome says what its page says."""
    counted = """(SELECT run.*, (SELECT count(*) FROM outcome WHERE outcome.run_id = run.run_id) AS counted FROM run)"""
    yield queried(
        connection,
        "runs: inputs are the sum of outcomes",
        counted,
        "finished_at IS NOT NULL AND inputs IS DISTINCT FROM counted",
        "'run', run_id, inputs, 'inputs', counted, 'outcomes'",
    )
    joined = "outcome LEFT JOIN page USING (page_id)"
    wrong = """outcome.outcome NOT IN ('read', 'empty', 'not_article', 'unchanged', 'failed')
        OR (outcome.outcome = 'unchanged' AND page.page_id IS NULL)
        OR (outcome.outcome IN ('read', 'empty', 'not_article') AND page.result IS DISTINCT FROM outcome.outcome)
        OR (outcome.outcome IN ('failed', 'empty', 'not_article') AND outcome.reason IS NULL)"""
    yield queried(connection, "outcomes as their pages say", joined, wrong, "run_id, input_id, outcome.outcome")


def _acknowledged(store: Store) -> Iterator[str | None]:
    """A run that the ledger knows has at least the outcomes that were acknowledged; after a kill it may have more. And
    the ledger knows every run of the store: it is written first."""
    said: Counter[int] = Counter()
    begun: set[int] = set()
    for line in store.ledger.lines():
        if line["what"] == "shard":
            said[line["run_id"]] += line["outcomes"]
        elif line["what"] == "run":
            begun.add(line["run_id"])
    runs = store.connection.execute("SELECT run_id FROM run ORDER BY run_id").fetchall()
    for (run_id,) in runs:
        yield None if run_id in begun else f"run {run_id} is not in the ledger {store.ledger.path.name}"
    counted = store.connection.execute("SELECT run_id, count(*) FROM outcome GROUP BY run_id").fetchall()
    there = Counter(dict(counted))
    for run_id, outcomes in sorted(said.items()):
        lost = outcomes - there[run_id]
        yield f"run {run_id}: {lost:,} of {outcomes:,} outcomes are gone" if lost > 0 else None


def _bytes_kept(connection: Connection, payload: Payload) -> Iterator[str | None]:
    for row in streamed(connection, "SELECT * FROM capture ORDER BY archive_file, archive_offset"):
        where = f"{row['capture_id']} in {row['archive_file']} at {row['archive_offset']}"
        try:
            data = payload(row["archive_file"], row["archive_offset"])
        except (OSError, ValueError) as error:
            yield f"{where}: {error}"
            continue
        fits = sha256(data) == row["sha256"] and len(data) == row["size"]
        yield None if fits else f"{where}: the bytes are not those that were read"
