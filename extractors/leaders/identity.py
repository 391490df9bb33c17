"""Who is who within one article: spellings of one name, and short forms of a long one."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.names import grammar

_VOWELS = "aeiouE"
# Vowels that transliteration mixes; "E" is the diphthong of Hussein and Shaikh. Hamid and Hamad are two names, as are
# Hassan and Hussein, so a and i, and a and u, stay apart.
_MIXED = {frozenset(pair) for pair in ("ae", "ei", "ou", "Ee", "Ei", "Ea")}
_UNMARKED = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_PART = re.compile(r"[^\W\d_]+(?:[’'`ʼ‘][^\W\d_]+)*")

_SHORTEST_VARIANT = 6  # letters


@dataclass(frozen=True, slots=True)
class Key:
    """A part of a name as it sounds: consonants, and the vowels between them."""

    consonants: str
    vowels: tuple[str, ...]


@cache
def _rules() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    data: dict[str, Any] = load_yaml(Path(__file__).parent / "transliteration.yml")
    aliases = {spelling: group[0] for group in data["aliases"] for spelling in group}
    return aliases, [(re.compile(pattern), to) for pattern, to in data["rewrites"]]


def plain(part: str) -> str:
    """A part of a name in lower case, without accents and apostrophes."""
    unmarked = unicodedata.normalize("NFKD", part.lower().translate(_UNMARKED))
    return "".join(sign for sign in unmarked if sign.isalnum())


@lru_cache(maxsize=4096)
def key(part: str) -> Key:
    """The key of one part of a name ("Hakeemullah"), without regard to accents, case and apostrophes."""
    aliases, rewrites = _rules()
    sound = aliases.get(plain(part), plain(part))
    for pattern, to in rewrites:
        sound = pattern.sub(to, sound)
    pieces = re.split(rf"([{_VOWELS}]+)", sound)
    vowels = tuple(piece if piece == "oi" else piece[0] for piece in pieces[1::2])
    # A vowel counts where it stands; "-" marks that a name begins with a consonant.
    lead = "" if pieces[0] == "" else "-"
    return Key("-".join(pieces[0::2]) if lead else "-" + "-".join(pieces[2::2]), vowels)


def same_part(first: str, second: str) -> bool:
    """Whether two parts are spellings of one: the same consonants, and vowels that transliteration mixes."""
    one, other = key(first), key(second)
    if one.consonants != other.consonants or len(one.vowels) != len(other.vowels):
        return False
    return all(a == b or frozenset((a, b)) in _MIXED for a, b in zip(one.vowels, other.vowels, strict=True))


@cache
def _idle() -> frozenset[str]:
    """What tells nobody apart: particles, honorifics, suffixes; but "Abu Bakar" is not "Bakar"."""
    known = grammar()
    idle = known.particles | known.hyphened | known.honorifics | known.suffixes | known.address
    return idle - {"abu", "abou", "abi", "umm", "oum", "ibn"}


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name that tell people apart: without particles, honorifics and suffixes."""
    words = _PART.findall(name)
    kept = tuple(word.lower().replace("’", "'") for word in words if word.lower() not in _idle())
    return kept or tuple(word.lower() for word in words)


@lru_cache(maxsize=4096)
def sounds(word: str) -> frozenset[str]:
    """The consonants of every part of a word or a name, by which a mention of a known person is looked for."""
    return frozenset(key(part.lower().replace("’", "'")).consonants for part in _PART.findall(word))


def same_person(first: str, second: str) -> bool:
    """Whether two names of one article mean one person: each part of the shorter is a part of the longer, in order, and
    the shorter ends where the longer ends or is its first part. A single short part must be spelled the same: too many
    short names sound alike ("Chan", "Chen")."""
    short, long = sorted((parts(first), parts(second)), key=len)
    if len(short) == 1 and len(short[0]) < _SHORTEST_VARIANT and plain(short[0]) not in map(plain, long):
        return False
    at = [_position(part, long) for part in short]
    if None in at or not short:
        return False
    places = [place for place in at if place is not None]
    if places != sorted(set(places)):
        return False
    return places[-1] == len(long) - 1 or (places[0] == 0 and (len(short) == 1 or len(short) == len(long)))


def _position(part: str, others: tuple[str, ...]) -> int | None:
    for place, other in enumerate(others):
        if (
            same_part(part, other)
            or (len(part) == 1 and other.startswith(part))
            or (len(other) == 1 and part.startswith(other))
        ):
            return place
    return None
