"""When an incident was, of all the days that its article names."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dateline.extractors.events.ago import days_ago
from dateline.extractors.events.sentences import Sentences
from dateline.extractors.events.words import is_of_statement
from dateline.extractors.language.data import load_yaml

WEEK = 3  # UCDP date_prec
PAST = 10  # days: "on Thursday … by last week's car bomb"
_BEHIND = 60  # characters behind a day in which its deed stands
_DAY = len("2014-06-12")
_SINCE = re.compile(r"\bsince\s(?:last\s|the\s|late\s|early\s)?$")


@cache
def _night() -> dict[str, re.Pattern[str]]:
    """Words of the end of a day, and of its beginning."""
    words = load_yaml(Path(__file__).parent / "words.yml")["night"]
    return {edge: re.compile(r"\b(?:" + "|".join(map(re.escape, own)) + r")\b") for edge, own in words.items()}


def nights(article: Sentences, row: Mapping[str, Any], own: Sequence[int]) -> tuple[str, ...]:
    """Whether the sentences of an incident's claims and day put it at the end of a day ("late"), its beginning
    ("early"), or both."""
    told = {*own, *(article.at(day[0]) for day in row["dates"] if row["id"] in day[4])} if article.spans else ()
    text = "\n".join(article.of(number) for number in sorted(told)).lower()
    return tuple(edge for edge, words in _night().items() if words.search(text))


@cache
def _deed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A deed before the day that is said to be its, and after it."""
    deeds = "|".join(map(re.escape, load_yaml(Path(__file__).parent / "words.yml")["deed"]))
    before = re.compile(rf"\b(?:{deeds})\s(?:of|on|in)\s(?:late\s|early\s|the\s)?$")
    return before, re.compile(rf"^['’]s?\s(?:\w+\s){{0,3}}(?:{deeds})\b")


def dated(article: Sentences, row: Mapping[str, Any], own: Sequence[int]) -> dict[str, Any]:
    """`earliest`, `latest`, `precision` and `said` of a report; `own` are the sentences of its claims.

    Of several days those of statements ("said on Thursday") do not count. Where there is no other, the one day or week
    does that the sentences of the claims, or of the statement, name beside; else the day is `said`. Where the incident
    has none, how long ago it was is counted from the day of print, or it is the one day that is said to be a deed's.
    """
    plain = {"earliest": _iso(row["earliest"]), "latest": _iso(row["latest"]), "precision": row["date_precision"]}
    if not article.spans or row["human"]:
        return plain
    days = [day for day in row["dates"] if row["id"] in day[4]]
    if not days:
        return plain if row["earliest"] is not None else _from_print(article, row, own) or plain
    spoken = [day for day in days if _is_spoken(article, day[0])]
    rest = [day for day in days if day not in spoken]
    if not spoken:
        return plain
    if rest:
        precision = 1 if len({day[1:3] for day in rest}) == 1 else 2
        return _span(min(day[1] for day in rest), max(day[2] for day in rest), max(precision, rest[0][3]))
    near = {*own, *(article.at(day[0]) for day in spoken)}
    beside = {
        day[1:4]
        for day in row["dates"]
        if day[3] <= WEEK and day not in days and day[1] <= spoken[0][2] and (spoken[0][2] - day[1]).days <= PAST
        and article.at(day[0]) in near and not _is_spoken(article, day[0])
    }  # fmt: skip
    return _span(*beside.pop()) if len(beside) == 1 else {**plain, "said": True}


def _from_print(article: Sentences, row: Mapping[str, Any], own: Sequence[int]) -> dict[str, Any] | None:
    """When an incident was that no date is given to."""
    if row["published"] and len(row["published"]) == _DAY:
        printed = date.fromisoformat(row["published"])
        for number in own:
            first, last = article.spans[number]
            claims = [start - first for start in row["starts"] if first <= start < last]
            if found := days_ago(article.text[first:last], claims, printed):
                return _span(*found)
    tied = {
        day[1:4]
        for day in row["dates"]
        if day[3] <= WEEK and (row["main"] or article.at(day[0]) in own) and _is_of_deed(article, day[0], day[5])
    }
    return _span(*tied.pop()) if len(tied) == 1 else None


def _is_of_deed(article: Sentences, start: int, stop: int) -> bool:
    """Whether a day is said to be that of a deed, or since which something holds: "Tuesday's bomb", "since Tuesday"."""
    before, after = _deed()
    words = article.before(start).lower()
    behind = article.text[stop : stop + _BEHIND].lower()
    return bool(before.search(words) or _SINCE.search(words) or after.search(behind))


def _span(earliest: date, latest: date, precision: int) -> dict[str, Any]:
    return {"earliest": earliest.isoformat(), "latest": latest.isoformat(), "precision": precision}


def _is_spoken(article: Sentences, at: int) -> bool:
    return is_of_statement(article.before(at))


def _iso(value: Any) -> str | None:
    return None if value is None else str(value)
