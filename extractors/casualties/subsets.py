"""Subsets: people who are part of others ("39 people, including 10 militants", "three civilians among 12 dead")."""

from dateline.extractors.casualties.lists import runs
from dateline.extractors.casualties.quantities import DASHES
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Count, People
from dateline.extractors.casualties.vocabulary import grammar, grammar_phrases, word_classes

LONGEST_SUBSET_WORDS = 3  # tokens of "most of them"
LONGEST_GAP = 8  # tokens between people and those they are among
FURTHEST = 12  # people between a subset and those it is part of


def gather_people(sentence: Sentence, counts: list[Count], cue_words: frozenset[int]) -> list[People]:
    """The counts of a sentence as lists, each with the list it is a subset of; `cue_words` are its cues' tokens."""
    people = [People(run, reach=run[-1].stop) for run in runs(sentence, counts, cue_words)]
    for index, these in enumerate(people):
        parent = _parent(sentence, people, index)
        if parent is None and index and _is_aside(sentence, people[index - 1], these):
            parent, these.aside = index - 1, True
            these.reach = these.stop + (sentence.word(these.stop) in (",", ")", *DASHES))
        if parent is None:
            continue
        these.part_of = parent
        if parent < index:
            people[parent].reach = max(people[parent].reach, these.reach)
    return people


def _parent(sentence: Sentence, people: list[People], index: int) -> int | None:
    """Whom these people are part of: those before an "including", or those after an "among"."""
    these = people[index]
    if index + 1 < len(people) and people[index + 1].counts[0].number is not None:
        gap = range(these.stop, people[index + 1].start)
        if len(gap) <= LONGEST_GAP and _is_among([sentence.word(at) for at in gap]):
            return index + 1
    if index and _is_share(sentence, people, index):
        return index - 1
    if index and _goes_on(sentence, people, index):
        return people[index - 1].part_of
    if not _is_marked(sentence, these):
        return None
    for before in range(index - 1, max(-1, index - 1 - FURTHEST), -1):
        if people[before].part_of is None and people[before].counts[0].kind not in ("zero", "the", "pronoun"):
            return before
    return None


def _is_share(sentence: Sentence, people: list[People], index: int) -> bool:
    """Whether a number is part of the one before it, by what they "were": "Of the 20 dead, 13 were children"."""
    whole, these = people[index - 1], people[index]
    begin = sentence.word(whole.start - 1) == "of" and whole.start - 1 == sentence.start
    numbers = whole.counts[-1].number is not None and these.counts[0].number is not None
    if not (begin and numbers and sentence.word(these.start - 1) == ",") or these.start - whole.stop > LONGEST_GAP:
        return False
    told = index + 1 < len(people) and sentence.word(these.stop) in ("were", "was", "are", "is")
    return told and people[index + 1].start == these.stop + 1


def _is_among(words: list[str]) -> bool:
    """Whether the words between two counts make the first part of the second: "were among the"."""
    if len(words) > 1 and words[-1] == "of" and words[0] == ",":
        return all(word in grammar("before_of") for word in words)
    if words[:1] in (["of"], ["from"]):
        verb = next((at for at, word in enumerate(words) if word in word_classes()["BE"]), 0)
        words = words[verb:]  # "two midwives of Hands Across were among 13 people"
    return "among" in words[-3:] and all(word in grammar("before_among") for word in words)


def _is_marked(sentence: Sentence, these: People) -> bool:
    """Whether "including" or the like stands right before, or the words themselves say "of them"."""
    at = these.start
    while at > sentence.start and sentence.word(at - 1) in grammar("before_subset"):
        at -= 1
    phrases = grammar_phrases("subset")
    if any(sentence.phrase_at(at - back, phrases) == back for back in range(1, LONGEST_SUBSET_WORDS + 1)):
        return True
    first = these.counts[0]
    inside = range(first.start, first.stop - 1)
    return any(sentence.word(at) == "of" and sentence.word(at + 1) in ("them", "whom") for at in inside)


def _goes_on(sentence: Sentence, people: list[People], index: int) -> bool:
    """Whether these people go on a list that is a subset: "including two women, at least one child"."""
    parent = people[index - 1].part_of
    if parent is None or parent >= index:
        return False
    between = [sentence.word(at) for at in range(people[index - 1].stop, people[index].start)]
    return 0 < len(between) <= 3 and all(word in (",", "and", *DASHES) for word in between)


def _is_aside(sentence: Sentence, before: People, these: People) -> bool:
    """Whether people without a number, between commas, dashes or brackets, tell who those before them were."""
    if these.counts[0].kind not in ("plural", "bare") or before.part_of is not None or before.counts[-1].number is None:
        return False
    gap = [sentence.word(index) for index in range(before.stop, min(these.start, before.stop + LONGEST_GAP))]
    if not gap or gap[0] not in (",", "(", *DASHES) or sentence.word(these.stop) not in (",", ")", *DASHES):
        return False
    return len(gap) < LONGEST_GAP and all(word in grammar("remarking") for word in gap[1:])
