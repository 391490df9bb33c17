"""Which reports are worth comparing: those that share a key, never all with all.

A key is a hash of a few words: two days and a place, a name and two months, a sentence. Reports within one key are
`fine` where they say more than it does: "a town in this province" is fine under the province's key, "this province"
is not. Two fine ones are not compared under it, for the town's or district's key brings them together if anything does.
"""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import blake2b

from dateline.extractors.events.days import BEFORE, Span, day, on_print, span
from dateline.extractors.events.places import WRITTEN, division
from dateline.extractors.persons.blocking import keys as name_keys
from dateline.extractors.persons.blocking import weak_keys
from dateline.extractors.persons.scoring import is_weak
from dateline.models.event import Report, Spot

MANY = 10  # dead: fewer are too common to be looked up by the year
TOLD = 3  # dead or injured: fewer are too common to be looked up by


def keys(report: Report) -> list[tuple[int, bool]]:
    """The keys of a report, each with whether it is fine there; sorted, each once."""
    found: dict[int, bool] = {}
    for words, fine in _keys(report):
        key = int.from_bytes(blake2b(words.encode(), digest_size=8).digest())
        found[key] = found.get(key, True) and fine
    return sorted(found.items())


def _keys(report: Report) -> Iterator[tuple[str, bool]]:
    when, place = span(report), report.place
    for sentence in report.sentences:
        yield f"sentence {sentence}", False
    if when is None:
        yield from _undated(report)
        return
    days, months = _days(when), _months(when)
    tolls = _tolls(report)
    names = {key for name in (*report.dead, *report.named) if not is_weak(name) for key in name_keys(name)}
    vague = when.kind in ("month", "year")
    for month in months:
        if place is not None and place.geonameid is not None:
            for toll in tolls:
                yield f"month {month} {place.geonameid} {toll}", not vague
        for name in names:
            yield f"month {month} name {name}", False
        for known in _known(report):
            yield f"month {month} {known}", not vague  # dated reports of a place meet under its days
        if place is not None and place.country is not None:
            for toll in tolls:
                yield f"month {month} {place.country} {toll}", not vague
    if place is not None and place.country is not None:
        for toll in tolls:
            if int(toll.rpartition(" ")[2]) >= MANY:
                yield f"year {when.first.year} {place.country} {toll}", when.kind != "year"
    placed = place is not None and place.country is not None
    former = [value.partition(" ")[2] for value in report.former if value.startswith("day ")]
    for on in (*days, *former):
        for level, fine in _levels(place) if place is not None else ():
            yield f"day {on} {level}", fine
        for known in _beside(report):
            yield f"day {on} {known}", False
        for toll in tolls:
            yield f"day {on} {toll}", placed
            if place is not None:
                yield f"day {on} {place.country} {toll}", False
        for word in report.words:
            yield f"day {on} {word}", placed
        for key in {key for name in report.dead for key in weak_keys(name)}:
            yield f"day {on} dead {key}", False
    if place is not None:
        yield from ((f"day {on} {place.country} {toll}", False) for on in _eves(report) for toll in tolls)


def _undated(report: Report) -> Iterator[tuple[str, bool]]:
    """What is beside an article's news, and has no day: by its place and toll, in the month of print."""
    if report.published is not None and report.place is not None and report.place.geonameid is not None:
        for toll in _tolls(report):
            yield f"month {report.published[:7]} {report.place.geonameid} {toll}", False


def _known(report: Report) -> list[str]:
    """The places, by id, under which the reports of a month meet."""
    own = report.place
    mine = [] if own is None or own.geonameid is None or own.precision in (4, 6) else [f"place {own.geonameid}"]
    return mine + _beside(report)


def _beside(report: Report) -> list[str]:
    """The places, by id, that are not where a report says that it was, but where others may say so."""
    told = (value.removeprefix(WRITTEN) for value in (*report.about, *report.former))
    return [f"place {value[3:]}" for value in told if value.startswith("id ")]


def _days(when: Span) -> list[str]:
    """Days under which neighbouring days meet: each day, and the one after it. None of a month or year."""
    if when.kind in ("month", "year"):
        return []
    count = (when.last - when.first).days + 2
    return [(when.first + timedelta(days=after)).isoformat() for after in range(count)]


def _eves(report: Report) -> list[str]:
    """The days of which a report may be whose day is that of its print."""
    if not on_print(report) or report.latest is None:
        return []
    return [(day(report.latest) - timedelta(days=before)).isoformat() for before in range(1, BEFORE + 1)]


def _months(when: Span) -> list[str]:
    """The months of a span; a year of which no month is told has none."""
    if when.kind == "year":
        return []
    return sorted({f"{when.first:%Y-%m}", f"{when.last:%Y-%m}"})


def _levels(place: Spot) -> Iterator[tuple[str, bool]]:
    """What holds a place, from itself outwards, and whether the place is finer than that."""
    precision = place.precision or 0
    if place.geonameid is not None:
        yield f"place {place.geonameid}", False
    if place.country is None:
        yield f"named {place.name.lower()}", False
        return
    own = 3 if precision <= 3 else precision
    if place.admin1 and place.admin2 and precision <= 3:
        yield f"{place.country}/{division(place.admin1)}/{place.admin2}", False  # towns of one district may be close
    if place.admin1 and precision <= 4:
        yield f"{place.country}/{division(place.admin1)}", own < 4 and bool(place.admin2)
    yield place.country, own < 5 and bool(place.admin1)


def _tolls(report: Report) -> list[str]:
    """The numbers by which a report is looked up: those that stand for its dead, and its injured."""
    points = {
        f"{count.outcome} {value}"
        for count in report.counts
        if count.outcome in ("killed", "injured")
        for value in (count.low, count.best, count.high)
        if value is not None and value >= TOLD
    }
    points |= {f"killed {value[5:]}" for value in report.former if value.startswith("toll ")}
    return sorted(points)
