"""A collection: the sources that somebody reads every night, in one TOML file.

    store = "dateline.duckdb"

    [[source]]
    name = "The Example"
    feed = "https://example.org/rss"
    expect = [10, 80]

`dateline init` writes a commented one.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

KINDS = ("feed", "sitemap", "urls", "warc", "folder", "jsonl")
FETCHED = ("feed", "sitemap", "urls")
NAME = "dateline.toml"

TEMPLATE = """\
# What Dateline reads every night.   dateline sources check   tries each;   dateline ingest   reads them all.

store = "dateline.duckdb"          # where it goes; pages are kept beside it, in dateline.duckdb.warc

[fetch]
pause = 1.0                        # seconds between two requests to one host (robots.txt may ask for more)
seconds = 30.0                     # most that one page may take, redirects included
largest_mb = 20                    # most that one page may hold, as sent and as decoded

# One [[source]] each. It has a name and one of: feed, sitemap, urls, warc, folder, jsonl.

# [[source]]
# name = "The Example"
# feed = "https://example.org/rss.xml"     # RSS or Atom
# expect = [10, 80]                        # articles a night; fewer or more is an alarm, and not a success

# [[source]]
# name = "Example Wire"
# sitemap = "https://example.com/news-sitemap.xml"   # a sitemap, news sitemap or sitemap index
# days = 3                                 # only what was published or changed in the last so many days
# most = 200                               # articles a night

# [[source]]
# name = "By hand"
# urls = "tonight.txt"                     # a file of addresses, one a line

# [[source]]
# name = "Archive of 2023"
# warc = "archive/*.warc.gz"               # WARC files (CC-NEWS too); also: folder = "pages/", jsonl = "given.jsonl.gz"
"""


class CollectionError(Exception):
    """What is wrong with a collection's file, in words for the person who wrote it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fetching(_Strict):
    """How pages are fetched."""

    pause: Annotated[float, Field(ge=0, le=60)] = 1.0
    seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    largest_mb: Annotated[float, Field(gt=0, le=1000)] = 20
    allow_private: bool = False


class Entry(_Strict):
    """One source. Exactly one of the kinds is set; `expect` is how many articles a night are usual."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    feed: str | None = None
    sitemap: str | None = None
    urls: str | None = None
    warc: str | None = None
    folder: str | None = None
    jsonl: str | None = None
    expect: tuple[int, int] | None = None
    days: Annotated[float, Field(gt=0)] | None = None
    most: Annotated[int, Field(gt=0)] | None = None
    published: str | None = None

    @property
    def kind(self) -> str:
        """Which of KINDS it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def where(self) -> str:
        """Its address, file or folder."""
        return str(getattr(self, self.kind))

    @model_validator(mode="after")
    def _one_kind(self) -> "Entry":
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of {', '.join(KINDS)} (there is {' and '.join(given) or 'none'})")
        if self.kind in ("feed", "sitemap") and not self.where.lower().startswith(("http://", "https://")):
            raise ValueError(f"{self.kind} must be an http or https address, not {self.where!r}")
        if self.expect and not 0 <= self.expect[0] <= self.expect[1]:
            raise ValueError("expect is [fewest, most]")
        return self


class Collection(_Strict):
    """A collection as its file says; paths are relative to the file's folder."""

    store: str = "dateline.duckdb"
    fetch: Fetching = Fetching()
    source: tuple[Entry, ...] = ()

    @model_validator(mode="after")
    def _names(self) -> "Collection":
        names = [entry.name for entry in self.source]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"two sources are named {twice!r}")
        return self


def read_collection(path: Path) -> Collection:
    """The collection in a TOML file. CollectionError says which line or source is wrong, and how."""
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CollectionError(f"there is no {path}; `dateline init` writes one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(f"{path} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise CollectionError(f"{path} is no TOML: {error}") from error
    try:
        return Collection.model_validate(raw)
    except ValidationError as error:
        raise CollectionError("\n".join(_said(path, raw, one) for one in error.errors())) from error


def paths_of(entry: Entry, folder: Path) -> list[Path]:
    """The files or the folder of a source on disk, in a fixed order; a pattern ("archive/*.warc.gz") may name many."""
    if any(sign in entry.where for sign in "*?["):
        pattern = Path(entry.where)
        start = Path(pattern.anchor) if pattern.is_absolute() else folder
        return sorted(start.glob(str(pattern.relative_to(pattern.anchor) if pattern.anchor else pattern)))
    return [path for path in [folder / entry.where] if path.exists()]


def _said(path: Path, raw: dict[str, Any], one: Any) -> str:
    """One fault in words: file, source, key, what is wrong."""
    place = [str(part) for part in one["loc"]]
    if place[:1] == ["source"] and len(place) > 1:
        number = int(place[1])
        name = raw["source"][number].get("name") if isinstance(raw["source"], list) else None
        place = [f"source {name!r}" if name else f"source {number + 1}", *place[2:]]
    words = one["msg"].removeprefix("Value error, ").replace("Extra inputs are not permitted", "there is no such key")
    return f"{path}: {': '.join([*place, words])}"
