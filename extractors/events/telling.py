"""An incident of the store as the report that is compared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.extractors.events.corrections import taken_back
from dateline.extractors.events.dating import dated, nights
from dateline.extractors.events.places import WRITTEN, named_by
from dateline.extractors.events.sentences import Sentences
from dateline.extractors.events.spanning import is_parted, spans_several
from dateline.extractors.events.tolls import point
from dateline.extractors.events.words import classes_in, is_boast, sketch, telling_sentences
from dateline.models.event import Count, Report, Spot

OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")
BESIDE = 1  # sentences to either side of a claim's that may tell what was used, and what was hit
SPOT = ("name", "country", "admin1", "admin2", "latitude", "longitude", "geonameid", "precision")
DATELINE = "dateline"
ELSEWHERE = frozenset({DATELINE, "origin"})  # roles of places: where it was written, where somebody is from


def reports_of(text: str, sentences: Sequence[tuple[int, int]], incidents: Sequence[Mapping[str, Any]]) -> list[Report]:
    """The reports of one article's incidents, each a row of the store with `starts` (where its claims stand in the
    text; without any, its days), `dates` (all of the article: where, first and last day, precision, the incidents whose
    day each is, and where it stops), `leaders` (all of the article: where, name, whether killed), `named` (those in the
    words of its claims), `places` (all of the article: where each starts and stops, role, and what Spot has),
    `mentions` and `parent`."""
    article = Sentences(text, sentences)
    own = [sorted({article.at(start) for start in row["starts"]}) if sentences else [] for row in incidents]
    told = Counter(number for row, mine in zip(incidents, own, strict=True) if not row["parent"] for number in mine)
    dates, places = incidents[0]["dates"], incidents[0]["places"]
    spots = [(start, stop, role, Spot(**dict(zip(SPOT, rest, strict=True)))) for start, stop, role, *rest in places]
    towns: dict[int, list[tuple[int, int]]] = {}
    for start, stop, *_ in spots if sentences else ():
        towns.setdefault(article.at(start), []).append((start, stop))
    whole = _Article(
        article=article,
        sketch=sketch(text),
        shared=frozenset(number for number, times in told.items() if times > 1),
        total=frozenset(
            number
            for number in told
            if spans_several(article.of(number), _within(article.spans[number][0], towns.get(number, ())))
            or is_parted(
                article.of(number),
                [article.of(after) for after in range(number + 1, min(number + 3, len(article.spans)))],
                [len(towns.get(after, ())) for after in (number + 1, number + 2)],
            )
        ),
        former=taken_back(article, dates, [(start, spot) for start, _, _, spot in spots]) if sentences else [],
        about=tuple(sorted({name for _, _, role, spot in spots for name in _names(spot, role)})),
    )
    return [_report(whole, row, mine) for row, mine in zip(incidents, own, strict=True)]


@dataclass(frozen=True)
class _Article:
    """What all incidents of an article have in common. `shared` are the sentences (numbers) of two incidents of which
    neither spans the other: by these neither is known; `total` those with a figure over several; `former` what is taken
    back, and in which sentence; `about` the places that it names."""

    article: Sentences
    sketch: tuple[int, ...]
    shared: frozenset[int]
    total: frozenset[int]
    former: Sequence[tuple[int, str]]
    about: tuple[str, ...]


def _within(first: int, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(start - first, stop - first) for start, stop in spans]


def _names(spot: Spot, role: str) -> list[str]:
    """What a place is known by, and what first-order division it is in; where somebody is from says nothing."""
    if role in ELSEWHERE:
        return [f"{WRITTEN}{name}" for name in _names(spot, "")] if role == DATELINE else []
    return [*named_by(spot), *([f"in {spot.country}/{spot.admin1}"] if spot.admin1 else [])]


def _report(whole: _Article, row: Mapping[str, Any], own: Sequence[int]) -> Report:
    article = whole.article
    last = len(article.spans) - 1
    around = sorted({near for one in own for near in range(max(0, one - BESIDE), min(last, one + BESIDE) + 1)})
    told = [article.of(one) for one in (around if row["main"] else own)]
    leaders = [(name, killed) for start, name, killed in row["leaders"] if own and article.at(start) in own]
    dead = {name for name, killed in leaders if killed}
    boasted = bool(own) and all(is_boast(article.of(one)) for one in own)
    place, counts = _spot(row), () if boasted else tuple(_counts(row))
    former = {value for number, value in whole.former if row["main"] or number in own}
    spanning = row["part_of"] is None and bool(counts) and not whole.total.isdisjoint(own)
    return Report(
        id=row["id"], text_id=row["text_id"], published=row["published"], main=row["main"],
        parent=row["parent"] or spanning, part_of=row["part_of"], **dated(article, row, own),
        nights=nights(article, row, own), place=place, counts=counts, dead=tuple(sorted(dead)),
        named=tuple(sorted({*row["named"], *(name for name, _ in leaders)} - dead)), words=classes_in("\n".join(told)),
        about=() if place is not None else whole.about,
        former=tuple(sorted(former - _of_its_own(row, place, counts))),
        sentences=telling_sentences(article.of(one) for one in own if one not in whole.shared), sketch=whole.sketch,
        mentions=tuple(row["mentions"]),
    )  # fmt: skip


def _of_its_own(row: Mapping[str, Any], place: Spot | None, counts: Sequence[Count]) -> set[str]:
    tolls = {f"toll {point(count)}" for count in counts}
    return {f"day {row['earliest']}", *(named_by(place) if place is not None else ()), *tolls}


def _spot(row: Mapping[str, Any]) -> Spot | None:
    if row["place_name"] is None:
        return None
    return Spot(**{name: row[f"place_{name}"] for name in SPOT})


def _counts(row: Mapping[str, Any]) -> list[Count]:
    found = [
        Count(outcome=outcome, **{bound: row[f"{outcome}_{bound}"] for bound in ("low", "best", "high")})
        for outcome in OUTCOMES
    ]
    return [count for count in found if (count.low, count.best, count.high) != (None, None, None)]
