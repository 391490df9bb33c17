"""Quantities: the numeric part of a counted phrase, from its qualifier to its last number."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from dateline.extractors.casualties.figures import Figure, exact, qualified, vague
from dateline.extractors.casualties.sentence import Sentence, by_first_word
from dateline.extractors.casualties.vocabulary import word_classes
from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.numbers import SCALES, TENS, UNITS, cardinal

DASHES = frozenset({"-", "–", "—", "−", "‑", "--"})
QUOTES = frozenset({"'", '"', "“", "”", "‘", "’", "``", "''"})
LONGEST_BRACKET = 8  # tokens of a bracket between the ends of a range
LARGEST = 10_000_000  # a greater number of dead in news is a sum of money or a population
NUMBER_WORDS = frozenset({*UNITS, *TENS, "a", "half"})  # what a number in words begins with
AFTER_A = frozenset({"dozen", *SCALES})  # makes a number of an "a", or a greater one of a number
QUALIFIERS = ("at_least", "more_than", "at_most", "about")
Phrases = dict[str, list[tuple[str, ...]]]
Kinds = dict[tuple[str, ...], str]  # phrases, with the name of their list


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens `start:stop` say `figure`; `number` is the number itself, without its qualifier (None where vague)."""

    start: int
    stop: int
    figure: Figure
    number: tuple[int, int] | None


@cache
def _data() -> Any:
    return load_yaml(Path(__file__).parent / "quantities.yml")


@cache
def _phrases() -> dict[str, Phrases]:
    tables: dict[str, Phrases] = {name: by_first_word(_data()[name]) for name in ("vague", "couple", "both")}
    return {**tables, "at_most": by_first_word(_data()["qualifiers"]["at_most"])}


@cache
def _kinds(section: str) -> tuple[Phrases, Kinds]:
    """The phrases of all lists of a section, and which list each is in."""
    listed = _data()[section]
    kinds: Kinds = {tuple(phrase.split()): name for name in reversed(QUALIFIERS) for phrase in listed.get(name, ())}
    return by_first_word([" ".join(phrase) for phrase in kinds]), kinds


def _kind_at(sentence: Sentence, at: int, section: str) -> tuple[str, int]:
    """The list of a section that has the longest phrase at token `at`, and the phrase's length; 0 for none."""
    phrases, kinds = _kinds(section)
    length = sentence.phrase_at(at, phrases)
    return (kinds[tuple(map(sentence.word, range(at, at + length)))], length) if length else ("exact", 0)


@cache
def number_openers() -> frozenset[str]:
    """The words, beside digits, that a quantity can begin with."""
    listed = (_phrases()[name] for name in ("vague", "couple", "both"))
    return NUMBER_WORDS | _qualifying() | {"between", "from"} | {word for phrases in listed for word in phrases}


@cache
def number_words() -> frozenset[str]:
    """The words, beside digits, that a number, or a phrase for vaguely many, can begin with; qualifiers aside."""
    return (NUMBER_WORDS - {"a"}).union(*(_phrases()[name] for name in ("vague", "couple", "both")))


def quantity_at(sentence: Sentence, start: int) -> Quantity | None:
    """The quantity that begins at token `start`: "at least 12", "between 4 and 25", "dozens of", "both"."""
    word = sentence.word(start)
    if word not in number_openers() and not word[:1].isdigit():
        return None  # most words
    qualifier, at = _qualifier(sentence, start)
    found = _number(sentence, at, qualifier) or _words(sentence, at)
    if found is None:
        return None
    return _completed(sentence, replace(found, start=start) if at > start else found)


@cache
def _qualifying() -> frozenset[str]:
    """The first words of all qualifiers."""
    return frozenset(_kinds("qualifiers")[0])


def _qualifier(sentence: Sentence, start: int) -> tuple[str, int]:
    """The qualifier at `start` and where it ends: the first of "at least some 20" counts."""
    name, at = "exact", start
    for _ in range(2):
        kind, length = _kind_at(sentence, at, "qualifiers")
        if not length:
            break
        name = kind if name == "exact" else name
        at += length
        if sentence.word(at) in ("a", "the", "another") and sentence.word(at + 1) in ("further", "total"):
            at += 2  # "at least a further 12", "a total of at least 12"
            at += sentence.word(at) == "of"
    return name, at


def _number(sentence: Sentence, start: int, qualifier: str) -> Quantity | None:
    opened = 1 if sentence.word(start) in ("between", "from") else 0
    first = number_at(sentence, start + opened)
    if first is None:
        return None
    low, stop = first
    if opened and sentence.word(start - 1) in word_classes()["CHANGED"]:
        return _changed(sentence, start, stop, low)
    if opened:
        stop = _past_bracket(sentence, stop)  # "from one (police) to six (residents)"
    if sentence.word(stop) in QUOTES and sentence.word(stop + 1) in ("and", "to", "or"):
        stop += 1  # "'at least five' and as many as nine"
    high = low
    second = _second(sentence, stop, low, opened=bool(opened))
    if second is not None:
        qualifier = (
            qualifier if sentence.word(stop) not in ("and", ",") else "exact"
        )  # "at least six and as many as 40"
        high, stop = second
        low = _scaled(sentence, low, first[1], high, stop)
    elif opened:
        return None
    else:
        stop = first[1]
    return Quantity(start, stop, qualified(qualifier, low, high), (start, stop))


