"""What an ingest is asked to do, and what it says it did."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt, model_validator

from dateline.sources.inputs import is_url
from dateline.sources.jsonl import day_or_month


def _date(value: str | None) -> str | None:
    if value is not None and day_or_month(value) != value:
        raise ValueError(f"{value!r} is no date like 2014-06-12 or 2014-06")
    return value


class IngestRequest(BaseModel):
    """The parameters of the flow `ingest`: a form in the Prefect UI."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    inputs: list[str] = Field(default=[], description="pages, texts, JSONL files, folders, URLs, or - for stdin")
    collection: Path | None = Field(default=None, description="a dateline.toml: the sources to read tonight")
    db: Path = Field(default=Path("dateline.duckdb"), description="the store")
    published: Annotated[str | None, AfterValidator(_date)] = Field(
        default=None, description="publication date (YYYY-MM-DD or YYYY-MM) of inputs that bring none"
    )
    jobs: PositiveInt = Field(default=1, description="worker processes")
    seconds: float = Field(default=30.0, gt=0, description="the longest that one page may take to read")
    shard: PositiveInt = Field(default=200, description="inputs stored in one transaction")
    pause: float = Field(default=1.0, ge=0, description="seconds between two requests to one host")
    map: bool = Field(default=False, description="keep where each text stands in the bytes of its page")
    allow_private: bool = Field(default=False, description="fetch from private addresses too (for tests)")

    @model_validator(mode="after")
    def _something(self) -> "IngestRequest":
        if not self.inputs and self.collection is None:
            raise ValueError("give inputs, or a collection")
        return self

    def meaning(self) -> dict[str, object]:
        """What makes two requests the same run: what is read, not how fast or into which store."""
        places = [given if is_url(given) or given == "-" else str(Path(given).absolute()) for given in self.inputs]
        collection = str(self.collection.absolute()) if self.collection else None
        return {"inputs": places, "collection": collection, "published": self.published, "map": self.map}


class IngestReport(BaseModel):
    """How a run went. `outcomes` are those of the whole run, also where it went on from an earlier call. `alarms` says
    of which sources of the collection it is no success, and why."""

    run_id: int
    resumed: bool
    outcomes: dict[str, int]
    facts: dict[str, int]
    incidents: int
    alarms: dict[str, str] = {}

    @property
    def inputs(self) -> int:
        """Every input has exactly one outcome."""
        return sum(self.outcomes.values())
