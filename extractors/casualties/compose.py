"""Composition: one figure for the people of a link: one count, a list, or so many in each of several."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.figures import Figure, added, at_most, qualified, times
from dateline.extractors.casualties.quantities import number_at
from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Count, Link, People, Stretch
from dateline.extractors.casualties.vocabulary import grammar, nouns, word_classes
from dateline.models.fields.casualties import GroupClass, Outcome

THINGS = 40  # tokens back to the things that "each" goes over
LONGEST_THING = 4  # tokens from a number to its noun: "two crowded railway carriages"
POSSESSIVE = frozenset({"his", "her", "their", "its"})
DIED = frozenset({"casualties.befalls", "casualties.passive", "casualties.pronoun"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A toll before it is a fact: tokens `start:stop`, figure, and the tokens that each part of it rests on.

    `people` is the position of the people in the sentence, by which subsets find what they are part of; `parent` is
    the claim this one is a part of, as a position in the sentence's claims.
    """

    start: int
    stop: int
    outcome: Outcome
    figure: Figure
    rule: str
    cue: Cue
    numbers: tuple[Stretch, ...] = ()
    groups: tuple[Stretch, ...] = ()
    group_class: GroupClass = "unspecified"
    derived: bool = False
    people: int | None = None
    parent: int | None = None


def claims_of(scene: Scene, links: list[Link]) -> list[Claim]:
    """The claims of a sentence: one for each link and outcome, then the subsets and parts that hang on them."""
    claims: list[Claim] = []
    whole: Claim | None = None
    for link in _lasting(links):
        for outcome in _outcomes(link):
            claim = _inheriting(scene.sentence, _claim(scene, link, outcome), whole)
            whole = claim
            claims.append(claim)
            claims.extend(_parts(claim, link, len(claims) - 1))
    parents = [
        (index, claim) for index, claim in enumerate(claims) if claim.parent is None and claim.people is not None
    ]
    subsets = _subset_positions(scene)
    taken = {(claim.people, claim.outcome) for claim in claims}
    for index, claim in parents:
        positions = subsets.get(claim.people or 0, ())
        free = [position for position in positions if (position, claim.outcome) not in taken]
        claims.extend(subset for position in free for subset in _subsets(scene, claim, index, position))
    return claims


def _lasting(links: list[Link]) -> list[Link]:
    """The links without the wounds of those of whom the sentence goes on to say that they died."""
    dead = {link.index for link in links if "killed" in link.cue.outcomes and link.rule in DIED}

    def healed(link: Link) -> bool:
        return link.rule == "casualties.reduced" and link.cue.outcomes == ("injured",) and link.index in dead

    return [link for link in links if not healed(link)]


def _outcomes(link: Link) -> tuple[Outcome, ...]:
    """The outcomes of a link: "no one was killed or injured" says none of each."""
    if link.cue.outcomes == ("killed_or_injured",) and link.people.counts[0].kind == "zero":
        return ("killed", "injured")
    return link.cue.outcomes


def _claim(scene: Scene, link: Link, outcome: Outcome) -> Claim:
    counts = link.counts
    derived = len(counts) > 1
    figure = added([count.figure for count in counts]) if derived else counts[0].figure
    if link.cue.outcomes == ("killed", "captured"):
        figure = at_most(figure, scene.sentence.text(counts[0].start, counts[-1].stop))
    numbers = [count.number or (count.start, count.stop) for count in counts if count.number or derived]
    last = counts[-1].stop
    claim = Claim(
        min(count.start for count in counts), max(count.stop for count in counts), outcome, figure,
        "casualties.list" if derived and link.rule != "casualties.among" else link.rule, link.cue, tuple(numbers),
        tuple(count.group for count in counts if count.group is not None),
        _class_of(scene.sentence, counts), derived, link.index,
    )  # fmt: skip
    if link.rule == "casualties.event":
        claim = replace(claim, stop=max(claim.stop, link.cue.stop))
    stop = _each_stop(scene.sentence, last)
    things = _things_before(scene.sentence, claim.start) if stop > last else None
    if things is None:
        return claim
    factor, where = things
    return replace(
        claim, stop=max(claim.stop, stop), figure=times(figure, factor), rule="casualties.each",
        numbers=(*claim.numbers, where), derived=True,
    )  # fmt: skip


