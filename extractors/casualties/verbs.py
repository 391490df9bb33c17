"""Participles: whether "killed" has its people before it ("were killed", "five killed") or behind it."""

from dataclasses import replace

from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.objects import object_of
from dateline.extractors.casualties.quantities import number_at
from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.shapes import Link, People
from dateline.extractors.casualties.subjects import embedded, subject_of
from dateline.extractors.casualties.vocabulary import grammar, word_classes

LONGEST_VERB = 8  # tokens from a form of "be" to its participle: "were also reportedly shot and"
LONGEST_STATE = 12  # tokens between people and an adjective: "a policeman (named in the report) dead"
HAVE = frozenset({"have", "has", "had"})


def participle(scene: Scene, cue: Cue, previous: Link | None) -> Link | None:
    """The link of a participle. `previous` is the sentence's last link, from which "and later executed" goes on."""
    if scene.sentence.word(cue.start - 1) in grammar("determiners"):
        return None  # "the strangled body"
    auxiliary = _auxiliary(scene, cue.start)
    if auxiliary is not None:
        at, word = auxiliary
        return subject_of(scene, cue, at, _number_of(word), _passive(scene, cue))
    if scene.sentence.word(cue.stop) in ("was", "were") and not scene.unlinked_before(cue.start):
        inverted = object_of(scene, replace(cue, stop=cue.stop + 1), "casualties.passive")  # "Also killed was …"
        if inverted is not None:
            return replace(inverted, cue=cue)
    taken = object_of(scene, cue, "casualties.object")
    if taken is not None and not _belongs_to_next(scene, taken.people, cue):
        return taken
    if not scene.ends_clause(cue.stop) or _takes_things(scene, cue):
        return None
    if previous is not None and previous.rule == "casualties.passive" and _goes_on(scene, previous.cue, cue):
        return Link(cue, previous.people, "casualties.passive", previous.index)
    link = subject_of(scene, cue, cue.start, None, "casualties.reduced")
    return None if link and _is_of_all(scene, link, cue) else link


def _is_of_all(scene: Scene, link: Link, cue: Cue) -> bool:
    """Whether the cue tells of all, and what follows of some of them: "Six of the nine people killed were named"."""
    word, people = scene.sentence.word, link.people
    if word(cue.stop) not in HAVE | word_classes()["BE"]:
        return False
    return any(word(at) == "of" and word(at + 1) in ("the", "those") for at in range(people.start, people.stop))


def state(scene: Scene, cue: Cue) -> Link | None:
    """The link of an adjective: "five dead", "left five dead", "five are missing", "stabbed a guard to death"."""
    auxiliary = _auxiliary(scene, cue.start)
    if auxiliary is not None:
        return subject_of(scene, cue, auxiliary[0], _number_of(auxiliary[1]), _passive(scene, cue))
    if scene.sentence.word(cue.start - 1) in grammar("determiners"):
        return None  # "her missing car"
    link = subject_of(scene, cue, cue.start, None, "casualties.reduced")
    if link is None or cue.start - link.people.reach > LONGEST_STATE:
        return None
    weak = link.people.counts[-1].weak
    return None if weak and not scene.ends_clause(cue.stop) else link  # not "4,000 dead birds"


def _passive(scene: Scene, cue: Cue) -> str:
    """The rule of what stands behind a form of "be": those "among the dead" are a part of them."""
    part = scene.sentence.word(cue.start - 2) in ("among", "amongst")
    return "casualties.among" if part else "casualties.passive"


def _auxiliary(scene: Scene, start: int) -> tuple[int, str] | None:
    """Where the verb group begins that makes the participle at `start` passive, and its first finite word."""
    sentence, at = scene.sentence, start - 1
    while at >= sentence.start and start - at <= LONGEST_VERB:
        word = sentence.word(at)
        if word in word_classes()["BE"]:
            return _group_start(scene, at)
        if word == "and" and sentence.word(at - 1).endswith("ed"):
            at -= 2  # "was engaged and killed"
        elif _inside_verb(scene, at):
            at -= 1
        else:
            return None
    return None


def _group_start(scene: Scene, at: int) -> tuple[int, str]:
    sentence, word = scene.sentence, scene.sentence.word(at)
    begin = at
    while at - begin < LONGEST_VERB and sentence.word(begin - 1) in grammar("auxiliaries"):
        begin -= 1
        if sentence.word(begin) in word_classes()["BE"] | HAVE:
            word = sentence.word(begin)
    return begin, word


def _inside_verb(scene: Scene, at: int) -> bool:
    word = scene.sentence.word(at)
    joint = word in ("and", "or") and at - 1 in scene.cue_words
    return joint or scene.soft(at) or at in scene.cue_words or word in grammar("between_verb")


def _number_of(word: str) -> bool | None:
    """What a verb form tells of its subject's number: True for many."""
    if word in grammar("many"):
        return True
    return False if word in grammar("one") else None


def _takes_things(scene: Scene, cue: Cue) -> bool:
    """Whether the cue has counted things or animals for its object: "wolves killed 14 sheep"."""
    found = number_at(scene.sentence, cue.stop) if scene.people_at(cue.stop) is None else None
    return found is not None and scene.sentence.word(found[1]).isalpha() and not scene.is_boundary(found[1])


def _belongs_to_next(scene: Scene, people: People, cue: Cue) -> bool:
    """Whether the people after a cue are the next cue's: "3 militants killed 5 injured", where a comma was lost."""
    if people.stop not in scene.cue_words or not scene.unlinked_before(cue.start):
        return False
    following = next((other for other in scene.cues if other.start == people.stop), None)
    return following is not None and following.frame in ("participle", "state")


def _goes_on(scene: Scene, before: Cue, cue: Cue) -> bool:
    """Whether an "and" right before the cue leads on from the verb of an earlier one, with no other people between."""
    at = cue.start - 1
    while scene.soft(at):
        at -= 1
    if scene.sentence.word(at) not in ("and", "then"):
        return False
    last = scene.people_over(cue.start - 1)
    if last is None or scene.people[last].start < before.stop:
        return True
    people = scene.people[last]
    return people.counts[0].kind not in ("number", "one") or embedded(scene, people)
