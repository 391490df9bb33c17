"""The hand-written expectations: what a person reads in a fixture, line by line (tests/fixtures/expected/NAME.yml).

A file maps a heading to a list of lines; for a JSONL fixture `records` maps ids to such files. Headings and lines:

    article:    {field: published, is: 2016-05-26}          a value of the record ("-" is null or none; the names of a
                list are parted by "; "); `has` for a part of it
    furniture:  {kind: read_more, words: "Read more here."}  listed under that kind, and not read
    regions:    {kind: caption, words: …}                   labelled as that, in the text or beside it
    kept:       {words: …}                                   stands in the text
    gone:       {words: …}                                   does not
    dates:      {at: "raids in [today] and", earliest: …}    a fact on the words in brackets has these values
    places, casualties: the same; `part_of` and `supersedes` hold words of the other claim
    leaders:    {name: …, status: …}                         a leader of that name has these values
    incidents:  {main: true, earliest: …, place: …, country: …, killed: 8/-/13}   an incident has all of these
    nothing:    {at: … or words: …, of: dates casualties}    no fact of these fields on them ("incidents": no toll)

Where several values are right they are parted by "|". A line may bear `known_miss: reason` while the machine is not
there yet. It must go when the line begins to hold: `python -m tests.expectations` lists the lines that hold though
marked, and those that do not and are not marked.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.extractors.language.data import load_yaml
from tests.golden import FIXTURES, inputs, records

TOLLS = ("killed", "injured", "missing", "captured", "killed_or_injured")
FIELDS = ("dates", "places", "casualties", "leaders")


@dataclass(frozen=True)
class Line:
    """One expectation: of which fixture and record, under which heading, and what it says."""

    fixture: str
    record: str | None
    heading: str
    wanted: dict[str, str]
    known_miss: str | None

    def __str__(self) -> str:
        said = ", ".join(f"{key}: {value}" for key, value in self.wanted.items())
        return f"{self.fixture}{f' ({self.record})' if self.record else ''}, {self.heading}: {said}"


def lines() -> list[Line]:
    """Every expectation of every fixture."""
    return [line for name in inputs() for line in _file(name)]


def _file(name: str) -> Iterator[Line]:
    content = load_yaml(FIXTURES / "expected" / f"{name}.yml")
    if "records" not in content:
        yield from _lines(name, None, content)
        return
    for record, part in content["records"].items():
        yield from _lines(name, record, part)


def _lines(name: str, record: str | None, content: dict[str, Any]) -> Iterator[Line]:
    for heading, entries in content.items():
        if heading not in CHECKS:
            raise ValueError(f"{name}.yml: there is no heading {heading!r}")
        for entry in entries:
            wanted = {key: value for key, value in entry.items() if key != "known_miss"}
            yield Line(name, record, heading, wanted, entry.get("known_miss"))


def complaint(line: Line) -> str | None:
    """Why `line` does not hold; None where it does."""
    found = records(line.fixture)
    chosen = [record for record in found if line.record in (None, record.id)]
    if not chosen:
        return f"there is no record {line.record!r}, only {[record.id for record in found]}"
    return CHECKS[line.heading](line, chosen[0].to_dict())


def _article(line: Line, record: dict[str, Any]) -> str | None:
    value = _shown(record[line.wanted["field"]])
    right = value == line.wanted["is"] if "is" in line.wanted else line.wanted["has"] in value
    return None if right else f"it is {value!r}"


def _furniture(line: Line, record: dict[str, Any]) -> str | None:
    words = line.wanted["words"]
    holding = [item for item in record["furniture"] if words in " ".join(item["text"].split())]
    if not any(_is(line.wanted["kind"], item["kind"]) for item in holding):
        read = " and still in the text" if words in record["text"] else ""
        return f"it is under {sorted({item['kind'] for item in holding})}{read}"
    return None


def _region(line: Line, record: dict[str, Any]) -> str | None:
    words = line.wanted["words"]
    kinds = {item["kind"] for item in record["regions"] if words in item["text"]}
    return None if line.wanted["kind"] in kinds else f"it is labelled {sorted(kinds)}"


def _kept(line: Line, record: dict[str, Any]) -> str | None:
    return None if line.wanted["words"] in record["text"] else "it is not in the text"


def _gone(line: Line, record: dict[str, Any]) -> str | None:
    return "it is in the text" if line.wanted["words"] in record["text"] else None


def _fact(line: Line, record: dict[str, Any]) -> str | None:
    start, stop = _marked(line.wanted["at"], record["text"])
    if start < 0:
        return "the passage is not in the text"
    near = [fact for fact in record[line.heading] if fact["start"] < stop and start < fact["stop"]]
    values = {key: value for key, value in line.wanted.items() if key != "at"}
    faults = [_faults(fact, values, record) for fact in near]
    if any(not fault for fault in faults):
        return None
    told = "; ".join(f"{fact['quote']!r} ({fact['rule']}): {fault}" for fact, fault in zip(near, faults, strict=True))
    return told or "there is nothing"


def _leader(line: Line, record: dict[str, Any]) -> str | None:
    mentions = [
        fact for fact in record["leaders"] if any(_is(line.wanted["name"], fact[key]) for key in ("name", "quote"))
    ]
    values = {key: value for key, value in line.wanted.items() if key != "name"}
    faults = [_faults(fact, values, record) for fact in mentions]
    if any(not fault for fault in faults):
        return None
    return "; ".join(sorted(set(faults))) or f"the leaders are {sorted({fact['name'] for fact in record['leaders']})}"


def _faults(fact: dict[str, Any], values: dict[str, str], record: dict[str, Any]) -> str:
    return ", ".join(
        f"{key} {got}, not {want}" for key, want in values.items() if not _is(want, got := _value(fact, key, record))
    )


def _value(fact: dict[str, Any], key: str, record: dict[str, Any]) -> str:
    """A fact's value as an expectation writes it; another claim is meant by its words."""
    if key in ("part_of", "supersedes") and fact[key]:
        return next(
            (other["quote"] for other in record["casualties"] if other["id"] == fact[key]), "a claim that is not there"
        )
    return _shown(fact[key])


