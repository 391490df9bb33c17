"""Totals: the number that a "death toll" or "number of dead" gives."""

from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.shapes import Link
from dateline.extractors.casualties.vocabulary import grammar

LONGEST_GAP = 16  # tokens from "the death toll" to its number: "from the sinking of the ferry has now risen to"


def toll(scene: Scene, cue: Cue) -> Link | None:
    """The number that the words raise it to before they name it ("which brings to 21 the number of dead"), else the
    first after it within the clause."""
    if before := _raised_to(scene, cue):
        return before
    index = scene.next_people(cue.stop)
    while index is not None and index < len(scene.people):
        people = scene.people[index]
        if people.start - cue.stop > LONGEST_GAP or scene.parted(cue.stop, people.start):
            return None
        if people.counts[0].number is not None:
            parts = any(scene.sentence.word(at).startswith("includ") for at in range(cue.stop, people.start))
            return Link(cue, people, "casualties.among" if parts else "casualties.toll", index)
        index += 1
    return None


def _raised_to(scene: Scene, cue: Cue) -> Link | None:
    sentence, index = scene.sentence, scene.people_over(cue.start - 1)
    people = None if index is None else scene.people[index]
    if people is None or people.counts[0].number is None or people.stop < cue.start - 1:
        return None
    if sentence.word(people.start - 1) != "to" or sentence.word(people.start - 2) not in grammar("raising"):
        return None
    return Link(cue, people, "casualties.toll", index)
