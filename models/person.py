"""Persons over articles: what each article says of somebody, how two of them compare, and what people decided."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "different", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")


@dataclass(frozen=True, order=True, kw_only=True)
class Office:
    """What an article says somebody is: role and organisation as written."""

    role: str
    organisation: str | None
    role_class: str


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """A person in one article: all mentions that share `same_as`.

    `mentions` are fact ids, in text order; `names` every spelling, the fullest first; `published` an ISO day or month;
    `countries` (ISO 3166-1 alpha-2) and `divisions` ("PK/Khyber Pakhtunkhwa") those of the article's places.
    """

    id: str
    text_id: str
    published: str | None
    names: tuple[str, ...]
    offices: tuple[Office, ...]
    mentions: tuple[str, ...]
    countries: frozenset[str] = frozenset()
    divisions: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a score: what was compared, how much it counts for or against, and why, in words."""

    what: Literal["name", "organisation", "office", "place", "time"]
    value: float
    why: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two appearances compared. `left` is the lesser id. Of a doubtful pair only people can say more."""

    left: str
    right: str
    verdict: Literal["same", "doubtful"]
    parts: tuple[Part, ...]

    @property
    def score(self) -> float:
        """The sum of the parts."""
        return round(sum(part.value for part in self.parts), 2)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What somebody decided of two persons, each named by its mentions (fact ids, the earliest first), so that it
    outlives persons' ids and rules. `left` and `right` are the ids they had then. The latest on a pair counts."""

    id: str
    verdict: Verdict
    left: str
    right: str
    left_name: str
    right_name: str
    left_mentions: tuple[str, ...]
    right_mentions: tuple[str, ...]
    who: str
    why: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of a person: `merged` into `other`, `split` (part of it is now `other`), or `gone` with its texts."""

    kind: Literal["merged", "split", "gone"]
    person: str
    other: str | None = None
