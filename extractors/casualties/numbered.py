"""Numbers of people, and ages: "the three soldiers", "all 20", "dozens of villagers", "two of his deputies"."""

from dataclasses import replace

from dateline.extractors.casualties.figures import Figure, exact, qualified
from dateline.extractors.casualties.nounphrase import noun_at
from dateline.extractors.casualties.quantities import DASHES, NUMBER_WORDS, Quantity, number_at, quantity_at
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Count
from dateline.extractors.casualties.vocabulary import grammar, nouns, word_classes
from dateline.extractors.language.numbers import cardinal

OLD = frozenset({"old", "olds"})
LONGEST_CUE = 3  # tokens of a cue between people and the other figure for them


def numbered_at(sentence: Sentence, start: int, cue_words: frozenset[int]) -> Count | None:
    """The number of people that begins at token `start`, or vaguely many."""
    at = _past_determiners(sentence, start)
    quantity = quantity_at(sentence, at) or (quantity_at(sentence, start) if at > start else None)
    if quantity is None or not cue_words.isdisjoint(range(quantity.start, quantity.stop)):
        return None
    if age_at(sentence, quantity.start):
        return None
    count = _of_group(sentence, start, quantity, cue_words) or _of_noun(sentence, start, quantity, cue_words)
    count = count or _alone(sentence, start, quantity, cue_words)
    return None if count is None else _spread(sentence, count, cue_words)


