"""Noun phrases: which people a quantity or an article speaks of."""

from dataclasses import dataclass

from dateline.extractors.casualties.quantities import DASHES, QUOTES, number_at
from dateline.extractors.casualties.sentence import Sentence, leading_to
from dateline.extractors.casualties.vocabulary import Word, adjectives, beside, grammar, nouns, word_classes
from dateline.models.fields.casualties import GroupClass

LONGEST = 12  # tokens between a number and its noun: "suspected foreign Tehreek-e-Taliban Pakistan (TTP) militants"


@dataclass(frozen=True, slots=True)
class Noun:
    """The people of a phrase: tokens `start:stop`, their class, and whether the words themselves are for people
    (`known`) or only stand where people are expected."""

    start: int
    stop: int
    group_class: GroupClass
    plural: bool | None
    known: bool


def people_ahead(sentence: Sentence) -> set[int]:
    """The tokens that a noun phrase with a word for people may begin at, with or without a word before it."""
    if sentence.before_people is None:
        known = nouns()
        people = [at for at, word in enumerate(sentence.words, sentence.start) if word in known]
        sentence.before_people = leading_to(people, LONGEST + 1)
    return sentence.before_people


def noun_at(sentence: Sentence, start: int, cue_words: frozenset[int], *, plural: bool | None) -> Noun | None:
    """The people named from token `start` on, up to the end of the noun phrase; None where it names none.

    `plural` is what the quantity before asks for; None for a phrase without one. `cue_words` are tokens of cues,
    which end a phrase unless they stand before a noun ("three wounded insurgents").
    """
    if plural is None and start not in people_ahead(sentence):
        return None  # most words
    head: int | None = None
    loose: int | None = None
    thing = False
    people, things, adjective = nouns(), word_classes()["THING"], adjectives()
    at, end = start, min(sentence.stop, start + LONGEST)
    while at < end:
        word = sentence.word(at)
        noun = people.get(word)
        if noun is not None and (
            _is_modifier_here(sentence, at) or (word in adjective and _is_adjective(sentence, at, cue_words))
        ):
            noun = None
        if word == "head" and sentence.word(at + 1) == "of" and sentence.word(at + 2) in things:
            return None  # "thirty head of cattle"
        if at in cue_words:
            if not _before_noun(sentence, at, cue_words):
                break
            at += 1
            continue
        if noun is not None:
            if _agrees(noun, plural):
                head, thing = at, False
            else:
                loose, thing = at, False
        elif word in things:
            thing = True
        elif (
            word == "and"
            and head is None
            and not thing
            and at > start
            and plural is not False
            and _noun_follows(sentence, at + 1)
        ):
            pass  # "22 TTP and other militants"
        elif _ends(sentence, at, found=head is not None or loose is not None) or (thing and _is_verb(word)):
            break
        at += _step(sentence, at) if word == "(" else 1
    if thing:
        return None
    if head is None and loose is not None and (plural or sentence.word(start - 1) in ("one", "1")):
        head = loose  # a typing error ("two militant were killed", "1 soldiers"), or a noun before "deaths"
    if head is not None:
        return _known(sentence, start, head, cue_words, plural)
    if plural and at > start and sentence.word(at - 1) in beside() and at - start <= 5:
        return Noun(start, at, beside()[sentence.word(at - 1)], True, known=True)  # "nine al Qaeda", "four TTP"
    return _unknown(sentence, start, at, plural)


def _is_adjective(sentence: Sentence, head: int, cue_words: frozenset[int]) -> bool:
    """Whether the adjective at `head` goes with a noun behind it that is not for people: "the American economy"."""
    if head + 1 in cue_words:
        return False
    word = sentence.word(head + 1)
    classes = word_classes()
    if (
        not word.isalpha()
        or sentence.is_title(head + 1)
        or word in classes["BOUNDARY"]
        or word in classes["SOFT"]
        or word in classes["SAYS"]
    ):
        return False
    return not word.endswith(("ed", "ing", "ly"))


def _agrees(noun: Word, plural: bool | None) -> bool:
    return plural is None or noun.plural is None or noun.plural == plural


def _is_modifier_here(sentence: Sentence, at: int) -> bool:
    """A word for people that is tied to the next by a hyphen may be no noun of its own: "militant-held"."""
    return sentence.word(at + 1) in DASHES and sentence.joined(at + 1) and sentence.word(at + 2) in grammar("tied")


def _before_noun(sentence: Sentence, at: int, cue_words: frozenset[int]) -> bool:
    """Whether a cue stands before a noun as its adjective: "three wounded insurgents"."""
    following = at + 1
    adjective = sentence.word(at) in grammar("before_noun")
    return adjective and sentence.word(following) in nouns() and following not in cue_words