def _scaled(sentence: Sentence, low: int, at: int, high: int, stop: int) -> int:
    """The lower end of a range whose scale is said once: "two to three dozen"."""
    scale = SCALES.get(sentence.word(stop - 1), 12 if sentence.word(stop - 1) == "dozen" else 1)
    own = sentence.word(at - 1) in AFTER_A
    return low if own or low * scale >= high else low * scale


def _changed(sentence: Sentence, start: int, stop: int, old: int) -> Quantity | None:
    """The newer of two figures: "rose from 12 to 15"."""
    new = number_at(sentence, stop + 1) if sentence.word(stop) == "to" else None
    return None if new is None or new[0] == old else Quantity(start, new[1], exact(new[0]), (stop + 1, new[1]))


def _past_bracket(sentence: Sentence, at: int) -> int:
    """Past a short bracket that opens at token `at`."""
    if sentence.word(at) != "(":
        return at
    return next((index + 1 for index in range(at, at + LONGEST_BRACKET) if sentence.word(index) == ")"), at)


def number_at(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """The plain number of people that may stand at `start`, and where it ends: no money, date, score, percentage or
    part of a name."""
    if sentence.numbers is None:
        sentence.numbers = _numbers(sentence)
    return sentence.numbers.get(start)


def _numbers(sentence: Sentence) -> dict[int, tuple[int, int]]:
    """All plain numbers of people in a sentence, by their first token."""
    numbers: dict[int, tuple[int, int]] = {}
    for at, word in enumerate(sentence.words, sentence.start):
        if word in NUMBER_WORDS or word[0].isdigit():
            found = _read_number(sentence, at, word)
            if found is not None:
                numbers[at] = found
    return numbers


def _read_number(sentence: Sentence, start: int, word: str) -> tuple[int, int] | None:
    if word == "a" and sentence.word(start + 1) not in AFTER_A:
        return None
    found = cardinal(sentence.tokens.text, start)
    if found is None or found[0] > LARGEST or found[1] > sentence.stop:
        return None
    value, stop = found
    before, after = sentence.word(start - 1), sentence.word(stop)
    classes = word_classes()
    if before in classes["NOT_BEFORE"] or after in classes["NOT_AFTER"]:
        return None
    if sentence.joined(start) and (
        before in ("/", "'", "’") or (before == "." and sentence.word(start - 2).isdigit()) or _is_code(sentence, start)
    ):
        return None
    if sentence.joined(stop) and (after in ("/", "°", ":") or (after in DASHES and _is_code(sentence, stop + 1))):
        return None
    return value, stop


def _is_code(sentence: Sentence, index: int) -> bool:
    """Whether the dash before `index` makes it part of a name ("AK-47", "20-vehicle") and of no range or age."""
    before = sentence.word(index - 1)
    if before not in DASHES or not sentence.joined(index):
        return False
    left, right = sentence.word(index - 2), sentence.word(index)
    if not sentence.joined(index - 1):
        return False
    return not (
        _numeric(left) and (_numeric(right) or right in ("year", "month", "week", "day", "plus", "strong", "odd"))
    )


def _numeric(word: str) -> bool:
    return word[:1].isdigit() or word in UNITS or word in TENS


def _second(sentence: Sentence, at: int, low: int, *, opened: bool) -> tuple[int, int] | None:
    """The upper end of a range whose lower end stops at `at`: "– 16", "to 16", "or 16", "and as many as 16"."""
    word = sentence.word(at)
    if word in DASHES or word in ("to", "or") or (word == "and" and opened):
        at += 1
        at += sentence.word(at) in ("possibly", "perhaps", "even")
        at += sentence.phrase_at(at, _phrases()["at_most"])
    elif word in ("and", ","):
        at += 1 + (word == "," and sentence.word(at + 1) in ("and", "possibly", "perhaps", "maybe"))
        length = sentence.phrase_at(at, _phrases()["at_most"])
        if not length:
            return None
        at += length
    else:
        return None
    second = number_at(sentence, at)
    if second is None or second[0] <= low:
        return None
    value, stop = second
    return value, stop + (word == "," == sentence.word(stop))  # "at least 12, possibly as many as 20, villagers"


def _words(sentence: Sentence, start: int) -> Quantity | None:
    """A quantity without a numeral: "both", "a couple of", "dozens of", "several"."""
    tables = _phrases()
    for name, value in (("both", 2), ("couple", 2)):
        if length := sentence.phrase_at(start, tables[name]):
            return Quantity(start, start + length, exact(value), (start, start + length))
    if sentence.word(start - 1) == "how":
        return None  # "how many people had died"
    if length := sentence.phrase_at(start, tables["vague"]):
        stop = start + length
        return Quantity(start, stop, vague(sentence.text(start, stop)), None)
    return None


def _completed(sentence: Sentence, quantity: Quantity) -> Quantity:
    """The quantity with what may follow the number: "or more", "12+", "or so"."""
    kind, length = _kind_at(sentence, quantity.stop, "after")
    low, high = quantity.figure.low, quantity.figure.high
    if not length or low is None or high is None or _counts_on(sentence, quantity.stop, length):
        return quantity
    return Quantity(quantity.start, quantity.stop + length, qualified(kind, low, high), quantity.number)


def _counts_on(sentence: Sentence, at: int, length: int) -> bool:
    """Whether the words at `at` belong to the next number: "killed two at least five hurt"."""
    return number_at(sentence, at + length) is not None
