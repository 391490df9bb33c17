"""Links: which people a cue speaks of, by the way its phrase is built into the sentence."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.extractors.casualties.cues import Cue, losses, mishaps, natural_ends, weak_cues
from dateline.extractors.casualties.figures import exact
from dateline.extractors.casualties.gapped import elided, gapped
from dateline.extractors.casualties.names import name_before
from dateline.extractors.casualties.objects import object_of
from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.shapes import Count, Link, People
from dateline.extractors.casualties.subjects import subject_of
from dateline.extractors.casualties.totals import toll
from dateline.extractors.casualties.verbs import participle, state
from dateline.extractors.casualties.vocabulary import beside, grammar, nouns, word_classes
from dateline.models.fields.casualties import GroupClass

FIGHTERS = frozenset[GroupClass]({"militants", "security_forces", "attackers"})
NEAR = 12  # tokens from an army to the men that it "lost"
FOUND = 5  # tokens between a body and its finding
NATURAL = 4  # tokens from "died" to what of: "died on Saturday morning of"


def links(scene: Scene) -> Iterator[Link]:
    """The links of a sentence, cue by cue in order. A cue listed in two ways is linked in the first that fits."""
    done: set[int] = set()
    previous: Link | None = None
    told: list[Link] = []
    for cue in scene.cues:
        if cue.start in done or scene.sentence.word(cue.start - 1) in grammar("nearly") or _is_tied(scene, cue):
            continue
        link = _link(scene, cue, previous)
        if link is None:
            continue
        words = _words(scene, cue)
        if (words in weak_cues() and not _told(link, previous)) or (words in losses() and not _fell(scene, link)):
            continue
        done.add(cue.start)
        for outcome in cue.outcomes:
            link.people.linked[outcome] = link.rule
        previous = link
        told.append(link)
        yield link
        if short := elided(scene, link):
            short.people.linked.update(link.people.linked)
            yield short
    yield from gapped(scene, told)


def _link(scene: Scene, cue: Cue, previous: Link | None) -> Link | None:
    match cue.frame:
        case "participle":
            return _inside(scene, cue) or _among_them(scene, cue) or participle(scene, cue, previous)
        case "finite" | "gerund":
            before = scene.sentence.word(cue.start - 1)
            if before in grammar("determiners") or (before == "you" and cue.frame == "finite"):
                return None  # "a kidnapping victim", "you kill a judge and …"
            if scene.sentence.word(cue.stop) in grammar("of_crimes"):
                return None  # "a murder suspect"
            return object_of(scene, cue, "casualties.object")
        case "of":
            return object_of(scene, cue, "casualties.of")
        case "befalls":
            return None if _is_natural(scene, cue) else subject_of(scene, cue, cue.start, None, "casualties.befalls")
        case "whose":
            return _whose(scene, cue)
        case "self":
            own = {scene.sentence.word(at) for at in range(cue.start, cue.stop)}
            return subject_of(scene, cue, cue.start, "themselves" in own, "casualties.self")
        case "state":
            return _inside(scene, cue) or _among_them(scene, cue) or state(scene, cue)
        case "event":
            return _event(scene, cue)
        case "toll":
            return toll(scene, cue)
        case "nobody":
            return _nobody(scene, cue)


def _is_natural(scene: Scene, cue: Cue) -> bool:
    """Whether somebody died of age or illness: "died on Saturday of complications", "dies at 74"."""
    sentence, at = scene.sentence, cue.stop
    return any(
        sentence.phrase_at(index, natural_ends()) or (sentence.word(index) == "at" and _is_age(scene, index + 1))
        for index in range(at, at + NATURAL)
    )


def _is_age(scene: Scene, at: int) -> bool:
    word = scene.sentence.word(at)
    return word.isascii() and word.isdigit() and 1 < len(word) < 4 and not scene.sentence.word(at + 1)[:1].isalnum()


def _is_tied(scene: Scene, cue: Cue) -> bool:
    """Whether a hyphen makes a cue part of another word: "dead-end jobs"."""
    sentence, at = scene.sentence, cue.stop
    return sentence.word(at) == "-" and sentence.joined(at) and sentence.joined(at + 1)


def _words(scene: Scene, cue: Cue) -> str:
    return " ".join(scene.sentence.word(at) for at in range(cue.start, cue.stop))


def _fell(scene: Scene, link: Link) -> bool:
    """Whether those "lost" are fighters by number, or nobody at all, and were not lost to injury."""
    last = link.people.counts[-1]
    if scene.sentence.phrase_at(last.stop, mishaps()):
        return False
    if last.kind == "zero":
        return not scene.sentence.word(last.stop)[:1].isalpha() or scene.sentence.word(last.stop) in ("in", "during")
    if scene.sentence.word(last.stop) in ("'s", "’s") or any(count.kind != "number" for count in link.people.counts):
        return False
    classes = {count.group_class for count in link.people.counts}
    return classes <= FIGHTERS or (classes <= FIGHTERS | {"men"} and _is_of_fighters(scene, link.cue))


def _is_of_fighters(scene: Scene, cue: Cue) -> bool:
    """Whether the words before a cue name an army or its foes, so that its "men" are no team's."""
    for at in range(max(scene.sentence.start, cue.start - NEAR), cue.start):
        word = scene.sentence.word(at)
        noun = nouns().get(word)
        if (noun.group_class if noun else beside().get(word)) in FIGHTERS:
            return True
    return False


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
    of = next((at for at in range(people.start, cue.start) if scene.sentence.word(at) == "of"), None)
    if of is None or (cue.stop < people.stop and scene.sentence.word(of + 1) not in grammar("of_determiners")):
        return Link(cue, people, "casualties.attributive", index)
    return Link(cue, _described(scene, people, cue), "casualties.among", index)