def age_at(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """The age in years at token `at` and where it ends: "17-year-old", "13 year old", "six-month-old" (0)."""
    word = sentence.word(at)
    if not word or not (word[0].isdigit() or word in NUMBER_WORDS) or OLD.isdisjoint(sentence.words):
        return None  # most numbers
    found = cardinal(sentence.tokens.text, at)
    if found is None:
        return None
    value, stop = found
    stop += sentence.word(stop) in DASHES
    if sentence.word(stop) in ("and", "or", ",") and (second := age_at(sentence, stop + 1)) is not None:
        return value, second[1]  # "71 and 69 years old"
    unit = sentence.word(stop)
    if unit not in grammar("age_units"):
        return None
    stop += 1
    stop += sentence.word(stop) in DASHES
    if sentence.word(stop) not in OLD:
        return None
    return (value if unit.startswith("y") else 0), stop + 1


def _past_determiners(sentence: Sentence, at: int) -> int:
    """Past "the", "all the", "an estimated", "another": at most two words before a number."""
    for _ in range(2):
        word, following = sentence.word(at), sentence.word(at + 1)
        if word not in grammar("plural_definite") and word not in grammar("before_number"):
            break
        if following not in grammar("numbered") and (word in ("a", "an") or quantity_at(sentence, at + 1) is None):
            break
        at += 1
    return at


def _of_group(sentence: Sentence, start: int, quantity: Quantity, cue_words: frozenset[int]) -> Count | None:
    """So many of a group: "two of them", "three of them teenagers", "one of those killed"."""
    if sentence.word(quantity.stop) != "of":
        return None
    figure, many = quantity.figure, _agreement(quantity.figure)
    at = _past_owner(sentence, quantity.stop + 1)
    if sentence.word(at) in ("them", "whom", "these", "us"):
        noun = noun_at(sentence, at + 1, cue_words, plural=many)
        if noun is not None and noun.known:
            group = (noun.start, noun.stop)
            return Count(start, noun.stop, figure, "number", quantity.number, group, noun.group_class, many)
        return Count(start, at + 1, figure, "number", quantity.number, many=many)
    total = number_at(sentence, at)
    at = at if total is None else total[1]
    if (
        at in cue_words
        and at < sentence.stop
        and figure.vague is None
        and noun_at(sentence, at, cue_words, plural=True) is None
    ):
        return Count(start, at + 1, figure, "number", quantity.number, many=many)
    return None


def _of_noun(sentence: Sentence, start: int, quantity: Quantity, cue_words: frozenset[int]) -> Count | None:
    """A number with its noun: "12 people", "two of his deputies", "three of the 14 hostages", "dozens of villagers"."""
    figure, many = quantity.figure, _agreement(quantity.figure)
    at, partitive = quantity.stop, sentence.word(quantity.stop) == "of"
    if partitive:
        at = _past_owner(sentence, at + 1)
        total = number_at(sentence, at)
        at = at if total is None else total[1]
    noun = noun_at(sentence, at, cue_words, plural=partitive or many is not False)
    if noun is None or not (noun.known or not figure.vague or sentence.is_title(noun.stop - 1)):
        return None
    group = (noun.start, noun.stop)
    return Count(
        start, noun.stop, figure, "number", quantity.number, group, noun.group_class, many, weak=not noun.known
    )


def _alone(sentence: Sentence, start: int, quantity: Quantity, cue_words: frozenset[int]) -> Count | None:
    """A number without a noun: "killed 9 on a bus", "6 dead", "two more"."""
    figure, at = quantity.figure, quantity.stop
    if figure.vague is not None and figure.vague.lower() in grammar("too_vague"):
        return None
    after = at
    if sentence.word(at) == "of":
        after = _past_owner(sentence, at + 1)
        total = number_at(sentence, after)
        if total is not None:
            at = after = total[1]  # "four of the six"
    if not _may_stand_alone(sentence, after, cue_words) or _is_year(sentence, quantity) or _is_age(sentence, quantity):
        return None
    at += sentence.word(at) in grammar("more")
    return Count(start, at, figure, "number", quantity.number, many=_agreement(figure), weak=True)


def _past_owner(sentence: Sentence, at: int) -> int:
    """Past the words before the noun in "three of the …", "one of those …"."""
    words = grammar("of_determiners")
    for _ in range(3):
        if sentence.word(at) not in words or sentence.word(at + 1) == "who":
            break
        at += 1
    return at


def _agreement(figure: Figure) -> bool | None:
    """What a verb must agree with: True for many, None where either will do."""
    values = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    if figure.vague is not None:
        return None
    if values and max(values) == 1:
        return None if figure.qualifier in ("at_least", "at_most") else False
    return True


def _may_stand_alone(sentence: Sentence, at: int, cue_words: frozenset[int]) -> bool:
    """Whether what follows a number is no noun, so that the number itself can mean people."""
    at += sentence.word(at) in grammar("more")
    word = sentence.word(at)
    if not word or at in cue_words or not word[0].isalpha():
        return word not in ("%", "°")
    classes = word_classes()
    if word in classes["THING"]:
        return False
    return word in classes["BOUNDARY"] or word in classes["SOFT"] or not cue_words.isdisjoint((at + 1, at + 2))


def _is_year(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a bare number without qualifier is a year: "the second-biggest loss of 2007"."""
    word = sentence.word(quantity.start)
    return quantity.stop - quantity.start == 1 and len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20")


def _is_age(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a bare number between commas or brackets is an age: "a miner, 68, was killed"."""
    if quantity.stop - quantity.start > 1 or not sentence.word(quantity.start).isdigit():
        return False
    at = quantity.start - 1
    while sentence.word(at) in (",", "and") or sentence.word(at).isdigit():
        at -= 1
    if sentence.word(at) in ("aged", "ages"):
        return True  # "two teenagers, aged 15 and 17,"
    whose = nouns().get(sentence.word(quantity.start - 2))
    if whose is not None and whose.plural:
        return False  # "the militants, 8, were killed"
    around = sentence.word(quantity.start - 1), sentence.word(quantity.stop)
    named = around[0] == "," and sentence.is_title(quantity.start - 2) and sentence.is_title(quantity.start - 3)
    return around in ((",", ","), ("(", ")")) or (named and not around[1][:1].isalnum())  # "Karim Shah, 63 — died"


def _spread(sentence: Sentence, count: Count, cue_words: frozenset[int]) -> Count:
    """The count with the figure that a dash or bracket sets beside it or its cue: "at least 10 people dead — 16 by some
    counts", "12 people — 19 according to one hospital"."""
    at, low = count.stop, count.figure.low
    while (at in cue_words or sentence.word(at) in word_classes()["BE"]) and at - count.stop < LONGEST_CUE:
        at += 1
    if low is None or count.number is None or (sentence.word(at) not in DASHES and sentence.word(at) != "("):
        return count
    second = number_at(sentence, at + 1)
    if second is None:
        return count
    value, stop = second
    end = _tally_stop(sentence, stop)
    if end is None:
        return count
    low, high = sorted((low, value))
    figure = qualified("range", low, high) if low != high else exact(low)
    whole = end if at == count.stop else count.stop  # behind a cue the people's phrase has ended already
    return replace(count, stop=whole, until=end, figure=figure, number=(count.number[0], stop), many=True)


def _tally_stop(sentence: Sentence, at: int) -> int | None:
    """Where the words end that make a number another reckoning of the same people: "by some counts", "according to"."""
    if sentence.word(at) == "according" and sentence.word(at + 1) == "to":
        return at
    if sentence.word(at) != "by" or sentence.word(at + 1) not in grammar("by_whom"):
        return None
    words = range(at + 1, min(at + 4, sentence.stop))
    return next((index + 1 for index in words if sentence.word(index) in grammar("tallies")), None)
