"""The corpus of events in temporary stores: ingested night by night, each text read once a process, and linked."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from unittest.mock import patch

from dateline.extractors.digests import digests
from dateline.flows.attempts import Attempts
from dateline.flows.collecting import collect
from dateline.flows.orders import Done, Order, carry_out
from dateline.flows.reading import Readers, Watch, Work, read_one
from dateline.flows.request import IngestRequest, RerunRequest
from dateline.flows.rerunning import rerun
from dateline.models.again import Again
from dateline.models.record import Record
from dateline.models.store import Store

_EVENTS = "SELECT incident_id, event_id FROM event_incident ORDER BY ALL"
_PAIRS = "SELECT left_id, right_id FROM event_pair WHERE verdict = 'doubtful' ORDER BY ALL"
_RECORDS: dict[tuple[str | None, ...], Record] = {}


@dataclass(frozen=True)
class Linked:
    """What a store says: incident to event, and the pairs of incidents that are left to people."""

    events: dict[str, str]
    doubtful: list[tuple[str, str]]

    def groups(self) -> set[frozenset[str]]:
        """The events as sets of incidents."""
        found = defaultdict(set)
        for incident, event in self.events.items():
            found[event].add(incident)
        return {frozenset(group) for group in found.values()}


def ingest(db: Path, lines: Sequence[str]) -> None:
    """One night: the lines of JSONL into the store, linked."""
    given = db.with_name(f"night-{sum(1 for _ in db.parent.glob('night-*')):03}.jsonl")
    given.write_text("\n".join(lines) + "\n", encoding="utf-8")
    collect(IngestRequest(inputs=[str(given)], db=db), read=_carry_out)


def rerun_all(db: Path) -> None:
    """A rerun by rules that count as others, so that every incident is made again."""
    other = {**digests(), "incidents": "other rules"}
    with patch("dateline.flows.rerunning.code_digests", return_value=other):
        rerun(RerunRequest(db=db), read=_carry_out)


class _Here:
    """Readers that are no other process."""

    def read(self, sources: Iterable[Work], *, alone: bool, watch: Watch) -> Iterator[Record]:
        """The record of every source, in order."""
        for source in sources:
            watch("trying", source)
            yield _read(source)
            watch("done", source)


def _carry_out(order: Order, readers: Readers, attempts: Attempts, done: Done | None = None) -> Path:
    return carry_out(order, cast(Readers, _Here()), attempts, done)


def _read(source: Work) -> Record:
    """The record of a source; the corpus is read once however often it is ingested."""
    if isinstance(source, Again):
        return read_one(source)
    key = (source.id, source.text, source.url, source.title, source.published)
    if key not in _RECORDS:
        _RECORDS[key] = read_one(source)
    return _RECORDS[key]


def linked(store: Store) -> Linked:
    """The events of a store, and its doubtful pairs: those of which people are asked."""
    events = dict(store.connection.execute(_EVENTS).fetchall())
    pairs = store.connection.execute(_PAIRS).fetchall()
    return Linked(events, [(one, other) for one, other in pairs if events.get(one) != events.get(other)])


@contextmanager
def stored(nights: Sequence[Sequence[str]]) -> Iterator[Path]:
    """A temporary store after so many nights."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "events.duckdb"
        for lines in nights:
            ingest(db, lines)
        yield db


def look(db: Path) -> Linked:
    """What a store says."""
    with Store.open(db, read_only=True) as store:
        return linked(store)