def _is(want: str, got: str) -> bool:
    return got in want.split("|") if "|" in want else want == got


def _incident(line: Line, record: dict[str, Any]) -> str | None:
    shown = [_incident_values(incident) for incident in record["incidents"]]
    if line.wanted.get("main") == "none":
        mains = [values for values in shown if values["main"] == "true"]
        return f"there is one: {mains}" if mains else None
    if any(all(_is(want, values[key]) for key, want in line.wanted.items()) for values in shown):
        return None
    return f"the incidents are {[{key: values[key] for key in line.wanted} for values in shown]}"


def _incident_values(incident: dict[str, Any]) -> dict[str, str]:
    place = incident["place"] or {}
    values = {key: _shown(incident[key]) for key in ("main", "part_of", "earliest", "latest", "date_precision")}
    values |= {"place": _shown(place.get("name")), "country": _shown(place.get("country"))}
    for outcome in TOLLS:
        toll = incident[outcome]
        values[outcome] = "/".join(_shown(toll[key]) for key in ("low", "best", "high")) if toll else "-"
    return values


def _nothing(line: Line, record: dict[str, Any]) -> str | None:
    text = record["text"]
    if "at" in line.wanted:
        stretches = [_marked(line.wanted["at"], text)]
        if stretches[0][0] < 0:
            return "the passage is not in the text"
    else:
        stretches = list(_everywhere(line.wanted["words"], text))
    in_tolls = {fact for incident in record["incidents"] for key in TOLLS for fact in incident["basis"].get(key, ())}
    for field in line.wanted["of"].split():
        facts = (
            [f for name in FIELDS for f in record[name] if f["id"] in in_tolls]
            if field == "incidents"
            else record[field]
        )
        for fact in facts:
            if any(fact["start"] < stop and start < fact["stop"] for start, stop in stretches):
                return f"{field} took {fact['quote']!r} ({fact['rule']})"
    return None


def _marked(passage: str, text: str) -> tuple[int, int]:
    """Where the words in brackets stand in `text`, found by the whole passage; -1 where it does not stand there."""
    before, _, rest = passage.partition("[")
    inside, _, after = rest.partition("]")
    start = text.find(before + inside + after)
    return (start + len(before), start + len(before) + len(inside)) if start >= 0 else (-1, -1)


def _everywhere(words: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def _shown(value: Any) -> str:
    if value is None or value == ():
        return "-"
    if isinstance(value, tuple | list):
        return "; ".join(map(_shown, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


CHECKS = {
    "article": _article,
    "furniture": _furniture,
    "regions": _region,
    "kept": _kept,
    "gone": _gone,
    "dates": _fact,
    "places": _fact,
    "casualties": _fact,
    "leaders": _leader,
    "incidents": _incident,
    "nothing": _nothing,
}


def main() -> int:
    """Print the lines whose marks are stale, and those that fail without one; 1 where there are any."""
    wrong = 0
    for line in lines():
        fault = complaint(line)
        if (fault is None) == (line.known_miss is not None):
            wrong += 1
            print(f"take the mark off: {line}" if fault is None else f"does not hold: {line}\n    {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
