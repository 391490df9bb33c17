"""The store: one DuckDB file that keeps captures, articles, facts, incidents and runs. Its only public face.

    with Store.open(Path("dateline.duckdb"), read_only=True) as store:
        for found in store.incidents(main=True, limit=10):
            print(found.incident.killed, found.article.title)

Beside the file PATH: PATH.warc (the archive: every page byte for byte), PATH.ledger (what was stored, on disk before it
is believed), PATH.attempts (what is being read now; gone when a run has finished), PATH.lock (held by the run under
way), PATH.shards (what was read and is not stored yet), PATH.rebuilding (a store that is being made again),
PATH.decisions and PATH.people (what people decided).

Every reading method gives plain dataclasses in a fixed order. Ids may be shortened wherever one is asked for. What the
user can mend is a `StoreError` whose message says how.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from dateline.models import (
    digest_parts,
    store_copying,
    store_decisions,
    store_diff,
    store_evaluate,
    store_ledger,
    store_read,
    store_reductions,
    store_rerun,
    store_review_order,
    store_reviewed,
    store_runs,
    store_schema,
    store_sources,
)
from dateline.models.again import Again
from dateline.models.capture import Capture
from dateline.models.decision import Decision, ReviewState, Taken, Verdict
from dateline.models.decision_file import DecisionsFile
from dateline.models.diff import Diff
from dateline.models.evaluation import Judged
from dateline.models.gate import SourceNight
from dateline.models.ids import content_id
from dateline.models.ledger import Ledger
from dateline.models.record import Record
from dateline.models.rerun import Planned, Scope, Wanted
from dateline.models.review_order import ToReview
from dateline.models.shard_files import remove_shard, write_shard
from dateline.models.store_connection import VERSION, Connection, Error, StoreError, connect
from dateline.models.store_ledger import LedgerRun
from dateline.models.store_read import Problem, StoredFact, StoredIncident, StoredRun
from dateline.models.store_records import StoredArticle
from dateline.models.store_reductions import Contradiction, Policy, Reduction
from dateline.models.store_runs import Entry, InputKey, Known
from dateline.models.store_sources import StoredSource

__all__ = [
    "PATIENCE",
    "VERSION",
    "Contradiction",
    "Entry",
    "InputKey",
    "Known",
    "Planned",
    "Policy",
    "Problem",
    "Reduction",
    "Scope",
    "Store",
    "StoreError",
    "StoredArticle",
    "StoredFact",
    "StoredIncident",
    "StoredRun",
    "StoredSource",
    "Wanted",
    "archive_folder",
    "shard_folder",
]


PATIENCE = 600.0  # seconds that a run waits for those who look into its store; beyond, it ends and can be resumed


def archive_folder(path: Path) -> Path:
    """Where the pages of the store at `path` are kept, byte for byte."""
    return path.with_name(path.name + ".warc")


def shard_folder(path: Path) -> Path:
    """Where shards of the store at `path` are kept until they are merged."""
    return path.with_name(path.name + ".shards")


def rebuilding_file(path: Path) -> Path:
    """Where the store at `path` is made again, until it is whole."""
    return path.with_name(path.name + ".rebuilding")


class Store:
    """An open store. While one process has it open for writing no other can open it, not even for reading; so a run
    lets it `rest` while it fetches and reads."""

    def __init__(self, connection: Connection, path: Path, *, file: Path | None = None) -> None:
        self._connection: Connection | None = connection
        self.path, self._file = path, file or path
        self.ledger = Ledger(path.with_name(path.name + ".ledger"), birth=store_schema.birth(connection))

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, patience: float = 0.0) -> "Store":
        """Open the store at `path`; to write, it is made or brought up to date. StoreError where that cannot be, also
        when others still have it open after `patience` seconds."""
        connection = connect(path, read_only=read_only, patience=patience)
        try:
            if read_only:
                store_schema.check(connection, current=True)
            else:
                store_schema.prepare(connection)
        except BaseException as error:
            connection.close()
            if isinstance(error, StoreError):
                raise StoreError(f"{path}: {error}") from error
            if isinstance(error, Error):
                raise StoreError(f"{path} is damaged; `dateline rebuild --db {path}` makes it again") from error
            raise
        return cls(connection, path)

    @classmethod
    def existing(cls, path: Path, *, patience: float = 0.0) -> "Store":
        """Open a store to write into that must be there; StoreError where it is not."""
        if not path.exists():
            raise StoreError(f"there is no store at {path}; `dateline ingest PAGE --db {path}` makes one")
        return cls.open(path, patience=patience)

    @classmethod
    def rebuilding(cls, path: Path, *, birth: str | None) -> "Store":
        """The store that is to take the place of the one at `path`, in a file of its own beside it, and with its
        ledger: `birth` says of which store that is."""
        connection = connect(rebuilding_file(path), read_only=False)
        store_schema.prepare(connection)
        if birth is not None:
            store_schema.bear(connection, birth)
        return cls(connection, path, file=rebuilding_file(path))

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def connection(self) -> Connection:
        """The open file; opened again, to be written, where it was at rest. StoreError where others keep it."""
        if self._connection is None:
            self._connection = connect(self._file, read_only=False, patience=PATIENCE)
        return self._connection

    def rest(self) -> None:
        """Close the file of a store that is written, until it is used again; others can read it meanwhile."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Close the file; the lock is free then."""
        if self._connection is not None:
            self._connection.close()

    # Writing: a run, its shards, its end.

    def start_run(
        self, kind: str, *, parameters: Mapping[str, Any], digests: Mapping[str, str], versions: Mapping[str, str]
    ) -> tuple[int, bool]:
        """A run's number, and whether it is one that was cut short and goes on. `versions`: all but duckdb's."""
        return store_runs.start_run(
            self.connection,
            self.ledger,
            kind=kind,
            parameters=parameters,
            digests=digests,
            versions={**versions, "duckdb": VERSION},
        )

    def note_parts(self, run_id: int, parts: Mapping[str, Mapping[str, str]]) -> None:
        """Keep what the digests of a run are made of (`parts` by field), and which policies are in force, unless that
        is known; a diff then names the file that changed."""
        digest_parts.begin(self.connection, self.ledger, run_id, parts)

    def handled(self, run_id: int) -> set[InputKey]:
        """The inputs of a run that have their outcome."""
        return store_runs.handled(self.connection, run_id)

    def each_handled(self, run_id: int) -> Iterator[InputKey]:
        """The same, one after the other; to be taken before the store is asked anything else."""
        return store_runs.each_handled(self.connection, run_id)

    def captures(self, capture_ids: Iterable[str]) -> set[str]:
        """Which of these captures are kept already."""
        return store_runs.captures(self.connection, capture_ids)

    def places(self, capture_ids: Iterable[str]) -> dict[str, tuple[str, int]]:
        """Where in the archive these captures stand, file and offset; those that the store has."""
        return store_runs.places(self.connection, capture_ids)

    def last_capture(self) -> tuple[str, int] | None:
        """Where in the archive the last record that the store knows stands: file and offset."""
        return store_runs.last_capture(self.connection)

    def known(
        self, run_id: int, capture_ids: Iterable[str], digests: Mapping[str, str], *, mapped: bool = False
    ) -> dict[str, Known]:
        """Which of these captures have been read, all of it, by the code of these digests; with `mapped`, and have the
        map of their text too."""
        return store_runs.known(self.connection, run_id, capture_ids, digests, mapped=mapped)

    def given_up(self, run_id: int, capture_ids: Iterable[str], digests: Mapping[str, str]) -> dict[str, str]:
        """Those of these captures that the code of these digests failed to read in too many runs, and why."""
        return store_runs.given_up(self.connection, run_id, capture_ids, digests)

    def add_shard(self, run_id: int, entries: list[Entry], *, shard: Path | None = None) -> None:
        """Store how some inputs ended and what was read in them, in one transaction. `shard` is where that is; it is
        removed then. Without one, it is in the entries' pages."""
        self.add_again(run_id, entries, shard=shard)
        rows = [(*one.key, one.outcome, one.reason, one.capture_id, one.source) for one in entries]
        self.ledger.write("shard", run_id=run_id, outcomes=len(rows), rows=rows)

    def last_captures(self, urls: Iterable[str]) -> dict[str, Capture]:
        """The latest capture of each URL that was ever fetched, by the URL as it was asked for."""
        return store_sources.last_captures(self.connection, urls)

    def add_sources(self, run_id: int, nights: Sequence[SourceNight]) -> None:
        """Note what each source of a collection gave in a run, with its alarm; what was noted before is replaced."""
        rows = store_sources.add_sources(self.connection, run_id, nights)
        self.ledger.write("sources", run_id=run_id, rows=[row[1:] for row in rows])

    def finish_run(self, run_id: int) -> None:
        """Every input of the run has its outcome."""
        now = datetime.now(UTC)
        store_runs.finish_run(self.connection, run_id, at=now)
        self.ledger.write("end", run_id=run_id, at=now.isoformat())

    def catch_up(self) -> None:
        """See to it that the ledger has all that the store has."""
        try:
            store_ledger.catch_up(self.connection, self.ledger)
        except Error as error:
            raise StoreError(f"{self.path} is damaged") from error

    def read_by_only(self, digests: Mapping[str, str]) -> bool:
        """Whether nothing in it was read by other code than that of these digests."""
        return store_runs.read_by_only(self.connection, digests)

    def run_again(self, run: LedgerRun) -> None:
        """A run of the ledger in a store that is made again, unless it is there."""
        store_runs.run_again(self.connection, run)

    def add_again(self, run_id: int, entries: list[Entry], *, shard: Path | None = None) -> None:
        """A shard that the ledger has already."""
        pages = [entry.page for entry in entries if entry.page]
        if pages and shard is None:
            name = content_id("pages", *(page.page_id for page in pages))
            shard = write_shard(shard_folder(self.path) / name, pages=pages, ended={})
        try:
            store_runs.add_shard(self.connection, run_id, entries, shard=shard)
        finally:  # one that cannot be stored is made again by the next call
            if shard is not None:
                remove_shard(shard)

    # Reruns.

    def plan_rerun(self, run_id: int, digests: Mapping[str, str], scope: Scope) -> Planned:
        """What a rerun has to do, kept until it has ended; found again where it was cut short."""
        return store_rerun.plan(self.connection, run_id, digests, scope)

    def estimate_rerun(self, digests: Mapping[str, str], scope: Scope) -> Planned:
        """What a rerun would have to do."""
        return store_rerun.estimate(self.connection, digests, scope)

    def list_unchanged(self, run_id: int) -> int:
        """Give the inputs of a rerun that need nothing their outcomes; returns how many there were."""
        return store_rerun.list_unchanged(self.connection, self.ledger, run_id)

    def work_left(self, run_id: int, *, after: int, limit: int) -> list[Wanted]:
        """The next inputs of a rerun that have something to be read, behind the position `after`."""
        return store_rerun.work_left(self.connection, run_id, after=after, limit=limit)

    def readings_of(
        self, wanted: Sequence[Wanted], digests: Mapping[str, str]
    ) -> tuple[dict[str, dict[str, str]], dict[str, list[str]]]:
        """The readings of today's code that some texts have, by field, and those of other fields that they keep."""
        now = store_rerun.readings_now(self.connection, wanted, digests)
        return now, store_rerun.readings_kept(self.connection, wanted, now)

    def copy_incidents(self, wanted: Sequence[Wanted], digests: Mapping[str, str]) -> dict[str, str]:
        """Take over the incidents of texts in which nothing else was found; the new readings' ids by `again_key`."""
        return store_copying.copy_incidents(self.connection, wanted, digests)

    def texts_again(
        self, wanted: Sequence[Wanted], now: Mapping[str, Mapping[str, str]], *, fields_only: bool = False
    ) -> list[Again]:
        """What has to be read again in some texts; `now` are the readings of today's code that there are."""
        return store_rerun.texts_again(self.connection, wanted, now, fields_only=fields_only)

    def end_rerun(self) -> None:
        """Throw the plan away."""
        store_rerun.clear(self.connection)

    def clear_shards(self) -> None:
        """Remove what runs that were killed have left of shards: every input has its outcome."""
        remove_shard(shard_folder(self.path))

    def finish_again(self, run: LedgerRun) -> None:
        """What a run of the ledger has beside its outcomes."""
        store_ledger.finish_again(self.connection, run)

    # Deciding.

    def decide(self, verdicts: Sequence[Verdict], *, who: str | None, at: str) -> Taken:
        """Take in what people decided, all of it or nothing (ForeignDecisions); flows/deciding.py then lets the
        incidents follow. `who` and `at` are for verdicts that do not say. Written to PATH.decisions first."""
        return store_reviewed.decide(self.connection, DecisionsFile(self.path), verdicts, who=who, at=at)

    def settle(self) -> bool:
        """Find out how the decisions of PATH.decisions stand to what is read now; False where there are none."""
        kept = DecisionsFile(self.path).decisions()
        if not kept and not store_decisions.decisions(self.connection):
            return False
        store_decisions.copy(self.connection, kept)
        store_reviewed.settle(self.connection)
        return True

    def decisions(self) -> list[Decision]:
        """Every decision, in the order in which they were taken in."""
        return store_decisions.decisions(self.connection)

    def review_states(self) -> list[ReviewState]:
        """Every decision with how it stands to what is read now."""
        return store_reviewed.states(self.connection)

    def judged(self) -> list[Judged]:
        """Every value that people judged or added, with its rule, source and sentence: what evaluation.py counts."""
        return store_evaluate.judged(self.connection)

    def review_order(self) -> list[ToReview]:
        """The incidents that nobody decided on, the most doubtful first, each with its reasons in words."""
        return store_review_order.review_order(self.connection)

    # Reading.

    def articles(self, *, result: str | None = "read", limit: int | None = None) -> list[StoredArticle]:
        """The pages as they are now, by origin and id. `result` None: also those that were not read."""
        return store_read.articles(self.connection, result=result, limit=limit)

    def article(self, prefix: str) -> StoredArticle:
        """By the start of its text id or capture id, or by its input id or URL."""
        return store_read.article(self.connection, prefix)

    def capture(self, article: StoredArticle) -> Capture:
        """What an article was read from, and where its bytes are kept."""
        return store_read.capture(self.connection, article)

    def capture_of(self, capture_id: str) -> Capture:
        """By its whole id."""
        return store_read.capture_of(self.connection, capture_id)

    def record(self, article: StoredArticle) -> Record:
        """All that was read in an article: `.facts` by field with evidence, `.incidents`, `.article.furniture`."""
        return store_read.record(self.connection, article)

    def records(self) -> Iterator[tuple[StoredArticle, Record]]:
        """Every article that was read, with its record; a text that several pages carry comes once."""
        return store_read.all_records(self.connection)

    def fact(self, prefix: str) -> StoredFact:
        """By the start of its id."""
        return store_read.fact(self.connection, prefix)

    def incidents(
        self, *, main: bool | None = None, place: str | None = None, limit: int | None = None
    ) -> list[StoredIncident]:
        """By date, unknown dates last. `place`: part of a place's or division's name, or a country's code."""
        return store_read.incidents(self.connection, main=main, place=place, limit=limit)

    def incident(self, prefix: str) -> StoredIncident:
        """By the start of its id, with the facts of its article."""
        return store_read.incident(self.connection, prefix)

    def policies(self) -> list[Policy]:
        """The policies under which figures can be had, by name."""
        return store_reductions.known_policies(self.connection)

    def reductions(self, *, policy: str | None = None) -> list[Reduction]:
        """What a policy, or each of them, would record of every incident: figures with the facts behind them."""
        return store_reductions.reductions(self.connection, policy=policy)

    def contradictions(self) -> list[Contradiction]:
        """Pairs of claims of one incident that cannot both be true."""
        return store_reductions.contradictions(self.connection)

    def runs(self, *, limit: int | None = None) -> list[StoredRun]:
        """The latest first, each with its outcomes counted."""
        return store_read.runs(self.connection, limit=limit)

    def run_sources(self, run_id: int) -> list[StoredSource]:
        """What each source of a collection gave in a run, how its inputs ended, and the alarm if there is one."""
        return store_sources.run_sources(self.connection, run_id)

    def diff(self, before: str, after: str, *, whole: bool | None = None) -> Diff:
        """What became different between two runs, named by number, or as `last` and `last-1`; see `store_diff.diff`."""
        first, second = (store_diff.run_named(self.connection, name) for name in (before, after))
        return store_diff.diff(self.connection, first, second, whole=whole)

    def problems(self, *, run_id: int | None = None, limit: int | None = None) -> list[Problem]:
        """The inputs of a run (default: the latest) that gave no article, and why."""
        return store_read.problems(self.connection, run_id=run_id, limit=limit)

    def counts(self) -> dict[str, int]:
        """What the store holds now: captures, articles, facts of each field, incidents, runs."""
        return store_read.counts(self.connection)
