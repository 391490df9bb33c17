"""Named people as the subject or object of a verb of death: "killed Karim Shah", "Karim Shah was killed"."""

from dateline.extractors.casualties.figures import exact
from dateline.extractors.casualties.quantities import DASHES
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Count
from dateline.extractors.casualties.vocabulary import beside, grammar, nouns, word_classes

MOST = 8  # names in a row
LONGEST = 7  # tokens of a name: "Abu Ubaydh Al Tunisi", "Sheikh Khalid bin Abdel Rehman Al-Hussainan"


def name_after(sentence: Sentence, start: int, cue_words: frozenset[int]) -> Count | None:
    """The name that begins at token `start`; None where it is no person's, or owns something ("Shah's car")."""
    stop = start
    while stop < sentence.stop and stop - start < LONGEST and _of_name(sentence, stop, cue_words):
        stop += 1
    while stop > start and sentence.word(stop - 1) in grammar("particles"):
        stop -= 1
    if sentence.word(stop) in ("'s", "’s") or sentence.word(stop) in DASHES:
        return None
    return _name(sentence, start, stop)


def names_after(sentence: Sentence, start: int, cue_words: frozenset[int]) -> list[Count]:
    """The names from token `start` on, joined by commas and an "and"."""
    first = name_after(sentence, start, cue_words)
    if first is None:
        return []
    names = [first]
    while len(names) < MOST and sentence.word(names[-1].stop) in (",", "and"):
        at = names[-1].stop + 1
        last = sentence.word(at - 1) == "and" or sentence.word(at) == "and"
        further = name_after(sentence, at + (sentence.word(at) == "and"), cue_words)
        if further is None:
            break
        names.append(further)
        if last:
            return names
    return [first]


def names_before(sentence: Sentence, stop: int, cue_words: frozenset[int]) -> list[Count]:
    """The names that end before token `stop`, joined by commas and an "and"."""
    last = name_before(sentence, stop, cue_words)
    if last is None:
        return []
    names = [last]
    joint = "and"
    while len(names) < MOST and sentence.word(names[0].start - 1) == joint:
        at = names[0].start - 1
        at -= joint == "and" and sentence.word(at - 1) == ","
        further = name_before(sentence, at, cue_words)
        if further is None:
            break
        names, joint = [further, *names], ","
    return names


def name_before(sentence: Sentence, stop: int, cue_words: frozenset[int]) -> Count | None:
    """The name that ends right before token `stop`, a bracket or an apposition between commas aside."""
    if sentence.word(stop - 1) == ")":
        opening = next(
            (index for index in range(stop - 2, max(stop - 12, sentence.start - 1), -1) if sentence.word(index) == "("),
            None,
        )
        stop = stop if opening is None else opening
    elif sentence.word(stop - 1) == ",":
        opening = next(
            (index for index in range(stop - 2, max(stop - 16, sentence.start - 1), -1) if sentence.word(index) == ","),
            None,
        )
        stop = stop if opening is None else opening
    start = stop
    while start > sentence.start and stop - start < LONGEST and _of_name(sentence, start - 1, cue_words):
        start -= 1
    while start < stop and sentence.word(start) in grammar("late_particles"):
        start += 1
    if sentence.word(start - 1) in grammar("before_place") or sentence.word(start - 1).isdigit():
        return None  # a place: "soldiers in Karachi were killed"
    return _name(sentence, start, stop)


def _of_name(sentence: Sentence, index: int, cue_words: frozenset[int]) -> bool:
    word = sentence.word(index)
    if index in cue_words or word in grammar("before_names"):
        return False
    return (sentence.is_title(index) and word[0].isalpha()) or word in grammar("particles")


def _name(sentence: Sentence, start: int, stop: int) -> Count | None:
    words = [sentence.word(index) for index in range(start, stop)]
    classes = word_classes()
    if not words or words[0] in classes["BOUNDARY"]:
        return None
    if not classes["THING"].isdisjoint(words) or not grammar("no_names").isdisjoint(words):
        return None
    if all(word in beside() or word in nouns() for word in words) or not any(len(word) > 2 for word in words):
        return None
    if len(words) == 1 and sentence.tokens.text[start].isupper():
        return None
    return Count(start, stop, exact(1), "name", None, (start, stop), many=False)