def _noun_follows(sentence: Sentence, at: int) -> bool:
    """Whether a plural for people stands within a few words, before anything that would begin a new count."""
    for index in range(at, min(at + 4, sentence.stop)):
        noun = nouns().get(sentence.word(index))
        if noun is not None and noun.plural is not False:
            return True
        if number_at(sentence, index) is not None or sentence.word(index) in word_classes()["BOUNDARY"]:
            return False
    return False


def _ends(sentence: Sentence, at: int, *, found: bool) -> bool:
    """Whether the word at `at` ends the noun phrase; `found` tells that it has its noun already."""
    word = sentence.word(at)
    if sentence.word(at - 1) in DASHES and sentence.joined(at) and sentence.joined(at - 1):
        return False  # inside a compound: "AQAP-linked", "for-hire"
    if sentence.word(at + 1) in DASHES and sentence.joined(at + 1) and sentence.joined(at + 2):
        return word in ("the", "a", "and", "or")
    if word in word_classes()["BOUNDARY"] or number_at(sentence, at) is not None:
        return True
    if word[0].isalpha():
        if not found:
            return word in ("'s", "’s")
        known = word in beside() or word in nouns()
        return (found and not known and not sentence.is_title(at)) or word in ("'s", "’s")
    if word in ("'s", "’s"):
        return found
    if word in QUOTES or word in DASHES or word == "/":
        return found and not sentence.joined(at)
    return not (word == "(" and not found)


def _step(sentence: Sentence, at: int) -> int:
    """The tokens of a short bracket: "Pakistan (TTP) militants"; of a longer one its first."""
    return next(
        (index + 1 - at for index in range(at + 1, min(at + 5, sentence.stop)) if sentence.word(index) == ")"), 1
    )


def _is_verb(word: str) -> bool:
    """Whether a word behind a thing is what the thing did: "the force encountered armed men"."""
    return word.endswith("ed") and word not in grammar("described")


def _known(sentence: Sentence, start: int, head: int, cue_words: frozenset[int], plural: bool | None) -> Noun:
    noun = nouns()[sentence.word(head)]
    stop = head + 1
    while sentence.joined(stop) and sentence.word(stop) in DASHES and sentence.joined(stop + 1):
        stop += 2  # "passer-by", "brother-in-law"
    group_class = noun.group_class
    if plural is not False and sentence.word(stop) in ("and", "or"):
        further = _second_noun(sentence, stop + 1, cue_words)
        if further is not None:
            stop = further + 1  # "civilians and soldiers" under one number
            other = nouns()[sentence.word(further)]
            if other.group_class != group_class and not (noun.leaning or other.leaning):
                group_class = "unspecified"
    if noun.leaning or group_class == "unspecified":
        group_class = _class_beside(sentence, start, head, stop) or group_class
    return Noun(start, stop, group_class, noun.plural, known=True)


def _second_noun(sentence: Sentence, at: int, cue_words: frozenset[int]) -> int | None:
    """The plural noun of a second group under the same number, without a determiner of its own."""
    for index in range(at, min(at + 3, sentence.stop)):
        word = sentence.word(index)
        noun = nouns().get(word)
        if noun is not None and noun.plural:
            return index
        if noun is not None and noun.plural is False:
            return None
        if index in cue_words or word in word_classes()["BOUNDARY"] or not word.isalpha() or word == "several":
            return None
        if number_at(sentence, index):
            return None
    return None


def _class_beside(sentence: Sentence, start: int, head: int, stop: int) -> GroupClass | None:
    """The class of the nearest telling word before the noun, else of one in an "of …" after it."""
    words = beside()
    for index in range(head - 1, start - 1, -1):
        if sentence.word(index) in words:
            return words[sentence.word(index)]
    if sentence.word(stop) in ("of", "from"):
        for index in range(stop + 1, min(stop + 8, sentence.stop)):
            word = sentence.word(index)
            if word in words:
                return words[word]
            if not (word.isalpha() or word in DASHES or word in ("(", "'s", "’s")) or word in (
                "and",
                "was",
                "were",
                "who",
            ):
                return None
    return None


def _unknown(sentence: Sentence, start: int, stop: int, plural: bool | None) -> Noun | None:
    """A noun that no list knows, where a number or article says that it is counted: "43 charcoal burners"."""
    while stop > start and not sentence.word(stop - 1)[0].isalpha():
        stop -= 1
    if plural is None or stop <= start or stop - start > 4:
        return None
    word = sentence.word(stop - 1)
    if plural and (word.endswith(("s", "men")) and not word.endswith(("ss", "us", "ous")) and len(word) > 3):
        return Noun(start, stop, "unspecified", True, known=False)
    if not plural and word.endswith(tuple(sorted(grammar("person_endings")))):
        return Noun(start, stop, "unspecified", False, known=True)
    return None
