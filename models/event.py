"""Events over articles: what is compared of each report, how two of them compare, and what people decided."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "different", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")
Role = Literal["report", "background", "parent"]


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where an incident was: the place's values that are compared. `precision` is UCDP's where_prec."""

    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    geonameid: int | None
    precision: int | None


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many an incident counts of one outcome."""

    outcome: str
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """An incident of one article, as it is compared with those of others. `id` is the incident's.

    `published`, `earliest` and `latest` are ISO days (`published` may be a month); `parent` is whether it spans other
    incidents (`part_of` names the one that spans it in its own article); `said` is whether its day is that of a
    statement, and `nights` whether it was "late" or "early" in a day. `dead` are the leaders named as killed, `named`
    the others in the sentences of its claims; `words` the classes of weapons and targets around them ("weapon drone");
    `about`, where it has no place, the places that its article names, and `former` the days, places and tolls that the
    article takes back; `sentences` hashes of the sentences of its claims; `sketch` the least hashes of the article's
    runs of words; `mentions` what it is known by: its own id, the ids of its claims, and the pages of which it is the
    main incident.
    """

    id: str
    text_id: str
    published: str | None
    main: bool
    parent: bool = False
    part_of: str | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: int | None = None
    said: bool = False
    nights: tuple[str, ...] = ()
    place: Spot | None = None
    counts: tuple[Count, ...] = ()
    dead: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a score: what was compared, how it came out (a row of scoring.yml), how much that counts for or
    against, and why, in words."""

    what: Literal["day", "place", "toll", "named", "weapon", "target", "text"]
    kind: str
    value: float
    why: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two reports compared, which may tell of one event. `left` is the lesser incident id. Their events are the same;
    or different, for their reports contradict each other; or it is doubtful, and only people can say more."""

    left: str
    right: str
    verdict: Literal["same", "different", "doubtful"]
    parts: tuple[Part, ...]

    @property
    def score(self) -> float:
        """The sum of the parts."""
        return round(sum(part.value for part in self.parts), 2)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What somebody decided of two events, each named by the mentions of some of its reports, the earliest first, so
    that it outlives ids and rules. `left` and `right` are the ids they had then. The latest on a pair counts."""

    id: str
    verdict: Verdict
    left: str
    right: str
    left_mentions: tuple[str, ...]
    right_mentions: tuple[str, ...]
    who: str
    why: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """Reports (incident ids, the earliest first) that are taken to tell of one event. `roles` and `copies` stand beside
    them: what part each plays, and the text that its own is a copy of (itself where it is none)."""

    id: str
    reports: tuple[str, ...]
    roles: tuple[Role, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of an event: `merged` into `other`, `split` (part of it is now `other`), or `gone` with its texts."""

    kind: Literal["merged", "split", "gone"]
    event: str
    other: str | None = None
