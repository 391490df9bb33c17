"""Making a store again: its runs from the ledger, its pages from the archive, its persons from what people decided.

Every outcome is what the ledger says it was; what was read in a page is read again, by the code of today. Where that is
the code that read it then, the rows are the same, clock columns aside.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from dateline.extractors.digests import digests as code_digests
from dateline.extractors.digests import parts as code_parts
from dateline.flows.attempts import Attempts
from dateline.flows.collecting import Progress
from dateline.flows.lock import running
from dateline.flows.orders import carry_out
from dateline.flows.reading import Readers, read_mapped
from dateline.flows.runners import Read
from dateline.flows.settling import settle
from dateline.flows.shards import Item, Shard, entries, shards
from dateline.flows.versions import versions
from dateline.models.article import Source
from dateline.models.capture import Capture
from dateline.models.ledger import read_ledger
from dateline.models.shard_files import ended_of, remove_shard
from dateline.models.store import Entry, Store, StoreError, archive_folder, rebuilding_file, shard_folder
from dateline.models.store_connection import StoreInUse
from dateline.models.store_ledger import LedgerRun, runs_of
from dateline.models.store_rows import Row
from dateline.sources.archive import Place, places, read_capture

AT_ONCE = 200  # outcomes stored in one transaction
KIND = "rebuild"  # of a run that takes in what no other accounts for
LOST = "its page is not in the archive any more"


@dataclass
class Rebuilt:
    """What came of it. `lost`: captures that the archive could not give, with the reason; `unread`: captures that had
    been read and now were not; `unknown`: outcomes that an older Dateline's ledger only counted; `found`: captures that
    were taken in, as a run of their own, because of that."""

    runs: int = 0
    inputs: int = 0
    unknown: int = 0
    found: int = 0
    lost: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether everything is there again."""
        return not (self.unknown or self.lost or self.unread)


def rebuild(
    path: Path, *, jobs: int = 1, seconds: float = 30.0, read: Read = carry_out, progress: Progress | None = None
) -> Rebuilt:
    """Make the store at `path` again beside it, and put it in its place when it is whole. Killed and called again, it
    goes on. StoreError where there is nothing to make it of, or another process has the store."""
    told = progress or Progress()
    with ExitStack() as open_until_done:
        open_until_done.enter_context(running(path))
        _hold(path, open_until_done)
        lines = list(read_ledger(path.with_name(path.name + ".ledger")))
        archived = places(archive_folder(path))
        if not lines and not archived:
            raise StoreError(f"there is neither a ledger nor an archive beside {path} to make it again from")
        birth = str(lines[0]["birth"]) if lines else None
        runs = runs_of(lines)
        with _begun(path, birth) as store:
            done = _Rebuilding(store, archived, read, told).run(runs, jobs=jobs, seconds=seconds)
        _put_in_place(path)
    return done


def _hold(path: Path, held: ExitStack) -> None:
    """Where the old store can be opened, let the ledger have all that it has, and nobody write into it meanwhile."""
    if not path.exists():
        return
    try:
        store = held.enter_context(Store.open(path, read_only=True))
        store.catch_up()
    except StoreInUse:
        raise
    except StoreError:
        pass  # it is damaged: that is why it is made again


def _begun(path: Path, birth: str | None) -> Store:
    """The file that an interrupted call left, or a new one where that was begun by other code or for another store."""
    file = rebuilding_file(path)
    if file.exists():
        try:
            store = Store.rebuilding(path, birth=None)
            if store.ledger.birth == (birth or store.ledger.birth) and store.read_by_only(code_digests()):
                return store
            store.close()
        except StoreInUse:
            raise
        except StoreError:
            pass  # it was damaged too
        for part in (file, _wal(file)):
            part.unlink(missing_ok=True)
    return Store.rebuilding(path, birth=birth)


