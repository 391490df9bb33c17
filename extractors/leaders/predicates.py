"""Offices given by a verb: "X became head of Y", "X, who leads Y", "the militia, led by X", "since X was appointed"."""

from collections.abc import Iterator, Sequence

from dateline.extractors.language.words import Words
from dateline.extractors.leaders.appositions import before_description
from dateline.extractors.leaders.bodies import body_after, body_ending, class_in
from dateline.extractors.leaders.introduction import (
    CLOSING,
    LONGEST_INSERT,
    Introduction,
    Named,
    name_ending,
    name_following,
)
from dateline.extractors.leaders.lexicon import is_possessive, is_word, offices
from dateline.extractors.leaders.titles import Title

_LONGEST_GROUP = 10  # "is also reportedly currently serving as acting"
_NEAR = 4  # words back to the "it" of "It was founded by"


def appointed(words: Words, chain: Sequence[Title]) -> Named | None:
    """The object of appointing: "appointed X the new commander", "named X as its chief"."""
    at = before_description(words, chain[0])
    name = name_ending(words, at - 1 if at > 0 and words.lower[at - 1] == "as" else at, lone=True)
    return Named(name, "leaders.appointed") if name is not None and _is_appointed(words, name[0]) else None


def equated(words: Words, chain: Sequence[Title]) -> Named | None:
    """ "X became head of Y", "X was appointed governor", "X, who is described by Z as a leader"."""
    if not _is_predicate(words, chain[-1].stop):
        return None
    at = before_description(words, chain[0])
    verb = _group_start(words, at)
    if verb == at:
        return None
    if words.lower[verb] == "as":
        verb = _described(words, verb) or verb
    name = name_ending(words, _before_relative(words, verb), lone=True)
    if name is not None and is_word(words, name[0] - 1, "succeeding"):
        name = name_ending(words, _before_relative(words, _group_start(words, name[0] - 1)), lone=True)
    if name is None or is_word(words, name[0] - 1, "not_subject"):
        return None
    return Named(name, "leaders.is-title")


def _is_predicate(words: Words, stop: int) -> bool:
    """Whether a title ends where it seems to: "is the number one airline" calls nobody a number one."""
    if stop >= len(words) or words.lower[stop] in CLOSING:
        return True
    return is_word(words, stop, "stops") or is_word(words, stop, "after_title")


def _group_start(words: Words, stop: int) -> int:
    """The first word of the "was recently appointed" that ends before word `stop`; `stop` where there is none."""
    start = stop
    holding = words.lower[stop - 1 : stop] == ["as"]
    while start > max(0, stop - _LONGEST_GROUP) and (
        _is_verb(words, start - 1) or (holding and is_word(words, start - 1, "holding"))
    ):
        start -= 1
    return start


def _before_relative(words: Words, stop: int) -> int:
    """The index after a name whose ", who" ends before word `stop`."""
    if words.lower[stop - 1 : stop] == ["who"]:
        stop -= 1
    return stop - 1 if words.lower[stop - 1 : stop] == [","] else stop


def _is_verb(words: Words, index: int) -> bool:
    return is_word(words, index, "copulas") or is_word(words, index, "appointing")


def _described(words: Words, at: int) -> int | None:
    """The first word of "who is described by the ministry as", given its "as"."""
    for index in range(at - 1, max(0, at - LONGEST_INSERT), -1):
        if is_word(words, index, "describing"):
            return _group_start(words, index)
        if words.lower[index] in (",", ";", "."):
            return None
    return None


def _is_appointed(words: Words, start: int) -> bool:
    """Whether the name at `start` is the object of "appointed", "elected"."""
    return is_word(words, start - 1, "appointing") and words.lower[start - 1] not in ("in", "to")


def by_verbs(words: Words, titles: Sequence[Title]) -> Iterator[Introduction]:
    """Everyone whom a verb of leading or of taking office introduces, in text order."""
    cues = offices().words["cues"]
    verbs = [index for index, lower in enumerate(words.lower) if lower in cues]
    taken = {index for title in titles for index in range(title.start, title.stop)} if verbs else set()
    for index in verbs:
        found = _by_verb(words, index) if index not in taken else None
        if found is not None:
            yield found


def _by_verb(words: Words, index: int) -> Introduction | None:
    if is_word(words, index, "led_by") and words.lower[index + 1 : index + 2] == ["by"]:
        return _led_by(words, index + 1)
    if index == 0:
        return None
    if is_word(words, index, "leading"):
        return _who_leads(words, index)
    if is_word(words, index, "took_office"):
        return _took_office(words, index)
    return _reigned(words, index) if is_possessive(words, index - 1) else None


def _who_leads(words: Words, verb: int) -> Introduction | None:
    """ "X, who leads the alliance", "X, heading the delegation"."""
    stop = verb
    if words.lower[verb - 1] != "who" and not words.lower[verb].endswith("ing"):
        return None
    stop = _before_relative(words, verb)
    name, body = name_ending(words, stop, lone=True), body_after(words, verb + 1)
    if name is None or body is None or stop == verb:
        return None
    return Introduction(name, (verb, verb + 1), body, class_in(words, body), "leaders.who-leads", 3, name[0], body[1])


def _led_by(words: Words, by: int) -> Introduction | None:
    """ "the militia, led by X", "It was founded by X"; "a study led by X" gives no office."""
    kin = is_word(words, by + 1, "determiners") and is_word(words, by + 2, "kin")
    name = name_following(words, by + 3 if kin else by + 1)  # "headed by his brother X"
    if name is None:
        return None
    role = (by - 1, by)
    body = body_ending(words, by - 1)
    if body is None and words.lower[name[1] : name[1] + 1] == [","]:
        body = body_after(words, name[1] + 1)  # "Led by X, the militia took the mine"
    if body is not None:
        return Introduction(name, role, body, class_in(words, body), "leaders.led-by", 2, *name)
    before = words.lower[max(0, by - 2 * LONGEST_INSERT) : by - 1]
    if "it" in before[-_NEAR:] or "founded" in before:
        return Introduction(name, role, None, "other", "leaders.led-by", 1, *name)
    return None


def _took_office(words: Words, verb: int) -> Introduction | None:
    """ "since X was appointed": an office, though the words do not say which."""
    start = verb
    while start > 0 and is_word(words, start - 1, "auxiliaries"):
        start -= 1
    name = name_ending(words, start, lone=False) if start < verb else None
    ends = verb + 1 >= len(words) or words.lower[verb + 1] in CLOSING or is_word(words, verb + 1, "when")
    if name is None or not ends:
        return None
    return Introduction(name, (verb, verb + 1), None, "other", "leaders.took-office", 0, name[0], verb + 1)


def _reigned(words: Words, noun: int) -> Introduction | None:
    """ "Saddam Hussein's reign", "X's presidency"."""
    name = name_ending(words, noun - 1, lone=False)
    if name is None:
        return None
    return Introduction(name, (noun, noun + 1), None, "state_leader", "leaders.reign", 0, *name)
