"""Whom a pronoun means, and names joined on in front of counted people."""

from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.names import name_before
from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.shapes import Count, Link, People
from dateline.extractors.casualties.vocabulary import grammar

FURTHEST = 8  # people between a pronoun and those it can stand for


def resolved(scene: Scene, cue: Cue, rule: str, index: int, extra: People | None) -> Link:
    """The link of a cue to the people at `index`, or to whom they stand for where they are a pronoun."""
    people = scene.people[index]
    if people.counts[0].kind == "pronoun" and len(people.counts) == 1:
        meant = _antecedent(scene, cue, index)
        if meant is not None:
            rule = rule if cue.frame == "self" else "casualties.pronoun"
            return Link(cue, scene.people[meant], rule, meant, extra)
    named = names_joined(scene, people)
    if named:
        first = people.counts[0]
        same = scene.sentence.word(first.start - 1) == "," and first.kind in ("the", "one", "bare")
        counts = [*named, *people.counts[1 if same else 0 :]]  # "Karim Shah, chief of the Ravens, his wife and …"
        people = People(counts, reach=people.reach, part_of=people.part_of)
    return Link(cue, people, rule, index, extra)


def _antecedent(scene: Scene, cue: Cue, index: int) -> int | None:
    """The nearest people of the sentence who agree with the pronoun at `index` and of whom this is not said yet."""
    many = scene.people[index].counts[0].many
    pronoun = scene.sentence.word(scene.people[index].start)
    for before in range(index - 1, max(-1, index - 1 - FURTHEST), -1):
        people = scene.people[before]
        first = people.counts[0]
        if not _is_of_gender(scene, first, pronoun):
            continue
        if people.part_of is None and first.kind in ("number", "one", "the") and not first.weak and agree(people, many):
            return None if people.linked.keys() & set(cue.outcomes) else before
    return None


def _is_of_gender(scene: Scene, count: Count, pronoun: str) -> bool:
    """Whether "he" or "she" can mean one person, as far as the noun tells."""
    noun = scene.sentence.word(count.group[1] - 1) if count.group is not None else ""
    if pronoun in ("he", "him"):
        return count.group_class != "women" and noun not in grammar("feminine")
    return pronoun not in ("she", "her") or (count.group_class != "men" and noun not in grammar("masculine"))


def names_joined(scene: Scene, people: People) -> list[Count]:
    """The named person joined on in front: "Karim Shah and his driver were killed", "Karim Shah, his wife and …"."""
    sentence, at = scene.sentence, people.start
    if people.counts[0].kind in ("plural", "pronoun", "zero"):
        return []
    if sentence.word(at - 1) == "," and len(people.counts) > 1:
        name = name_before(sentence, at - 1, scene.cue_words)
        return [] if name is None or name.start != sentence.start else [name]
    if sentence.word(at - 1) != "and":
        return []
    name = name_before(sentence, at - 2 if sentence.word(at - 2) == "," else at - 1, scene.cue_words)
    return [] if name is None else [name]


def agree(people: People, many: bool | None) -> bool:
    """Whether people can go with a verb or pronoun in the plural (`many`) or singular; None goes with all."""
    if many is None:
        return True
    if len(people.counts) > 1:
        return many or people.counts[0].many is False  # "a leader, along with two guards, was killed"
    own = people.counts[0].many
    return own is None or own == many
