"""The Prefect flow `publish`: a snapshot of the store for analysts.

The store is imported inside the function, for the reason given in `ingest.py`.
"""

from pathlib import Path

from prefect import flow, get_run_logger
from pydantic import BaseModel, ConfigDict, Field

from dateline.flows.request import DEFAULT_DB

PATIENCE = 600.0  # seconds that a snapshot waits for a run to finish writing


class PublishRequest(BaseModel):
    """The parameters of the flow `publish`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    db: Path = Field(default=DEFAULT_DB, description="the store")
    out: Path = Field(description="the DuckDB file, or the folder for Parquet")
    format: str = Field(default="duckdb", pattern="^(duckdb|parquet)$", description="duckdb or parquet")
    text: bool = Field(default=True, description="with the texts of the articles")
    anyway: bool = Field(default=False, description="also where the last night had an alarm")


@flow(name="publish", validate_parameters=True, persist_result=False)
def publish(request: PublishRequest) -> str:
    """Put a read-only copy of the store where analysts can query it. Fails where the last night had an alarm."""
    from dateline.flows.leaving import guard_servers
    from dateline.flows.publishing import publish_store, published_words

    guard_servers()
    done = publish_store(
        request.db,
        request.out,
        kind="parquet" if request.format == "parquet" else "duckdb",
        with_text=request.text,
        anyway=request.anyway,
        patience=PATIENCE,
    )
    words = list(published_words(done))
    for line in words:
        get_run_logger().info("%s", line)
    return words[0]
