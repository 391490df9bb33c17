"""What the flows are asked to do, and what an ingest says it did. Each request is a form in the Prefect UI."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt, WithJsonSchema, model_validator

from dateline.models.fields import fields as field_shapes
from dateline.models.rerun import Scope
from dateline.sources.collection import read_collection
from dateline.sources.inputs import is_url
from dateline.sources.jsonl import day_or_month

DEFAULT_DB = Path("dateline.duckdb")

Format = Literal["xlsx", "csv", "html", "label-studio", "jsonl", "parquet", "web-annotation", "ucdp", "acled"]
What = Literal["incidents", "claims", "events", "dates", "places", "leaders"]
Order = Literal["date", "doubt"]


def _date(value: str | None) -> str | None:
    if value is not None and day_or_month(value) != value:
        raise ValueError(f"{value!r} is no date like 2014-06-12 or 2014-06")
    return value


Day = Annotated[
    str | None,
    AfterValidator(_date),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"}, {"type": "null"}]}),
]  # the pattern stands there so that a form can refuse it too


class Reading(BaseModel):
    """How pages are read and stored, whatever they are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    jobs: PositiveInt = Field(default=1, description="worker processes")
    seconds: float = Field(default=30.0, gt=0, description="the longest that one page may take to read")
    shard: PositiveInt = Field(default=200, description="inputs stored in one transaction")
    map: bool = Field(default=False, description="keep where each text stands in the bytes of its page")
    runner: Literal["local", "dask", "ray"] = Field(
        default="local", description="who reads: this machine, or a cluster"
    )
    address: str | None = Field(default=None, description="where the cluster's scheduler is: tcp://host:8786")

    @model_validator(mode="after")
    def _somewhere(self) -> "Reading":
        if self.runner == "dask" and not self.address:
            raise ValueError("runner dask needs an address, like tcp://127.0.0.1:8786")
        if self.runner == "local" and self.address:
            raise ValueError("an address is for runner dask or ray")
        return self


class IngestRequest(Reading):
    """The parameters of the flow `ingest`."""

    inputs: list[str] = Field(default=[], description="pages, texts, JSONL files, folders, URLs, or - for stdin")
    collection: Path | None = Field(default=None, description="a dateline.toml: the sources to read tonight")
    db: Path = Field(default=DEFAULT_DB, description="the store; as it stands here, the one that the collection names")
    published: Day = Field(default=None, description="publication date (or month) of inputs that bring none")
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


class RerunRequest(Reading):
    """The parameters of the flow `rerun`."""

    shard: PositiveInt = Field(default=1000, description="inputs stored in one transaction")  # most need little
    db: Path = Field(default=DEFAULT_DB, description="the store")
    since: Day = Field(default=None, description="only what was published on this day (or month) or later")
    until: Day = Field(default=None, description="only what was published on this day (or month) or before")
    source: str | None = Field(default=None, description="only this source of the collection, or this publisher")
    fields: list[str] | None = Field(default=None, description="only these fields; pages are not read anew then")

    @model_validator(mode="after")
    def _known_fields(self) -> "RerunRequest":
        known = sorted(field_shapes())
        if wrong := [name for name in self.fields or () if name not in known]:
            raise ValueError(f"{wrong[0]!r} is no field; there are {', '.join(known)}")
        if self.fields == []:
            raise ValueError("give at least one field, or leave fields out for all of them")
        return self

    def scope(self) -> Scope:
        """What it is about, for the store."""
        fields = None if self.fields is None else tuple(sorted(set(self.fields)))
        return Scope(since=self.since, until=self.until, source=self.source, fields=fields, mapped=self.map)

    def meaning(self) -> dict[str, object]:
        """What makes two requests the same run."""
        return asdict(self.scope())


class ExportRequest(BaseModel):
    """The parameters of the flow `export`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    db: Path = Field(default=DEFAULT_DB, description="the store")
    out: Path = Field(description="the file to write; it appears under this name once it is whole")
    format: Format = Field(default="csv", description="xlsx and csv for spreadsheets, html for review in a browser")
    what: What = Field(default="incidents", description="the rows of an xlsx, csv or parquet")
    order: Order = Field(default="date", description="doubt: what needs eyes first")
    place: str | None = Field(default=None, description="only incidents there: part of a name, or a country's code")
    limit: PositiveInt | None = Field(default=None, description="only the first so many articles, or rows of a sheet")


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
