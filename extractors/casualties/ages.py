"""Ages: "a 17-year-old" is one person, and 17 nobody."""

from dateline.extractors.casualties.quantities import DASHES, NUMBER_WORDS
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.vocabulary import grammar
from dateline.extractors.language.numbers import cardinal


def age_at(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """The age in years at token `at` and where it ends: "17-year-old", "13 year old", "six-month-old" (0)."""
    word = sentence.word(at)
    if not word or not (word[0].isdigit() or word in NUMBER_WORDS):
        return None
    found = cardinal(sentence.tokens.doc, at)
    if found is None:
        return None
    value, stop = found
    stop += sentence.word(stop) in DASHES
    unit = sentence.word(stop)
    if unit not in grammar("age_units"):
        return None
    stop += 1
    stop += sentence.word(stop) in DASHES
    if sentence.word(stop) not in ("old", "olds"):
        return None
    return (value if unit.startswith("y") else 0), stop + 1
