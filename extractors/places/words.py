"""What the field knows of words: the classes of lexicon.yml and names.yml, and the ordinary words that are towns."""

from functools import cache
from pathlib import Path

from dateline.extractors.language.data import load_yaml

_FOLDER = Path(__file__).parent

# Classes made of others, so that no union is built for each name of a text.
_UNIONS = {
    "something_else": ("team", "street", "thing"),
    "beside": ("body", "unit", "title", "event"),  # may follow a place's name with a capital of their own
    "leading": ("compass", "in", "weak", "toward", "title_case"),  # may stand before one so
    "person": ("given", "surname"),
    "opens_person": ("title", "given"),
    "located": ("in", "toward", "compass", "locating"),
}


@cache
def classes() -> dict[str, frozenset[str]]:
    """Every class of words, by its name; abbreviations as they are written, all else in lower case."""
    found: dict[str, frozenset[str]] = {}
    for file in ("lexicon.yml", "names.yml"):
        data = load_yaml(_FOLDER / file)
        found |= {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}
    for name, parts in _UNIONS.items():
        found[name] = frozenset(word for part in parts for word in found[part])
    return found


@cache
def evidence() -> dict[str, str]:
    """Words that speak for a country without naming it, each with that country's code."""
    data = load_yaml(_FOLDER / "lexicon.yml")["evidence"]
    return {word: country for country, words in data.items() for word in words}


@cache
def common() -> frozenset[str]:
    """Ordinary words that are also names of places."""
    lines = (_FOLDER / "common.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
