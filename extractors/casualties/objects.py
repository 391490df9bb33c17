"""Objects: the people who follow a verb or an "of", and those joined on behind others."""

from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.names import names_after
from dateline.extractors.casualties.pronouns import resolved
from dateline.extractors.casualties.scene import Scene
from dateline.extractors.casualties.shapes import Link, People
from dateline.extractors.casualties.vocabulary import grammar_phrases, word_classes

LONGEST_GAP = 8  # tokens between a verb and its object: "killing on the spot, reportedly, five men"


def object_of(scene: Scene, cue: Cue, rule: str) -> Link | None:
    """The people who stand right after the cue."""
    at = cue.stop
    if scene.sentence.word(at) == "among" and scene.sentence.word(at + 1) == "others":
        at, rule = at + 2, "casualties.among"  # "killing among others a boy"
    first = at
    while at < scene.sentence.stop and at - first <= LONGEST_GAP:
        index = scene.people_at(at)
        if index is not None:
            if scene.sentence.word(at) in ("he", "she", "they"):
                return None
            return resolved(scene, cue, rule, index, joined_behind(scene, scene.people[index].reach, index))
        if not (scene.soft(at) or scene.joins_cues(at) or at in scene.cue_words):
            break
        at += 1
    index = scene.people_at(_past_things(scene, first))
    verb = cue.frame != "finite" or scene.sentence.word(cue.start).startswith("kill")  # no "murder charge and …"
    if index is not None and verb and rule == "casualties.object" and cue.outcomes == ("killed",):
        return resolved(scene, cue, rule, index, joined_behind(scene, scene.people[index].reach, index))
    return _named(scene, cue, rule, at) if at - first <= 1 else None


def _past_things(scene: Scene, start: int) -> int:
    """Past the counted things that a list of victims begins with: "killed two goats and a herder"."""
    sentence, things = scene.sentence, word_classes()["THING"]
    for at in range(start, start + LONGEST_GAP):
        if sentence.word(at) in ("and", ","):
            return at + 1 if sentence.word(at - 1) in things else start
        if sentence.word(at) in (".", ";", "") or (at > start and scene.is_boundary(at)):
            break
    return start


def _named(scene: Scene, cue: Cue, rule: str, at: int) -> Link | None:
    """The link of names that begin at token `at`."""
    names = names_after(scene.sentence, at, scene.cue_words)
    if not names:
        return None
    stop = names[-1].stop
    extra = joined_behind(scene, stop, None) or _joined_by_and(scene, stop)
    return Link(cue, People(names, reach=stop), rule, None, extra)


def _joined_by_and(scene: Scene, at: int) -> People | None:
    """The people whom an "and" joins to a name: "killed Karim Shah and two guards", "…, a smith, his sons and …"."""
    comma = scene.sentence.word(at) == ","
    at += comma
    index = scene.people_at(at) if comma else None
    if comma and index is None:  # "Karim Shah, a bomb maker, his two sons and …"
        words = range(at, at + LONGEST_GAP)
        after = next((word + 1 for word in words if scene.sentence.word(word) == ","), at)
        index = scene.people_at(after) if scene.cue_words.isdisjoint(range(at, after)) else None
        index = None if index is None or scene.people[index].counts[0].kind == "plural" else index
    if index is not None and len(scene.people[index].counts) > 1:
        counts = scene.people[index].counts
        return People(counts[1:] if counts[0].kind in ("the", "one", "bare") else counts)  # the first says who he is
    index = scene.people_at(at + 1) if scene.sentence.word(at) == "and" else None
    return None if index is None or scene.people[index].counts[0].kind == "plural" else scene.people[index]


def joined_behind(scene: Scene, at: int, index: int | None) -> People | None:
    """The people joined on at token `at`: "was killed along with four others". `index` are those they are joined to."""
    at += scene.sentence.word(at) == "alive"  # "captured alive with two of his drivers"
    length = scene.sentence.phrase_at(at, grammar_phrases("along"))
    if not length:
        return None
    start = at + length
    while scene.sentence.word(start) in ("his", "her", "their", "the", "reportedly") and scene.people_at(start) is None:
        start += 1
    found = scene.people_at(start)
    if found is None or found == index:
        return None
    return scene.people[found] if scene.people[found].counts[0].kind in ("number", "one", "the", "bare") else None
