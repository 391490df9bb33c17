"""Who is who within one article: spellings of one name, and short forms of a long one."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.grammar import grammar

_VOWELS = "aeiouE"
# Vowels that transliteration mixes; "E" is the diphthong of Hussein and Shaikh. Hamid and Hamad are two names, as are
# Hassan and Hussein, so a and i, and a and u, stay apart.
_MIXED = {frozenset(pair) for pair in ("ae", "ei", "ou", "Ee", "Ei", "Ea")}
_UNMARKED = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_PART = re.compile(r"[^\W\d_]+(?:[’'`ʼ‘][^\W\d_]+)*")

_SHORTEST_VARIANT = 6  # letters
_SOUNDING = (
    3  # consonants of a part in which "kh" and "k", "ch" and "sh" may stand for each other; "Chan" is not "Shan"
)
_KUNYA = frozenset({"abu", "umm", "ibn"})
_JUNIOR = frozenset({"jr", "sr", "junior"})


@dataclass(frozen=True, slots=True)
class Key:
    """A part of a name as it sounds: consonants, and the vowels between them."""

    consonants: str
    vowels: tuple[str, ...]


@cache
def _rules() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]], dict[str, frozenset[str]], dict[str, str]]:
    """Aliases of whole parts, rewrites, the word lists by which parts are joined, and what stands for two parts."""
    data: dict[str, Any] = load_yaml(Path(__file__).parent / "transliteration.yml")
    aliases = {spelling: group[0] for group in data["aliases"] for spelling in group}
    rewrites = [(re.compile(pattern), to) for pattern, to in data["rewrites"]]
    joints = {name: frozenset(words) for name, words in data["joints"].items()}
    return aliases, rewrites, joints, {spelling: two for two, group in data["in_one"].items() for spelling in group}


def plain(part: str) -> str:
    """A part of a name in lower case, without accents and apostrophes."""
    unmarked = unicodedata.normalize("NFKD", part.lower().translate(_UNMARKED))
    return "".join(sign for sign in unmarked if sign.isalnum())


@lru_cache(maxsize=4096)
def key(part: str) -> Key:
    """The key of one part of a name ("Hakeemullah"), without regard to accents, case and apostrophes."""
    aliases, rewrites, _, _ = _rules()
    sound = aliases.get(plain(part), plain(part))
    for pattern, to in rewrites:
        sound = pattern.sub(to, sound)
    pieces = re.split(rf"([{_VOWELS}]+)", sound)
    vowels = tuple(piece if piece == "oi" else piece[0] for piece in pieces[1::2])
    # A vowel counts where it stands; "-" marks that a name begins with a consonant.
    lead = "" if pieces[0] == "" else "-"
    consonants = "-".join(pieces[0::2]) if lead else "-" + "-".join(pieces[2::2])
    if len(consonants.replace("-", "")) >= _SOUNDING:
        consonants = consonants.replace("X", "k").replace("C", "S")
    return Key(consonants, vowels)


def same_part(first: str, second: str) -> bool:
    """Whether two parts are spellings of one: the same consonants, and vowels that transliteration mixes."""
    one, other = key(first), key(second)
    if one.consonants != other.consonants or len(one.vowels) != len(other.vowels):
        return False
    return all(a == b or frozenset((a, b)) in _MIXED for a, b in zip(one.vowels, other.vowels, strict=True))


@cache
def _idle(*, first: bool) -> frozenset[str]:
    """What tells nobody apart: particles, suffixes, and before the first part honorifics. But "Abu Bakar" is not
    "Bakar", Hafez al-Assad not any Assad, and Khalid Sheikh Mohammed has three parts."""
    known = grammar()
    idle = known.particles | known.hyphened | known.suffixes | (known.honorifics | known.address if first else set())
    return idle - {"abu", "abou", "abi", "umm", "oum", "ibn"} - _rules()[2]["given_too"]


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name that tell people apart: without particles, honorifics and suffixes; "Abdul Malik", "Abd
    al-Malik" and "Abdelmalek" are one part, "Abubakar" two."""
    _, _, joints, in_one = _rules()
    kept: list[str] = []
    servant = article = False  # whether the part before is the "Abdul" of "Abdul Malik"; whether an "al" stands between
    words = [word.lower().replace("’", "'") for word in _PART.findall(name)]
    for at, word in enumerate(words):
        if word in joints["faith"] and kept and article:
            kept[-1] += "uddin"  # "Salah ud-Din"
        elif word in _idle(first=not kept) and (at + 1 < len(words) or word in grammar().suffixes or not kept):
            article = word in joints["articles"]
            continue
        elif servant:
            kept[-1] = f"abdul{word}"
        elif plain(word) in in_one:
            kept += in_one[plain(word)].split()
        else:
            if kept and kept[-1][-2:] in ("ur", "ul") and len(kept[-1]) > 4 and word in joints["praise"]:
                kept[-1] = kept[-1][:-2]  # "Waliur Rehman"
            kept.append("abu" if word in ("abou", "abi") else word)
        servant, article = kept[-1] in joints["servant"], False
    return tuple(kept or words)


