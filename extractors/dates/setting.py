"""What a relative date is counted from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal

from dateline.extractors.dates import intervals
from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.intervals import Interval
from dateline.extractors.dates.tense import Direction
from dateline.models.fields.dates import Granularity

_HALF_YEAR = 6  # months
SlashOrder = Literal["day-month", "month-day"] | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date to count from: the publication date (no place in the text), or a date that the text names at
    `start:stop` (characters). `names_year` is whether its words do."""

    interval: Interval
    kind: Literal["published", "text"]
    start: int | None = None
    stop: int | None = None
    names_year: bool = False

    @property
    def day(self) -> date | None:
        """The day, where it is known to the day."""
        return self.interval.first if self.interval.granularity == "day" else None

    def year_of(self, month: int) -> int:
        """The year of a month that shares this date's: the one before for "December" in "December or January 2016"."""
        year, own = self.interval.first.year, self.interval.first.month
        return year - 1 if self.interval.days <= 31 and month - own > _HALF_YEAR else year


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: its interval (None where it hangs on an anchor that is not known), and the anchor."""

    interval: Interval | None
    anchor: Anchor | None = None


UNKNOWN = Reading(None)


@dataclass(slots=True)
class Told:
    """What the text has told of so far: the latest date of any kind, and the latest day; and apart from them the latest
    day of a statement that came after another day."""

    latest: Anchor | None = None
    day: Anchor | None = None
    said: Anchor | None = None

    def add(self, anchor: Anchor) -> None:
        """Note a date that was read."""
        self.latest = anchor
        if anchor.day is not None:
            self.day = anchor

    def by(self, unit: str) -> Anchor | None:
        """The date that a number of `unit`s is counted from: for days and weeks a day."""
        return self.day if unit in ("day", "week", "weekend", "fortnight") else self.latest


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that an expression's value may hang on.

    `published` is the anchor of the whole text; `told` what the sentences before tell of, `here` what the sentence
    itself has told of so far; `following` reads the expression that the words of this one lean on ("a day after the
    14 June statement", "March and April 2013"); `main` the day behind the comma that ends its clause; `direction` where
    tense and cues point; `slashes` the order of other slashed dates, `habit` that of dates in words.
    """

    published: Anchor | None
    told: Told
    here: Told
    direction: Callable[[], Direction | None]
    following: Callable[[], Anchor | None]
    slashes: SlashOrder
    main: Callable[[], Anchor | None] = lambda: None
    habit: SlashOrder = None

    def latest_day(self) -> Anchor | None:
        """The day told of last, that of a statement or not."""
        days = (self.here.said, self.here.day, self.told.said, self.told.day)
        return max((day for day in days if day is not None), key=attrgetter("stop"), default=None)

    def before(self, unit: str) -> Anchor | None:
        """The date told of last, in this sentence or those before, that `unit`s are counted from."""
        return self.here.by(unit) or self.told.by(unit)


def from_day(anchor: Anchor | None, value: Callable[[date], Interval]) -> Reading:
    """What follows from an anchor that is known to the day; nothing from any other."""
    if anchor is None or anchor.day is None:
        return UNKNOWN
    return Reading(value(anchor.day), anchor)


def just_told(found: Expression, setting: Setting, granularity: Granularity) -> Anchor | None:
    """A year, or a week, that stands directly before the expression, a comma and preposition between at most."""
    here = setting.here.latest
    if here is None or here.interval.granularity != granularity or here.stop is None:
        return None
    return here if found.span.start_char - here.stop <= len(" , in ") else None


def parse_published(published: str | None) -> Anchor | None:
    """The publication date, an ISO day or month; None for anything else, because nothing can be counted from it."""
    if published is None:
        return None
    try:
        if len(published) == 7:
            return Anchor(intervals.month(int(published[:4]), int(published[5:])), "published")
        return Anchor(intervals.day(date.fromisoformat(published[:10])), "published")
    except ValueError:
        return None
