"""A small store with three invented articles on two events, for the tests of what is published."""

from dataclasses import replace
from pathlib import Path

from dateline.models.article import Source
from dateline.models.record import Record
from dateline.models.store import Entry, Store
from dateline.models.store_rows import page_of

from .store_helpers import DIGESTS, TEXT, VERSIONS, capture, entry, record, source

GIVEN = (
    # text, day of publication, publisher, number of dead
    (TEXT, "2021-05-04", "Velm Post", 2),
    (TEXT + " A third lay by the well.", "2021-05-06", "North Gazette", 5),
    (TEXT + " It was the second raid.", "2021-05-06", "Aland Radio", 7),
    (TEXT + " Nobody has claimed it.", "2021-06-01", "Velm Post", 1),
)


def sources() -> list[Source]:
    """The articles as they were given."""
    return [
        replace(source(f"{number}.html", text=text, published=day), url=f"https://news.example/{number}")
        for number, (text, day, _, _) in enumerate(GIVEN)
    ]


def reading(given: Source, publisher: str, dead: int) -> Record:
    """What is read in one of them."""
    read = record(given)
    (claim,) = read.facts["casualties"]
    (leader,) = read.facts["leaders"]
    (incident,) = read.incidents
    claim = replace(claim, low=dead, best=dead, high=dead)
    leader = replace(leader, status="killed")
    incident = replace(incident, killed=replace(incident.killed, low=dead, best=dead, high=dead), injured=None)
    return replace(
        read,
        article=replace(read.article, publisher=publisher),
        facts={**read.facts, "casualties": (claim,), "leaders": (leader,)},
        incidents=(incident,),
    )


def entries(given: list[Source]) -> list[Entry]:
    """How each of them ended."""
    found = []
    for one, (_, _, publisher, dead) in zip(given, GIVEN, strict=False):
        kept = capture(one)
        found.append(replace(entry(one), page=page_of(reading(one, publisher, dead), kept.capture_id, DIGESTS)))
    return found


def make_store(path: Path) -> Store:
    """A store with one finished run, its events and persons as a gathering would leave them: the first three articles
    tell of one event, the fourth of another, and nobody knows whether the two are one."""
    store = Store.open(path)
    run_id, _ = store.start_run("ingest", parameters={}, digests=DIGESTS, versions=VERSIONS)
    store.add_shard(run_id, entries(sources()))
    store.connection.execute(
        """
        CREATE TEMP TABLE told AS SELECT incident.id AS incident_id, reading_id, text_id, published,
            row_number() OVER (ORDER BY input_id) AS number, input_id
            FROM incident JOIN reading USING (reading_id) JOIN current_page USING (text_id, published);
        INSERT INTO event VALUES ('event-1', 'x'), ('event-2', 'y');
        INSERT INTO event_incident SELECT incident_id, CASE WHEN number < 4 THEN 'event-1' ELSE 'event-2' END, 'main',
            text_id, text_id FROM told;
        INSERT INTO event_report SELECT incident_id, reading_id, '1', published, [], '{}' FROM told;
        INSERT INTO event_pair SELECT min(incident_id), max(incident_id), 'doubtful', 1.5, '[]' FROM told
            WHERE number IN (1, 4);
        INSERT INTO person VALUES ('person-1', 'Ada Brok');
        INSERT INTO person_appearance BY NAME SELECT 'appearance-' || text_id AS appearance_id,
            'person-1' AS person_id, text_id, published, reading_id FROM reading WHERE field = 'leaders';
        INSERT INTO person_mention BY NAME SELECT id AS fact_id, 'appearance-' || text_id AS appearance_id
            FROM leaders JOIN reading USING (reading_id);
        DROP TABLE told"""
    )
    store.finish_run(run_id)
    return store