def without_servant(part: str) -> str:
    """The "karim" of "abdulkarim", by which people are called too; the part itself where it is not made so."""
    return part.removeprefix("abdul") if part.startswith("abdul") and len(part) > 7 else part


@lru_cache(maxsize=4096)
def sounds(word: str) -> frozenset[str]:
    """The consonants of every part of a word or a name, by which a mention of a known person is looked for."""
    written = (part.lower().replace("’", "'") for part in _PART.findall(word))
    return frozenset(key(part).consonants for part in (*written, *parts(word)))


def same_person(first: str, second: str) -> bool:
    """Whether two names of one article mean one person: each part of the shorter is a part of the longer, in order, and
    the shorter ends where the longer ends, is its first part, or leaves out its last ("Mangal Bagh" Afridi). A single
    short part must be spelled the same: too many short names sound alike ("Chan", "Chen")."""
    short, long = sorted((parts(first), parts(second)), key=len)
    if len(short) == 1 and len(short[0]) < _SHORTEST_VARIANT and plain(short[0]) not in map(plain, _callable(long)):
        return False
    if not short or (len(short) > 1 and _is_junior(first) != _is_junior(second)):
        return False
    places = _places(short, long)
    if places is None:
        return False
    if places[-1] == len(long) - 1:
        return True
    if places[0] != 0:
        return False
    return len(short) == 1 or (
        places[-1] == len(short) - 1 and short[0] not in _KUNYA and _is_byname(long[len(short) :])
    )


def _callable(long: tuple[str, ...]) -> list[str]:
    return [*long, *map(without_servant, long)]


def _is_byname(rest: tuple[str, ...]) -> bool:
    """Whether what a longer name has more is one name: a tribe, a mother's name, "Abu Mansour"."""
    return len(rest) == 1 or (len(rest) == 2 and rest[0] in _KUNYA)


def _is_junior(name: str) -> bool:
    return name.lower().rstrip(".").rpartition(" ")[2] in _JUNIOR


def _places(short: tuple[str, ...], long: tuple[str, ...]) -> list[int] | None:
    """Where each part of the shorter name stands in the longer, in order; None where one does not."""
    places: list[int] = []
    for part in short:
        begin = places[-1] + 1 if places else 0
        at = next(
            (place for place in range(begin, len(long)) if _stands_for(part, long[place], lone=len(short) == 1)), None
        )
        if at is None:
            return None
        places.append(at)
    return places


def _stands_for(part: str, other: str, *, lone: bool) -> bool:
    """Whether two parts are spellings of one name, or one the other's initial; a `lone` one may leave out "Abdul"."""
    if len(part) == 1 or len(other) == 1:
        return part[0] == other[0]
    return same_part(part, other) or (
        lone and other != without_servant(other) and same_part(part, without_servant(other))
    )
