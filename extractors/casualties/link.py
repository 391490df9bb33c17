"""Links: which people a cue speaks of, by the way its phrase is built into the sentence."""

from collections.abc import Iterator

from dateline.extractors.casualties.cues import Cue, natural_ends, weak_cues
from dateline.extractors.casualties.figures import exact
from dateline.extractors.casualties.objects import object_of
from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.shapes import Count, Link, People
from dateline.extractors.casualties.subjects import subject_of
from dateline.extractors.casualties.verbs import participle, state
from dateline.extractors.casualties.vocabulary import grammar
from dateline.models.fields.casualties import GroupClass

NATURAL = 4  # tokens from "died" to what of: "died on Saturday morning of"
LONGEST_TOLL_GAP = 16  # tokens from "the death toll" to its number: "from the sinking of the ferry has now risen to"


def links(scene: Scene) -> Iterator[Link]:
    """The links of a sentence, cue by cue in order. A cue listed in two ways is linked in the first that fits."""
    done: set[int] = set()
    previous: Link | None = None
    for cue in scene.cues:
        if cue.start in done or scene.sentence.word(cue.start - 1) in grammar("nearly"):
            continue
        link = _link(scene, cue, previous)
        if link is None or (_is_weak(scene, cue) and not _told(link, previous)):
            continue
        done.add(cue.start)
        for outcome in cue.outcomes:
            link.people.linked[outcome] = link.rule
        previous = link
        yield link


def _link(scene: Scene, cue: Cue, previous: Link | None) -> Link | None:
    match cue.frame:
        case "participle":
            return _inside(scene, cue) or _among_them(scene, cue) or participle(scene, cue, previous)
        case "finite" | "gerund":
            if scene.sentence.word(cue.start - 1) in grammar("determiners"):
                return None  # "a kidnapping victim"
            return object_of(scene, cue, "casualties.object")
        case "of":
            return object_of(scene, cue, "casualties.of")
        case "befalls":
            return None if _is_natural(scene, cue) else subject_of(scene, cue, cue.start, None, "casualties.befalls")
        case "self":
            return subject_of(scene, cue, cue.start, None, "casualties.self")
        case "state":
            return _inside(scene, cue) or _among_them(scene, cue) or state(scene, cue)
        case "event":
            return _event(scene, cue)
        case "toll":
            return _toll(scene, cue)
        case "nobody":
            return _nobody(scene, cue)


def _is_natural(scene: Scene, cue: Cue) -> bool:
    """Whether somebody died of age or illness: "died on Saturday of complications", "dies at 74"."""
    sentence, at = scene.sentence, cue.stop
    if sentence.word(at) == "at" and sentence.word(at + 1).isdigit() and not sentence.word(at + 2)[:1].isalnum():
        return True
    return any(sentence.phrase_at(index, natural_ends()) for index in range(at, at + NATURAL))


def _is_weak(scene: Scene, cue: Cue) -> bool:
    return " ".join(scene.sentence.word(at) for at in range(cue.start, cue.stop)) in weak_cues()


def _told(link: Link, previous: Link | None) -> bool:
    """Whether the people of a link are named as people, or go on from such ("killed two rebels and captured seven")."""
    counts = link.people.counts
    if link.rule == "casualties.reduced" and any(count.kind in ("plural", "name") for count in counts):
        return previous is not None  # "The Senate … wiped out the provisions"
    vague = all(count.weak and count.kind == "number" for count in counts) or any(
        count.kind == "pronoun" for count in counts
    )
    return not vague or previous is not None


def _inside(scene: Scene, cue: Cue) -> Link | None:
    """The cue inside a counted phrase: "12 wounded soldiers", "one of those killed"."""
    index = scene.people_over(cue.start)
    if index is None or len(scene.people[index].counts) > 1:
        return None
    people = scene.people[index]
    if people.stop < cue.stop or people.counts[0].number is None:
        return None
    part = cue.stop == people.stop and any(scene.sentence.word(at) == "of" for at in range(people.start, cue.start))
    return Link(cue, people, "casualties.among" if part else "casualties.attributive", index)


def _among_them(scene: Scene, cue: Cue) -> Link | None:
    """ "Among the dead were two women", "The dead include two women": part of those who died."""
    sentence, at = scene.sentence, cue.stop
    if sentence.word(cue.start - 1) not in ("the", "those"):
        return None
    among = sentence.word(cue.start - 2) in ("among", "amongst") and sentence.word(at) in ("were", "was", "are", "is")
    named = sentence.word(at) in ("were", "was") and scene.people_at(at + 1) is not None
    if not (among or named or sentence.word(at) in ("include", "included", "includes")):
        return None
    at += 1 + (sentence.word(at + 1) in ("also", "reportedly"))
    index = scene.people_at(at)
    return None if index is None else Link(cue, scene.people[index], "casualties.among", index)


def _event(scene: Scene, cue: Cue) -> Link | None:
    """ "14 deaths", "ten insurgent deaths", "claimed 14 lives": the cue is what is counted."""
    index = scene.people_over(cue.start)
    if index is None:
        return None
    people = scene.people[index]
    last = people.counts[-1]
    if last.stop < cue.start or last.number is None or people.linked.keys() & set(cue.outcomes):
        return None
    return Link(cue, People([last], people.part_of, people.reach, linked=people.linked), "casualties.event", index)


def _toll(scene: Scene, cue: Cue) -> Link | None:
    """The first number after a "death toll", within the clause."""
    index = scene.next_people(cue.stop)
    while index is not None and index < len(scene.people):
        people = scene.people[index]
        if people.start - cue.stop > LONGEST_TOLL_GAP or scene.parted(cue.stop, people.start):
            return None
        if people.counts[0].number is not None:
            parts = any(scene.sentence.word(at).startswith("includ") for at in range(cue.stop, people.start))
            return Link(cue, people, "casualties.among" if parts else "casualties.toll", index)
        index += 1
    return None


def _nobody(scene: Scene, cue: Cue) -> Link:
    at = next((at for at in range(cue.start, cue.stop) if scene.sentence.word(at) in ("civilian", "civilians")), None)
    group = None if at is None else (at, at + 1)
    group_class: GroupClass = "unspecified" if at is None else "civilians"
    zero = Count(cue.start, cue.stop, exact(0), "zero", (cue.start, cue.start + 1), group, group_class)
    return Link(cue, People([zero], reach=cue.stop), "casualties.nobody", None)