def _class_of(sentence: Sentence, counts: list[Count]) -> GroupClass:
    """The class of a list: that of all who have one, where it is the same and the rest belong to them ("a rebel leader
    and two of his deputies"); "a policeman and three people" are of none."""
    owned = [count for count in counts[1:] if _owned(sentence, count)]
    told = {count.group_class for count in counts if count.group_class != "unspecified" and count not in owned}
    rest = [count for count in counts if count.group_class == "unspecified"]
    return told.pop() if len(told) == 1 and all(_told_by_others(sentence, count) for count in rest) else "unspecified"


def _owned(sentence: Sentence, count: Count) -> bool:
    """Whether people are somebody's guards, and so of his side: "a rebel commander and two of his bodyguards"."""
    noun = nouns().get(sentence.word(count.group[1] - 1)) if count.group else None
    words = {sentence.word(at) for at in range(count.start, count.stop)}
    return noun is not None and noun.leaning and not words.isdisjoint(POSSESSIVE)


def _told_by_others(sentence: Sentence, count: Count) -> bool:
    words = {sentence.word(at) for at in range(count.start, count.stop)}
    return (
        count.kind != "name"
        and "couple" not in words
        and (count.group is None or not words.isdisjoint(grammar("others") | POSSESSIVE))
    )


def _parts(claim: Claim, link: Link, index: int) -> Iterator[Claim]:
    """The items of a list of different groups as claims of their own, so that each group's share is known."""
    if claim.group_class != "unspecified" or len({count.group_class for count in link.counts} - {"unspecified"}) < 2:
        return
    for count in link.counts:
        yield Claim(
            count.start, count.stop, claim.outcome, count.figure, "casualties.part", claim.cue,
            (count.number,) if count.number else (), (count.group,) if count.group else (),
            count.group_class, parent=index,
        )  # fmt: skip


def _inheriting(sentence: Sentence, claim: Claim, before: Claim | None) -> Claim:
    """The claim with the class of the one before it, for "killed four militants and wounded two others"."""
    if before is None or claim.group_class != "unspecified" or claim.figure.low == 0 or before.stop > claim.start:
        return claim
    words = {sentence.word(at) for at in range(claim.start, claim.stop)}
    if claim.groups and not words & grammar("others"):
        return claim
    return replace(claim, group_class=before.group_class)


def _subset_positions(scene: Scene) -> dict[int, list[int]]:
    """The positions of the subsets of each people."""
    found: dict[int, list[int]] = {}
    for position, people in enumerate(scene.people):
        if people.part_of is not None and not people.aside and people.counts[0].kind != "zero":
            found.setdefault(people.part_of, []).append(position)
    return found


def _subsets(scene: Scene, whole: Claim, index: int, position: int) -> Iterator[Claim]:
    """The claims of those who are part of the people of `whole`; each group for itself, for nobody adds them up."""
    people = scene.people[position]
    open_below = whole.figure.qualifier == people.counts[0].figure.qualifier == "at_most"
    for number, count in enumerate(people.counts):
        subset = _claim(scene, Link(whole.cue, People([count]), "casualties.subset", position), whole.outcome)
        low, high = subset.figure.low, subset.figure.high
        if number and open_below and low is not None:  # "up to 957 civilians and 202 children"
            subset = replace(subset, figure=qualified("at_most", low, high if high is not None else low))
        group_class = whole.group_class if subset.group_class == "unspecified" else subset.group_class
        yield replace(subset, parent=index, group_class=group_class)


def _each_stop(sentence: Sentence, at: int) -> int:
    """Where an "each", "in each" or "apiece" that stands at token `at` ends; `at` where there is none."""
    begin = at + (sentence.word(at) in ("in", "from", "at", "on"))
    return begin + 1 if sentence.word(begin) in ("each", "apiece") else at


def _things_before(sentence: Sentence, at: int) -> tuple[int, Stretch] | None:
    """The nearest number of things before token `at`, and where it stands; None where none are counted."""
    classes = word_classes()
    for index in range(at - 1, max(sentence.start, at - THINGS) - 1, -1):
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
