"""What an ingest is asked to do, and what it says it did."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt

from dateline.sources.inputs import is_url
from dateline.sources.jsonl import day_or_month


def _date(value: str | None) -> str | None:
    if value is not None and day_or_month(value) != value:
        raise ValueError(f"{value!r} is no date like 2014-06-12 or 2014-06")
    return value


class IngestRequest(BaseModel):
    """The parameters of the flow `ingest`: a form in the Prefect UI."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    inputs: list[str] = Field(min_length=1, description="pages, texts, JSONL files, folders, URLs, or - for stdin")
    db: Path = Field(default=Path("dateline.duckdb"), description="the store")
    published: Annotated[str | None, AfterValidator(_date)] = Field(
        default=None, description="publication date (YYYY-MM-DD or YYYY-MM) of inputs that bring none"
    )
    jobs: PositiveInt = Field(default=1, description="worker processes")
    seconds: float = Field(default=30.0, gt=0, description="the longest that one page may take to read")
    shard: PositiveInt = Field(default=200, description="inputs stored in one transaction")
    pause: float = Field(default=1.0, ge=0, description="seconds between two requests to one host")
    allow_private: bool = Field(default=False, description="fetch from private addresses too (for tests)")

    def meaning(self) -> dict[str, object]:
        """What makes two requests the same run: what is read, not how fast or into which store."""
        places = [given if is_url(given) or given == "-" else str(Path(given).absolute()) for given in self.inputs]
        return {"inputs": places, "published": self.published}


class IngestReport(BaseModel):
    """How a run went. `outcomes` are those of the whole run, also where it went on from an earlier call."""

    run_id: int
    resumed: bool
    outcomes: dict[str, int]
    facts: dict[str, int]
    incidents: int

    @property
    def inputs(self) -> int:
        """Every input has exactly one outcome."""
        return sum(self.outcomes.values())
