"""Publishing as plain functions: a store in, a snapshot for analysts out, and what to say of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from dateline.models.publish import Published, publish_duckdb, publish_folder

Kind = Literal["duckdb", "parquet"]


def publish_store(
    db: Path, out: Path, *, kind: Kind, with_text: bool = True, anyway: bool = False, patience: float
) -> Published:
    """Publish a store. Withheld where the last night has alarms and not `anyway`, StoreError where it cannot be read,
    OSError where `out` cannot be written."""
    publish = publish_duckdb if kind == "duckdb" else publish_folder
    return publish(db, out, with_text=with_text, anyway=anyway, patience=patience)


def published_words(done: Published) -> Iterator[str]:
    """What was published, and what of it people should know, a line each."""
    yield (
        f"run {done.run_id} of {done.day} to {done.path}: {done.articles:,} articles, {done.events:,} events, "
        f"{done.size / 1e6:,.1f} MB, schema {done.schema_version}"
    )
    if done.left_out:
        runs = ", ".join(map(str, done.left_out))
        yield f"run {runs} has not finished; nothing of it is in the snapshot"
    for alarm in done.alarms:
        yield f"published in spite of an alarm: {alarm}"
