"""People of whom a verb said of others is said too, without being repeated."""

from collections.abc import Iterator

from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.shapes import Link, People
from dateline.extractors.casualties.vocabulary import grammar

RULE = "casualties.elided"
SUBJECTS = frozenset({"casualties.befalls", "casualties.passive"})
LONGEST_PLACE = 4  # tokens of a place at the end of a clause


def elided(scene: Scene, link: Link) -> Link | None:
    """Others of whom the same is said in short: "… and three rebels too", "… and so did a soldier"."""
    sentence, at = scene.sentence, max(link.cue.stop, link.people.stop)
    at += sentence.word(at) == ","
    inverted = sentence.word(at + 1) == "so" and sentence.word(at + 2) in ("did", "was", "were", "have", "has")
    index = scene.people_at(at + (3 if inverted else 1)) if sentence.word(at) == "and" else None
    if index is None or not (inverted or sentence.word(scene.people[index].stop) == "too"):
        return None
    return Link(link.cue, scene.people[index], RULE, index)


def gapped(scene: Scene, told: list[Link]) -> Iterator[Link]:
    """Those of whom the verb before them is said too: "Three were killed on Monday and four on Tuesday", "the first
    bomb killed six, the second two policemen", "A man died in Orvan, and a nurse near Tessel"."""
    for index, people in enumerate(scene.people):
        if people.linked or people.part_of is not None or not _is_counted(people):
            continue
        cue = next((cue for cue in reversed(scene.cues) if cue.start < people.start), None)
        link = next((link for link in told if link.cue == cue), None)
        if link is None or not _is_counted(link.people) or link.people.start >= people.start:
            continue
        single = len(people.counts) == 1 and (_is_more(scene, people) or _is_fronted(scene, people))
        if (
            single
            or _is_second(scene, people, link)
            or _is_elsewhere(scene, people, link)
            or _is_by_another(scene, people, link)
        ):
            yield Link(link.cue, people, RULE, index)


def _is_counted(people: People) -> bool:
    return any(count.number is not None or count.kind == "one" for count in people.counts)


def _is_more(scene: Scene, people: People) -> bool:
    """Whether a bare number goes on with when or where: "and four on Tuesday"."""
    sentence = scene.sentence
    place = sentence.word(people.stop) in grammar("where") and sentence.word(people.stop + 1) not in grammar("states")
    return (
        people.counts[0].weak
        and people.counts[0].number is not None
        and place
        and sentence.word(people.start - 1) in ("and", ";", ",", ":")
    )


def _is_fronted(scene: Scene, people: People) -> bool:
    """Whether a bare number ends a clause behind where: "In Orvan nine people died and in Tessel three."."""
    sentence, at = scene.sentence, people.start - 1
    if not people.counts[0].weak or sentence.word(people.stop) not in ("", ".", ",", ";"):
        return False
    while people.start - at <= LONGEST_PLACE and sentence.is_title(at):
        at -= 1
    fronted = at < people.start - 1 and sentence.word(at) in grammar("where")
    return fronted and sentence.word(at - 1) in ("and", ",", ";")


def _is_second(scene: Scene, people: People, link: Link) -> bool:
    """Whether they are whom "the second", or another weapon, killed."""
    sentence, at = scene.sentence, people.start - 1
    if link.rule != "casualties.object":
        return False
    if sentence.word(at) in grammar("weapons"):  # "a mortar killed six in Orvan, a car bomb three clerks in Tessel"
        subject = next((back for back in range(at - 1, at - 4, -1) if sentence.word(back) in ("a", "an", "the")), at)
        return subject < at and sentence.word(subject - 1) in (",", ";", "and")
    if sentence.word(at) not in grammar("next_attack"):
        return False
    return sentence.word(at - 1) == "the" and sentence.word(at - 2) in (",", ";", "and")


def _is_by_another(scene: Scene, people: People, link: Link) -> bool:
    """Whether something else killed them: "Two guards were killed by a mine and three clerks by a car bomb"."""
    words = scene.sentence.word
    if link.rule != "casualties.passive" or words(link.cue.stop) != "by" or words(people.start - 1) != "and":
        return False
    return words(people.stop) == "by" and words(people.stop + 1) in ("a", "an", "the", "another")


def _is_elsewhere(scene: Scene, people: People, link: Link) -> bool:
    """Whether nothing but another place is said of them: "…, and a nurse near Tessel."."""
    sentence, at = scene.sentence, people.stop
    joined = sentence.word(people.start - 1) == "and" and link.rule in SUBJECTS
    if not joined or sentence.word(at) not in grammar("where") or not sentence.is_title(at + 1):
        return False
    between = range(link.cue.stop, people.start)
    if not any(sentence.word(index) in grammar("where") and sentence.is_title(index + 1) for index in between):
        return False
    end = next((index for index in range(at + 1, at + 2 + LONGEST_PLACE) if not sentence.is_title(index)), at)
    return sentence.word(end) in ("", ".", ",", ";")
