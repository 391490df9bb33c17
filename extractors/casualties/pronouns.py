"""Whom a pronoun means, and names joined on in front of counted people."""

from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.names import name_before
from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.shapes import Count, Link, People

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
        people = People([*named, *people.counts], reach=people.reach, part_of=people.part_of)
    return Link(cue, people, rule, index, extra)


def _antecedent(scene: Scene, cue: Cue, index: int) -> int | None:
    """The nearest people of the sentence who agree with the pronoun at `index` and of whom this is not said yet."""
    many = scene.people[index].counts[0].many
    for before in range(index - 1, max(-1, index - 1 - FURTHEST), -1):
        people = scene.people[before]
        first = people.counts[0]
        if people.part_of is None and first.kind in ("number", "one", "the") and not first.weak and agree(people, many):
            return None if people.linked.keys() & set(cue.outcomes) else before
    return None


def names_joined(scene: Scene, people: People) -> list[Count]:
    """The named person joined on in front: "Karim Shah and his driver were killed"."""
    sentence, at = scene.sentence, people.start
    if sentence.word(at - 1) != "and" or people.counts[0].kind in ("plural", "pronoun", "zero"):
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
