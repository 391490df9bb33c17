"""Counted people, found in one pass over a sentence: "at least 10 policemen", "a judge", "both", "nobody"."""

from dataclasses import replace
from functools import cache

from dateline.extractors.casualties.figures import exact, vague
from dateline.extractors.casualties.nounphrase import Noun, noun_at, people_ahead
from dateline.extractors.casualties.numbered import age_at, numbered_at
from dateline.extractors.casualties.quantities import DASHES, number_at, number_openers, number_words
from dateline.extractors.casualties.sentence import Sentence, leading_to
from dateline.extractors.casualties.shapes import PLURAL, Count, Kind
from dateline.extractors.casualties.vocabulary import collectives, grammar, households, sized, word_classes

NEAR = 7  # tokens in which the number of "the as many as possibly 20" begins
LONGEST_NAME = 6  # tokens of a name after "a policeman"
LONGEST_COLLECTIVE = 5  # tokens up to the "of" of "a small armed group of nine"
MOST_NOBODIES = 3  # groups of "no women, men or children"


def find_counts(sentence: Sentence, cue_words: frozenset[int]) -> list[Count]:
    """Every counted phrase of a sentence, in order, never overlapping. `cue_words` are the tokens of its cues."""
    counts: list[Count] = []
    opening, people, begin = openers(), people_ahead(sentence), sentence.start
    for at, word in enumerate(sentence.words, sentence.start):
        if at < begin:
            continue
        count = None
        if word in opening or word[0].isdigit():
            count = _count_at(sentence, at, cue_words)
        elif at in people and (at not in cue_words or word in grammar("opens_phrase")):
            count = _owned(sentence, _bare(sentence, at, cue_words), cue_words)
        if count is not None:
            counts.append(count)
            begin = max(count.stop, count.until)
    return counts


@cache
def openers() -> frozenset[str]:
    """The words, beside digits, that a number, an article or a pronoun begins with; what opens with any other word is
    people without number."""
    sets = (
        "nobody",
        "articles",
        "definite",
        "plural_definite",
        "before_number",
        "singular_pronouns",
        "plural_pronouns",
    )
    small = (grammar(name) for name in (*sets, "reflexive"))
    return frozenset({"no", "some", "other", "all", "everyone", "everybody"}).union(number_openers(), *small)


def _count_at(sentence: Sentence, at: int, cue_words: frozenset[int]) -> Count | None:
    """The counted phrase that begins at token `at`."""
    if at in cue_words and sentence.word(at) not in grammar("opens_phrase"):
        return None
    found = _nobody(sentence, at, cue_words) or _collective(sentence, at, cue_words)
    return found or _owned(sentence, _somebody(sentence, at, cue_words), cue_words)


def _collective(sentence: Sentence, at: int, cue_words: frozenset[int]) -> Count | None:
    """ "A group of nine hikers", "a family of six": the people in it."""
    if sentence.word(at) not in grammar("opens_collective"):
        return None
    of = next((index for index in range(at + 1, at + LONGEST_COLLECTIVE) if sentence.word(index) == "of"), None)
    if of is None or sentence.word(of - 1) not in collectives():
        return None
    inner = numbered_at(sentence, of + 1, cue_words)
    return None if inner is None or inner.number is None else replace(inner, start=at, many=None, weak=False)


def _owned(sentence: Sentence, owner: Count | None, cue_words: frozenset[int]) -> Count | None:
    """The people who are somebody's, where a "'s" follows: "the governor's two sons"; else the count itself. "A couple"
    are two; a household is people without number."""
    if owner is None:
        return None  # most words
    noun = sentence.word(owner.group[1] - 1) if owner.group is not None else ""
    if noun in sized() and owner.figure == exact(1):
        return replace(owner, figure=exact(sized()[noun]), many=None)
    if noun in households():
        words = sentence.text(owner.start, owner.stop) if owner.number else PLURAL
        return replace(owner, figure=vague(words), kind="plural", number=None, many=None)
    at = owner.stop + 1
    if sentence.word(owner.stop) not in ("'s", "’s") or owner.many or at in cue_words:
        return owner
    owned = numbered_at(sentence, at, cue_words) or _plain(sentence, at, cue_words, "the")
    return owner if owned is None else replace(owned, start=owner.start)