def _described(scene: Scene, people: People, cue: Cue) -> People:
    """The people with the group that the sentence goes on to name: "three of the dead were schoolboys"."""
    count = people.counts[0]
    index = scene.people_at(cue.stop + 1) if scene.sentence.word(cue.stop) in ("was", "were", "is", "are") else None
    told = None if index is None else scene.people[index].counts[0]
    if told is None or told.group is None or count.group is not None or told.number is not None:
        return people
    count = replace(count, group=told.group, group_class=told.group_class)
    return People([count], people.part_of, people.reach, people.aside, people.linked)


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


def _whose(scene: Scene, cue: Cue) -> Link | None:
    """ "The governor's murder", "Karim Shah's brutal murder"."""
    sentence = scene.sentence
    own = next((at for at in (cue.start - 1, cue.start - 2) if sentence.word(at) in ("'s", "’s")), None)
    if own is None or cue.start - own > 1 + sentence.word(cue.start - 1).isalpha():
        return None
    after = sentence.word(cue.stop)
    if after == "of" or not (scene.is_boundary(cue.stop) or scene.soft(cue.stop) or not after[:1].isalpha()):
        return None  # "the soldier's killing of a boy", "the state's execution method"
    index = scene.people_over(own - 1)
    if index is not None and scene.people[index].stop == own:
        people = scene.people[index]
        known = people.counts[-1].kind in ("number", "one", "the", "bare") and len(people.counts) == 1
        return Link(cue, people, "casualties.of", index) if known else None
    name = name_before(sentence, own, scene.cue_words)
    return None if name is None else Link(cue, People([name], reach=name.stop), "casualties.of", None)


def _event(scene: Scene, cue: Cue) -> Link | None:
    """ "14 deaths", "ten insurgent deaths", "claimed 14 lives", "a body": the cue is what is counted."""
    if scene.sentence.word(cue.stop - 1) in ("body", "corpse"):
        return _body(scene, cue)
    index = scene.people_over(cue.start)
    if index is None:
        return None
    people = scene.people[index]
    last = people.counts[-1]
    if not _counts(scene, last, cue) or last.number is None or people.linked.keys() & set(cue.outcomes):
        return None
    return Link(cue, People([last], people.part_of, people.reach, linked=people.linked), "casualties.event", index)


def _body(scene: Scene, cue: Cue) -> Link | None:
    """One body that was found."""
    at = cue.start - 1
    if scene.sentence.word(at) not in grammar("articles") | {"one"} or not _was_found(scene, cue):
        return None
    return Link(
        cue, People([Count(at, cue.stop, exact(1), "one", many=False)], reach=cue.stop), "casualties.event", None
    )


def _was_found(scene: Scene, cue: Cue) -> bool:
    """Whether bodies were found: "a body was found", "rescuers recovered a body"; a "governing body" is none."""
    near = [*range(cue.stop, cue.stop + FOUND), *range(cue.start - FOUND, cue.start)]
    return any(scene.sentence.word(at) in grammar("finding") for at in near)


def _counts(scene: Scene, count: Count, cue: Cue) -> bool:
    """Whether a number stands right before an event, or with one adjective between: "71 violent deaths"."""
    if count.stop == cue.start - 1 and count.group is None:
        word = scene.sentence.word(count.stop)
        return word.isalpha() and word not in word_classes()["BOUNDARY"] and word not in word_classes()["THING"]
    return count.stop >= cue.start


def _nobody(scene: Scene, cue: Cue) -> Link:
    at = next((at for at in range(cue.start, cue.stop) if scene.sentence.word(at) in ("civilian", "civilians")), None)
    group = None if at is None else (at, at + 1)
    group_class: GroupClass = "unspecified" if at is None else "civilians"
    zero = Count(cue.start, cue.stop, exact(0), "zero", (cue.start, cue.start + 1), group, group_class)
    return Link(cue, People([zero], reach=cue.stop), "casualties.nobody", None)
