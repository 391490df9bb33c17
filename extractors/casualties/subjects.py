"""Subjects: the people who precede a verb, a participle or an adjective."""

from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.names import names_before
from dateline.extractors.casualties.objects import joined_behind
from dateline.extractors.casualties.pronouns import agree, names_joined, resolved
from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.shapes import Link, People
from dateline.extractors.casualties.vocabulary import grammar, grammar_phrases, word_classes

LONGEST_TIME = 8  # tokens of "last night in the capital"
LONGEST_GAP = 40  # tokens between those who died and the verb
# After these a sentence may go on to say more of the same people: "three of the injured later died".
UNFINISHED = frozenset({"casualties.reduced", "casualties.among", "casualties.attributive"})
FURTHEST = 8  # people looked at, going back from the verb


def subject_of(scene: Scene, cue: Cue, at: int, many: bool | None, rule: str) -> Link | None:
    """The people who stand before token `at`: the nearest that agree; those inside a "by …" or "of …", or names, only
    where there are no others."""
    spare: int | None = None
    last = scene.people_over(at - 1)
    named = _named(scene, cue, at, many, rule)
    if named is not None and (
        last is None or _opens_name(scene, named.people, at) or _says_between(scene, scene.people[last].reach, at)
    ):
        return named  # "a detective said Karim Shah was arrested"
    for index in range(-1 if last is None else last, max(-1, -1 if last is None else last - FURTHEST), -1):
        people = scene.people[index]
        if people.stop > at:
            continue
        if at - people.reach > LONGEST_GAP or scene.parted(people.reach, _past_but(scene, at)):
            break
        if people.part_of is not None:
            if people.part_of > index:  # "three of them among 12 dead": the twelve
                return _link(scene, cue, rule, people.part_of)
            if scene.sentence.word(people.stop - 1) in ("them", "whom") and people.stop == at:
                return _link(scene, cue, rule, index)  # "… and two of them were killed"
        elif _can_be(scene, people, at, many):
            counted = rule == "casualties.reduced" and people.stop == at and people.counts[-1].number is not None
            if counted or not embedded(scene, people):  # "a spokesman spoke of 40 dead": the forty
                return _link(scene, cue, rule, index)
            spare = index if spare is None else spare
    if named is not None:
        return named
    return None if spare is None else _link(scene, cue, rule, spare)


def _past_but(scene: Scene, at: int) -> int:
    """Where the "but" right before a verb at token `at` stands: "was taken to hospital but later died"."""
    while scene.soft(at - 1):
        at -= 1
    return at - 1 if scene.sentence.word(at - 1) == "but" else at


def _named(scene: Scene, cue: Cue, at: int, many: bool | None, rule: str) -> Link | None:
    """The link of the names that end before token `at`."""
    names = names_before(scene.sentence, at, scene.cue_words)
    if not names or (many is not None and many != (len(names) > 1)):
        return None
    return Link(cue, People(names, reach=names[-1].stop), rule, None, joined_behind(scene, cue.stop, None))


def _opens_name(scene: Scene, people: People, at: int) -> bool:
    """Whether a name right before a verb begins a clause of its own: "at the time Karim Shah died"."""
    return people.stop == at and scene.sentence.word(people.start - 1) in grammar("opens_name")


def _says_between(scene: Scene, start: int, stop: int) -> bool:
    between = map(scene.sentence.word, range(max(start, stop - LONGEST_GAP), stop))
    return not word_classes()["SAYS"].isdisjoint(between)


def _link(scene: Scene, cue: Cue, rule: str, index: int) -> Link:
    extra = joined_behind(scene, _past_time(scene, cue.stop), index) or _joined_in_front(scene, index)
    return resolved(scene, cue, rule, index, extra)


def _past_time(scene: Scene, at: int) -> int:
    """Past when and where it happened, to a comma and "along with": "was killed last night, along with his driver"."""
    for comma in range(at, min(at + LONGEST_TIME, scene.sentence.stop)):
        if scene.sentence.word(comma) == ",":
            return comma if scene.sentence.phrase_at(comma + 1, grammar_phrases("fronted")) else at
        if comma in scene.cue_words or scene.people_at(comma) is not None:
            break
    return at


def _joined_in_front(scene: Scene, index: int) -> People | None:
    """ "In addition to the assailant, three people were killed": those before the comma."""
    sentence, people = scene.sentence, scene.people[index]
    if index == 0 or sentence.word(people.start - 1) != ",":
        return None
    before, start = scene.people[index - 1], sentence.start
    length = sentence.phrase_at(start, grammar_phrases("fronted"))
    return before if length and before.start == start + length and before.stop == people.start - 1 else None


def _can_be(scene: Scene, people: People, at: int, many: bool | None) -> bool:
    """Whether people can be the subject: they agree, stand near enough, and nothing else was said of them that ends a
    clause."""
    if scene.sentence.word(people.start - 1) == "not":
        return False  # "a nephew, not the minister, was killed"
    if not agree(people, many) and not (many and names_joined(scene, people)):
        return False
    if people.linked and not _leads_on(scene, people, at) and not UNFINISHED.issuperset(people.linked.values()):
        return False
    return _near_enough(scene, people, at)


def _leads_on(scene: Scene, people: People, at: int) -> bool:
    """Whether "who" or "and" leads on from people already spoken of: "injured five, who later died"."""
    words = [scene.sentence.word(index) for index in range(people.reach, min(at, people.reach + 2))]
    return not words or words[0] in ("who", "and") or words == [",", "who"]


def _near_enough(scene: Scene, people: People, at: int) -> bool:
    """Weak counts (a bare number, people without a number) and nobody must stand right before what is said of them, or
    with no more between than where or whose they were."""
    last = people.counts[-1]
    if not last.weak and last.kind != "zero":
        return True
    sentence, gap = scene.sentence, range(people.reach, at)
    if all(sentence.is_title(index) or scene.soft(index) or not sentence.word(index)[0].isalnum() for index in gap):
        return True
    first = sentence.word(people.reach)
    if last.kind == "number":
        return first == "who" or (
            len(gap) <= 2 and not any(sentence.word(index) in word_classes()["THING"] for index in gap)
        )
    close = len(gap) <= 10 and last.kind in ("plural", "bare", "zero")
    return close and first in grammar("leading_on") and not _has_verb(scene, gap)


def _has_verb(scene: Scene, gap: range) -> bool:
    verbs = word_classes()["SAYS"] | word_classes()["BE"]
    return any(scene.sentence.word(index) in verbs or index in scene.cue_words for index in gap)


def embedded(scene: Scene, people: People) -> bool:
    """Whether people stand inside another phrase: "by two gunmen", "the wife of a policeman"."""
    sentence, words = scene.sentence, grammar("embedding")
    before = sentence.word(people.start - 1)
    return before in words or (before in ("the", "a") and sentence.word(people.start - 2) in words)
