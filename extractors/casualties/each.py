"""So many in each: "three strikes killed five men each"."""

from dateline.extractors.casualties.quantities import number_at
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Stretch
from dateline.extractors.casualties.vocabulary import word_classes

REACH = 40  # tokens back to the things that "each" goes over
LONGEST_THING = 4  # tokens from a number to its noun: "two crowded railway carriages"


def each_stop(sentence: Sentence, at: int) -> int:
    """Where an "each", "in each" or "apiece" that stands at token `at` ends; `at` where there is none."""
    begin = at + (sentence.word(at) in ("in", "from", "at", "on"))
    return begin + 1 if sentence.word(begin) in ("each", "apiece") else at


def things_before(sentence: Sentence, at: int) -> tuple[int, Stretch] | None:
    """The nearest number of things before token `at`, and where it stands; None where none are counted."""
    classes = word_classes()
    for index in range(at - 1, max(sentence.start, at - REACH) - 1, -1):
        found = number_at(sentence, index)
        if found is None or found[0] < 2:
            continue
        for noun in range(found[1], min(found[1] + LONGEST_THING, at)):
            word = sentence.word(noun)
            if word in classes["THING"] and word.endswith("s"):
                return found[0], (index, found[1])
            if word in classes["BOUNDARY"]:
                break
    return None
