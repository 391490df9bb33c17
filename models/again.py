"""A text to be read again, in some fields only: what a rerun hands out where only rules moved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.models.article import Article
from dateline.models.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Again:
    """One text under one anchor, and what is to be read in it.

    `key` names the work (a content id), `id` one of the inputs that carry the text. `article` has the text, its anchor
    and its furniture. `fields` are the fields to be read. With `incidents` they are gathered anew: of what is read, and
    of `facts`, which are those of all the other fields. `sentences` are known where no field is to be read.
    """

    key: str
    id: str
    article: Article
    fields: tuple[str, ...]
    incidents: bool
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    sentences: tuple[tuple[int, int], ...] = ()