def _wal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _put_in_place(path: Path) -> None:
    """The old store becomes PATH.before-rebuild, and the new one takes its place, at no moment without a store. A
    write-ahead log of the old one must not stay: it would be laid over the new one."""
    old = path.with_name(path.name + ".before-rebuild")
    for name, kept in ((_wal(path), _wal(old)), (path, old)):
        if path.exists():
            kept.unlink(missing_ok=True)
        if name.exists():
            _link(name, kept)
    _wal(path).unlink(missing_ok=True)
    os.replace(rebuilding_file(path), path)
    handle = os.open(path.absolute().parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _link(name: Path, other: Path) -> None:
    try:
        os.link(name, other)
    except OSError:  # a file system without links
        shutil.copy2(name, other)


class _Rebuilding:
    """One call: the new store, and where the archive has each capture."""

    def __init__(self, store: Store, archived: Mapping[str, Place], read: Read, told: Progress) -> None:
        self._store, self._archived, self._read, self._told = store, archived, read, told
        self._digests = code_digests()
        self._attempts = Attempts(store.path.with_name(store.path.name + ".rebuilding.attempts"))
        self._done = Rebuilt()
        self._folder = shard_folder(rebuilding_file(store.path))

    def run(self, runs: Sequence[LedgerRun], *, jobs: int, seconds: float) -> Rebuilt:
        """Everything, in order: runs with their shards, what no run accounts for, persons, the ends of the runs."""
        with Readers(jobs, seconds=seconds) as plain, Readers(jobs, seconds=seconds, read=read_mapped) as mapped:
            for run in runs:
                self._store.run_again(run)
                self._fill(run, mapped if run.parameters.get("map") else plain)
            self._done.unknown = sum(run.lost for run in runs)
            if self._done.unknown or not runs:
                self._found(runs, plain)
        ids = [run.run_id for run in self._store.runs(limit=1)]
        if ids:
            settle(self._store, ids[0], again=True)
        for run in runs:
            self._store.finish_again(run)
        self._attempts.clear()
        remove_shard(self._folder)
        return self._done

    def _fill(self, run: LedgerRun, readers: Readers) -> None:
        self._done.runs += 1
        self._done.inputs += len(run.outcomes)
        handled = self._store.handled(run.run_id)
        self._told.begun(run_id=run.run_id, resumed=bool(handled), done=len(handled))
        for rows in shards((row for key, row in run.outcomes.items() if key not in handled), AT_ONCE):
            made, path = self._shard(run, rows, readers)
            self._store.add_again(run.run_id, made, shard=path)
            self._told.stored(len(made))

    def _shard(self, run: LedgerRun, rows: list[Row], readers: Readers) -> tuple[list[Entry], Path | None]:
        """The entries of some outcomes, and the shard of those pages that the new store had not read yet."""
        wanted = {row[5] for row in rows if row[5]}
        had = {row[5] for row in rows if row[5] and row[3] != "failed"}
        mapped = bool(run.parameters.get("map"))
        known = self._store.known(run.run_id, had, self._digests, mapped=mapped)
        stored = self._store.captures(wanted)
        kept = dict(self._kept(sorted(wanted - (stored & (known.keys() | (wanted - had))))))
        shard = Shard([], {own: capture for own, (_, capture) in kept.items() if own not in stored}, known=known)
        for row in rows:
            if row[5] in had and (row[5] in kept or row[5] in known):
                source = kept[row[5]][0] if row[5] in kept else Source(id=row[1])
                place = replace(source, origin=row[0], via=row[6])
                shard.items.append(Item((row[0], row[1], row[2]), place, row[5]))
        order = shard.order(
            archive=archive_folder(self._store.path), folder=self._folder, digests=self._digests, mapped=mapped
        )
        path = self._read(order, readers, self._attempts, self._told.read) if order else None
        made = {entry.key: entry for entry in entries(shard, ended_of(path) if path else {})}
        return [self._entry(row, made, shard, stored) for row in rows], path

    def _kept(self, ids: Sequence[str]) -> Iterator[tuple[str, tuple[Source, Capture]]]:
        for own in ids:
            try:
                yield own, read_capture(archive_folder(self._store.path), self._archived[own])
            except KeyError:
                self._done.lost[own] = LOST
            except (OSError, ValueError) as error:
                self._done.lost[own] = f"{LOST}: {error}"

    def _entry(self, row: Row, made: Mapping[tuple[str, str, int], Entry], shard: Shard, stored: set[str]) -> Entry:
        """How an input ended, as the ledger says, and with what was read in its page now."""
        key, (said, reason, own, via) = (row[0], row[1], row[2]), row[3:]
        if own is not None and own not in stored and own not in shard.captures:
            return Entry(key=key, outcome="failed", reason=self._done.lost.get(own, LOST), source=via)
        entry = made.get(key)
        if entry is None:
            capture = shard.captures.get(own)
            return Entry(key=key, outcome=said, reason=reason, capture_id=own, capture=capture, source=via)
        if entry.outcome == "failed":
            self._done.unread[own] = entry.reason or ""
            return entry
        if said == "unchanged":
            return replace(entry, outcome=said, reason=None)
        if known := shard.known.get(own):
            return replace(entry, outcome=known.result, reason=known.reason)
        return entry

    def _found(self, runs: Sequence[LedgerRun], readers: Readers) -> None:
        """What the archive has and no outcome of the ledger names, in runs of its own: the first captures of all
        inputs, then the second ones, so that a later version of a page takes the place of the earlier."""
        named = {row[5] for run in runs if run.kind != KIND for row in run.outcomes.values()}
        again = {row[5] for run in runs if run.kind == KIND for row in run.outcomes.values()}
        seen: Counter[str] = Counter()
        versions_of: list[list[Row]] = []
        for some in shards((own for own in self._archived if own not in named), AT_ONCE):
            for own, (source, _) in self._kept(some):
                where = source.url or source.id
                if seen[where] == len(versions_of):
                    versions_of.append([])
                versions_of[seen[where]].append((where, source.id, 0, "read", None, own, None))
                seen[where] += 1
        self._done.found = sum(seen.values())
        for number, rows in enumerate(versions_of):
            left = [row for row in rows if row[5] not in again]
            if left:
                self._as_run(number, left, readers)
        for run in self._store.runs():
            if run.kind == KIND and run.finished_at is None:
                self._store.finish_run(run.run_id)

    def _as_run(self, number: int, rows: Iterable[Row], readers: Readers) -> None:
        run_id, _ = self._store.start_run(
            KIND, parameters={"version": number}, digests=self._digests, versions=versions()
        )
        self._store.note_parts(run_id, code_parts())
        for some in shards(rows, AT_ONCE):
            made, path = self._shard(LedgerRun(run_id), some, readers)
            self._store.add_shard(run_id, made, shard=path)