def _somebody(sentence: Sentence, at: int, cue_words: frozenset[int]) -> Count | None:
    found = None
    if at in _numbers_ahead(sentence):
        found = _of_age(sentence, at, cue_words) or numbered_at(sentence, at, cue_words)
    return (
        found
        or _singular(sentence, at, cue_words)
        or _pronoun(sentence, at, cue_words)
        or _bare(sentence, at, cue_words)
    )


def _numbers_ahead(sentence: Sentence) -> set[int]:
    """The tokens close before a number, or before a word for vaguely many."""
    if sentence.before_numbers is None:
        openers = number_words()
        numbers = [at for at, word in enumerate(sentence.words, sentence.start) if word in openers or word[0].isdigit()]
        sentence.before_numbers = leading_to(numbers, NEAR)
    return sentence.before_numbers


def _nobody(sentence: Sentence, at: int, cue_words: frozenset[int]) -> Count | None:
    """ "no one", "nobody", "none of the 14 aboard", "no civilians"."""
    word = sentence.word(at)
    if word in grammar("nobody"):
        stop = at + 1
    elif word == "no" and "one" in (sentence.word(at + 1), sentence.word(at + 2)):
        stop = at + (2 if sentence.word(at + 1) == "one" else 3)  # "no one", "no-one"
    else:
        return _no_people(sentence, at, cue_words) if word == "no" else None
    if sentence.word(stop) in ("else", "'s", "’s"):
        return None
    inner = _somebody(sentence, stop + 1, cue_words) if sentence.word(stop) == "of" else None
    if inner is not None:
        return Count(at, inner.stop, exact(0), "zero", (at, stop), inner.group, inner.group_class)
    return Count(at, stop, exact(0), "zero", (at, stop))


def _no_people(sentence: Sentence, at: int, cue_words: frozenset[int]) -> Count | None:
    """ "no civilians", "no women or children"."""
    first = noun_at(sentence, at + 1, cue_words, plural=None)
    if first is None or not first.known:
        return None
    stop = first.stop
    for _ in range(MOST_NOBODIES):
        further = noun_at(sentence, stop + 1, cue_words, plural=None) if sentence.word(stop) in ("or", "and") else None
        stop = further.stop if further is not None else stop
    return Count(at, stop, exact(0), "zero", (at, at + 1), (first.start, stop), first.group_class)


def _of_age(sentence: Sentence, at: int, cue_words: frozenset[int]) -> Count | None:
    """One person by age: "a 17-year-old", "13 year old girl"; the number counts years."""
    start = at
    at += sentence.word(at) in ("a", "an", "the", "another", "his", "her", "their")
    found = age_at(sentence, at)
    if found is None:
        return None
    age, stop = found
    noun = noun_at(sentence, stop, cue_words, plural=False)
    if noun is not None:
        return Count(start, noun.stop, exact(1), "one", None, (noun.start, noun.stop), noun.group_class, many=False)
    if sentence.word(at + 1) in ("and", "or") and age_at(sentence, at + 2):  # "71 and 69 years old"
        return Count(
            start, stop, exact(2), "number", None, (at, stop), "unspecified", many=True
        )  # "71 and 69 years old"
    if age_at(sentence, stop) or sentence.word(stop) in word_classes()["THING"]:
        return None
    return Count(start, stop, exact(1), "one", None, (at, stop), "children" if age < 18 else "unspecified", many=False)


def _singular(sentence: Sentence, at: int, cue_words: frozenset[int]) -> Count | None:
    """One person by article: "a policeman", "the driver", "his wife"."""
    article = sentence.word(at) in grammar("articles")
    if not article and sentence.word(at) not in grammar("definite"):
        return None
    noun = noun_at(sentence, at + 1, cue_words, plural=False)
    if noun is None or sentence.word(at + 1) in ("total", "number") or _is_amount(sentence, noun):
        return None
    if noun.plural is None and not article:
        return _many(at, noun)  # "the police"
    return _one(sentence, at, noun, "one" if article else "the", cue_words)


def _one(sentence: Sentence, at: int, noun: Noun, kind: Kind, cue_words: frozenset[int]) -> Count:
    """One person, with the name that may follow: "a policeman Karim Shah", "their leader Nadir"."""
    stop = noun.stop
    while stop - noun.stop < LONGEST_NAME and stop not in cue_words and _is_name(sentence, stop):
        stop += 1
    group = (noun.start, noun.stop)
    return Count(at, stop, exact(1), kind, None, group, noun.group_class, many=False, weak=kind == "bare")


