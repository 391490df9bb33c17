"""What the flows are asked to do, and what an ingest says it did. Each request is a form in the Prefect UI."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt, model_validator

from dateline.sources.collection import read_collection
from dateline.sources.inputs import is_url
from dateline.sources.jsonl import day_or_month

DEFAULT_DB = Path("dateline.duckdb")

Format = Literal["csv", "jsonl", "web-annotation"]
What = Literal["incidents", "claims"]


def _date(value: str | None) -> str | None:
    if value is not None and day_or_month(value) != value:
        raise ValueError(f"{value!r} is no date like 2014-06-12 or 2014-06")
    return value


class Reading(BaseModel):
    """How pages are read and stored, whatever they are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    jobs: PositiveInt = Field(default=1, description="worker processes")
    seconds: float = Field(default=30.0, gt=0, description="the longest that one page may take to read")
    shard: PositiveInt = Field(default=200, description="inputs stored in one transaction")
    map: bool = Field(default=False, description="keep where each text stands in the bytes of its page")


class IngestRequest(Reading):
    """The parameters of the flow `ingest`."""

    inputs: list[str] = Field(default=[], description="pages, texts, JSONL files, folders, URLs, or - for stdin")
    collection: Path | None = Field(default=None, description="a dateline.toml: the sources to read tonight")
    db: Path = Field(default=DEFAULT_DB, description="the store; as it stands here, the one that the collection names")
    published: Annotated[str | None, AfterValidator(_date)] = Field(
        default=None,
        description="publication date (YYYY-MM-DD or YYYY-MM) of inputs that bring none",
        json_schema_extra={"pattern": r"^\d{4}-\d{2}(-\d{2})?$"},  # so that a form can refuse it too
    )
    pause: float = Field(default=1.0, ge=0, description="seconds between two requests to one host")
    allow_private: bool = Field(default=False, description="fetch from private addresses too (for tests)")

    @model_validator(mode="after")
    def _something(self) -> "IngestRequest":
        if not self.inputs and self.collection is None:
            raise ValueError("give inputs, or a collection")
        return self

    def placed(self) -> "IngestRequest":
        """With the store that the collection names, where this one names no other. CollectionError where the
        collection is wrong."""
        if self.collection is None or self.db != DEFAULT_DB:
            return self
        store = self.collection.parent / read_collection(self.collection).store
        return self.model_copy(update={"db": store})

    def meaning(self) -> dict[str, object]:
        """What makes two requests the same run: what is read, not how fast or into which store."""
        places = [given if is_url(given) or given == "-" else str(Path(given).absolute()) for given in self.inputs]
        collection = str(self.collection.absolute()) if self.collection else None
        return {"inputs": places, "collection": collection, "published": self.published, "map": self.map}


class ExportRequest(BaseModel):
    """The parameters of the flow `export`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    db: Path = Field(default=DEFAULT_DB, description="the store")
    out: Path = Field(description="the file to write; it appears under this name once it is whole")
    format: Format = Field(default="csv", description="csv for spreadsheets, jsonl for whole records")
    what: What = Field(default="incidents", description="the rows of a csv")


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
