"""An incident of the store as the report that is compared."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dateline.extractors.events.words import classes_in, is_of_statement, sketch, telling_sentences
from dateline.models.event import Count, Report, Spot

OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")
BESIDE = 1  # sentences to either side of a claim's that may tell what was used, and what was hit
WEEK = 3  # UCDP date_prec
PAST = 10  # days: "on Thursday … by last week's car bomb"
SPOT = ("name", "country", "admin1", "admin2", "latitude", "longitude", "geonameid", "precision")


def reports_of(text: str, sentences: Sequence[tuple[int, int]], incidents: Sequence[Mapping[str, Any]]) -> list[Report]:
    """The reports of one article's incidents, each a row of the store with `starts` (where its claims stand in the
    text; without any, its days), `dates` (all of the article: where, first and last day, precision, and the incidents
    whose day each is), `leaders` (all of the article: where, name, whether killed), `named` (those in the words of its
    claims), `mentions` and `parent`."""
    known = sketch(text)
    return [_report(text, sentences, row, known) for row in incidents]


def _report(text: str, sentences: Sequence[tuple[int, int]], row: Mapping[str, Any], known: tuple[int, ...]) -> Report:
    firsts = [start for start, _ in sentences]
    at = sorted({max(0, bisect_right(firsts, start) - 1) for start in row["starts"]}) if sentences else []
    around = sorted({near for one in at for near in range(max(0, one - BESIDE), min(len(sentences), one + BESIDE + 1))})
    own = [text[slice(*sentences[one])] for one in at]
    told = [text[slice(*sentences[one])] for one in (around if row["main"] else at)]
    spans = [sentences[one] for one in at]
    dead = {name for start, name, killed in row["leaders"] if killed and any(a <= start < b for a, b in spans)}
    return Report(
        id=row["id"], text_id=row["text_id"], published=row["published"], main=row["main"], parent=row["parent"],
        part_of=row["part_of"], **_when(text, sentences, row, spans), place=_spot(row), counts=tuple(_counts(row)),
        dead=tuple(sorted(dead)), named=tuple(sorted({*row["named"]} - dead)), words=classes_in("\n".join(told)),
        sentences=telling_sentences(own), sketch=known, mentions=tuple(row["mentions"]),
    )  # fmt: skip


def _when(
    text: str, sentences: Sequence[tuple[int, int]], row: Mapping[str, Any], own: Sequence[tuple[int, int]]
) -> dict[str, Any]:
    """When an incident was. Of several days those of statements ("said on Thursday") do not count; where it has no
    other, the one day or week that the sentences of its claims (`own`) name beside does; else its day is `said`."""
    plain = {"earliest": _iso(row["earliest"]), "latest": _iso(row["latest"]), "precision": row["date_precision"]}
    days = [date for date in row["dates"] if row["id"] in date[4]]
    if not sentences or not days or row["human"]:
        return plain
    spoken = [date for date in days if _is_spoken(text, sentences, date[0])]
    rest = [date for date in days if date not in spoken]
    if not spoken:
        return plain
    if rest:
        precision = 1 if len({date[1:3] for date in rest}) == 1 else 2
        return _span(min(date[1] for date in rest), max(date[2] for date in rest), max(precision, rest[0][3]))
    beside = {
        date[1:4]
        for date in row["dates"]
        if date[3] <= WEEK and date not in days and date[1] <= spoken[0][2] and (spoken[0][2] - date[1]).days <= PAST
        and any(start <= date[0] < stop for start, stop in own) and not _is_spoken(text, sentences, date[0])
    }  # fmt: skip
    return _span(*beside.pop()) if len(beside) == 1 else {**plain, "said": True}


def _span(earliest: date, latest: date, precision: int) -> dict[str, Any]:
    return {"earliest": earliest.isoformat(), "latest": latest.isoformat(), "precision": precision}


def _is_spoken(text: str, sentences: Sequence[tuple[int, int]], at: int) -> bool:
    start = sentences[max(0, bisect_right(sentences, (at, len(text))) - 1)][0]
    return is_of_statement(text[start:at])


def _iso(value: Any) -> str | None:
    return None if value is None else str(value)


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