def _many(at: int, noun: Noun) -> Count:
    group = (noun.start, noun.stop)
    return Count(at, noun.stop, vague(PLURAL), "plural", None, group, noun.group_class, many=True, weak=True)


def _is_name(sentence: Sentence, at: int) -> bool:
    word = sentence.word(at)
    if sentence.joined(at) and word in DASHES:
        return sentence.joined(at + 1)
    classes = word_classes()
    return (
        sentence.is_title(at) and word[0].isalpha() and word not in classes["BOUNDARY"] and word not in classes["THING"]
    )


def _pronoun(sentence: Sentence, at: int, cue_words: frozenset[int]) -> Count | None:
    word = sentence.word(at)
    her = word == "her" and noun_at(sentence, at + 1, cue_words, plural=None) is None
    if her or word in grammar("singular_pronouns"):
        return Count(at, at + 1, exact(1), "pronoun", many=False, weak=True)
    if word in grammar("plural_pronouns"):
        return Count(at, at + 1, vague(PLURAL), "pronoun", many=True, weak=True)
    if word in ("everyone", "everybody") or (word == "all" and sentence.word(at + 1) in ("aboard", "inside")):
        return Count(at, at + 1, vague(PLURAL), "plural", weak=True)
    if word in grammar("reflexive") and (at - 1 in cue_words or sentence.word(at - 1) in ("and", "then")):
        return Count(at, at + 1, exact(1), "one", group_class="attackers", many=False)  # "killing himself"
    if (
        word in ("a", "another")
        and sentence.word(at + 1) in grammar("ordinals")
        and _ends_ordinal(sentence, at + 2, cue_words)
    ):
        return Count(at, at + 2, exact(1), "one", many=False)  # "a sixth died"
    if word == "another" and (sentence.word(at + 1) in word_classes()["BOUNDARY"] or at + 1 in cue_words):
        return Count(at, at + 1, exact(1), "one", many=False)
    return None


def _ends_ordinal(sentence: Sentence, at: int, cue_words: frozenset[int]) -> bool:
    """Whether an ordinal before token `at` is somebody, as no noun follows."""
    return sentence.word(at) in word_classes()["BOUNDARY"] or at in cue_words


def _bare(sentence: Sentence, at: int, cue_words: frozenset[int]) -> Count | None:
    """People without number or article: "Policeman shot dead", "killing civilians"."""
    word = sentence.word(at)
    if not word or not word[0].isalpha() or not _opens(sentence, at, cue_words):
        return None
    determined = word in grammar("plural_definite") or word in ("some", "other")
    if determined:
        noun = noun_at(sentence, at + 1, cue_words, plural=None)
        plural = noun is not None and noun.known and noun.plural is not False and not _is_amount(sentence, noun)
        return _many(at, noun) if noun is not None and plural else None
    return _plain(sentence, at, cue_words, "bare")


def _plain(sentence: Sentence, at: int, cue_words: frozenset[int], kind: Kind) -> Count | None:
    """The people whose noun phrase begins at token `at`, without a word before it; one person is of this kind."""
    noun = noun_at(sentence, at, cue_words, plural=None)
    if noun is None or not noun.known or _is_amount(sentence, noun):
        return None
    return _many(at, noun) if noun.plural is not False else _one(sentence, at, noun, kind, cue_words)


def _is_amount(sentence: Sentence, noun: Noun) -> bool:
    """Whether a "figure" is a number and no person: "the figure of 140 injured"."""
    amount = sentence.word(noun.stop - 1) == "figure" and sentence.word(noun.stop) == "of"
    return amount and number_at(sentence, noun.stop + 1) is not None


def _opens(sentence: Sentence, at: int, cue_words: frozenset[int]) -> bool:
    """Whether a noun phrase can begin at `at`: after the start, a cue, a mark, or a word that ends phrases."""
    before = sentence.word(at - 1)
    if before == "how":
        return False  # "it is not clear how many people died"
    if before in word_classes()["BOUNDARY"]:
        return True
    if not before or at - 1 in cue_words or not before[0].isalnum():
        return before != ")" and not (before in DASHES and sentence.joined(at))
    return before in word_classes()["SOFT"] or before in ("'s", "’s")
