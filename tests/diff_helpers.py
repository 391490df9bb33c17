"""Runs of invented code, for the tests of what became different between two of them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.models.article import Source
from dateline.models.diff import Change, Diff
from dateline.models.record import Record
from dateline.models.store import Store
from dateline.models.store_connection import connect
from dateline.models.store_rows import page_of

from .store_helpers import DIGESTS, VERSIONS, capture, entry, record, source

Change_ = Callable[[Record], Record]
FIELDS = ("dates", "places", "casualties", "leaders")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store without a run, and one with a first run over one article: the tests work on copies."""
    paths = {name: tmp_path_factory.mktemp(name) / "ledger.duckdb" for name in ("bare", "store")}
    with Store.open(paths["bare"]):
        pass
    with Store.open(paths["store"]) as opened:
        run_with(opened, [source()])
    return paths


def copied(path: Path, folder: Path) -> Store:
    for name in (path.name, f"{path.name}.ledger"):
        if path.with_name(name).exists():
            shutil.copy(path.with_name(name), folder / name)
    return Store(connect(folder / path.name, read_only=False), folder / path.name)  # its views are made


@pytest.fixture
def bare(made: dict[str, Path], tmp_path: Path) -> Iterator[Store]:
    with copied(made["bare"], tmp_path) as opened:
        yield opened


@pytest.fixture
def store(made: dict[str, Path], tmp_path: Path) -> Iterator[Store]:
    """With run 1, over one article."""
    with copied(made["store"], tmp_path) as opened:
        yield opened


def digests(*changed: str, version: int = 2) -> dict[str, str]:
    """The digests of code in which some fields are another version; incidents read all fields."""
    moved = {*changed, *(["incidents"] if set(changed) & {*FIELDS, "incidents"} else [])}
    return {name: f"{name}-{version}" if name in moved else digest for name, digest in DIGESTS.items()}


def parts_of(digests: dict[str, str], *, also: dict[str, dict[str, str]] | None = None) -> dict[str, dict[str, str]]:
    """What such digests would be made of: a rules file and code for each."""
    found = {
        name: {f"extractors/{name}/rules.yml": digest, f"extractors/{name}/find.py": "same", "library spacy": "3.8"}
        for name, digest in digests.items()
    }
    found["incidents"] = {"extractors/incidents/toll.py": "same", **{f"field {one}": digests[one] for one in FIELDS}}
    for name, parts in (also or {}).items():
        found[name] |= parts
    return found


def run_with(
    store: Store,
    given: list[Source],
    *,
    digests: dict[str, str] = DIGESTS,
    changed: Change_ = lambda read: read,
    also: dict[str, dict[str, str]] | None = None,
    noted: bool = True,
    kind: str = "ingest",
) -> int:
    """A run over some texts; `changed` is what its code reads otherwise."""
    run_id, _ = store.start_run(kind, parameters={"n": len(store.runs())}, digests=digests, versions=VERSIONS)
    if noted:
        store.note_parts(run_id, parts_of(digests, also=also))
    entries = []
    for one in given:
        kept = capture(one)
        page = page_of(changed(record(one)), kept.capture_id, digests)
        entries.append(replace(entry(one, digests=digests), page=page, source="wire"))
    store.add_shard(run_id, entries)
    store.finish_run(run_id)
    return run_id


def toll(best: int, **more: Any) -> Change_:
    """Code that reads another number of dead."""

    def changed(read: Record) -> Record:
        (claim,) = read.facts["casualties"]
        other = replace(claim, low=best, best=best, high=best, **more)
        toll = replace(read.incidents[0].killed, low=best, best=best, high=best)
        return replace(
            read,
            facts={**read.facts, "casualties": (other,)},
            incidents=(replace(read.incidents[0], killed=toll),),
        )

    return changed


def by_field(found: Diff) -> dict[str, Change]:
    assert len({change.field for change in found.changes}) == len(found.changes)
    return {change.field: change for change in found.changes}
