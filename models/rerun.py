"""A rerun: what it is about, how much it has to do, and one input that something has to be done for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dateline.models.ids import content_id


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a rerun is about: inputs by publication date (ISO, both ends included; None: all, also undated ones) and by
    source or publisher; `fields` to be read anew (None: all of them, and pages whose rules have changed). With `mapped`
    pages without a map of their text are read anew too."""

    since: str | None = None
    until: str | None = None
    source: str | None = None
    fields: tuple[str, ...] | None = None
    mapped: bool = False


@dataclass(frozen=True, kw_only=True)
class Planned:
    """How much a rerun has to do. `whole` pages are read anew, `again` texts in some fields only: `fields` counts the
    texts by field. `nothing` inputs need nothing. `waiting` texts keep their incidents, since fields that are not asked
    for have changed too: `others`."""

    inputs: int
    nothing: int
    whole: int
    again: int
    fields: Mapping[str, int]
    waiting: int = 0
    others: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One input with work to do."""

    position: int
    work: str
    key: tuple[str, str, int]
    source: str | None
    capture_id: str
    place: tuple[str, int]
    page_id: str | None
    text_id: str | None
    anchor: tuple[str | None, str | None, str]  # published, published_from, unread
    missing: tuple[str, ...]

    @cached_property
    def again_key(self) -> str:
        """Names the work on its text: the same for every input that carries it."""
        return content_id("again", self.text_id, *self.anchor, *self.missing)
