"""What every fact carries, whatever its field."""

from dataclasses import dataclass

from dateline.models.span import Evidence


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A value read at `start:stop` of a text by the rule `rule`, and the words it rests on.

    `id` is a content hash (see `ids.fact_id`); `quote` is exactly `text[start:stop]`.
    """

    id: str
    start: int
    stop: int
    quote: str
    rule: str
    evidence: tuple[Evidence, ...] = ()
