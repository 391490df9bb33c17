"""A date that a text names, as the interval its words allow."""

from dataclasses import dataclass
from typing import Literal

from dateline.models.facts import Fact

Granularity = Literal["day", "week", "month", "quarter", "season", "year", "decade", "span"]
Anchor = Literal["published", "text", "none"]


@dataclass(frozen=True, kw_only=True)
class DateFact(Fact):
    """`earliest` and `latest` are ISO days, both included; both None where the anchor needed is not known.

    `precision` is UCDP GED's date_prec: 1 day, 2 two to six days, 3 week, 4 month, 5 year or longer; None with the
    value. `anchor` says what a relative expression was counted from: the publication date, a date in the text
    (then in evidence), or nothing, because the words say it all.
    """

    earliest: str | None
    latest: str | None
    precision: int | None
    granularity: Granularity
    anchor: Anchor


SHAPE = DateFact
