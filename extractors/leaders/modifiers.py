"""What stands before a title word: standing ("former"), portfolio ("defence"), organisation ("Heron Militia's")."""

from dataclasses import dataclass

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.lexicon import Range, body_at, is_possessive, is_word, offices, title_at

_LONGEST = 9  # words of organisation and role before a title word


@dataclass(frozen=True, slots=True)
class Modifiers:
    """The words before a title word: where they begin, the organisation among them, and where the role begins."""

    start: int
    organisation: Range | None
    role: int


def modifiers(words: Words, head: int, floor: int) -> Modifiers:
    """What belongs to the title word at `head` on its left, not reaching before `floor`."""
    floor = max(floor, head - _LONGEST)
    bodies = _bodies(words, floor, head)
    start, organisation_stop = head, 0
    while start > floor:
        step = _step(words, start, floor, bodies)
        if step is None:
            break
        start, named_to = step
        organisation_stop = organisation_stop or named_to
    begin = start
    while begin < organisation_stop and is_word(words, begin, "standing") and body_at(words, begin) is None:
        begin += 1
    organisation = (begin, organisation_stop) if begin < organisation_stop else None
    return Modifiers(start, organisation, _role_start(words, start, organisation))


def _step(words: Words, start: int, floor: int, bodies: dict[int, int]) -> tuple[int, int] | None:
    """One word, or one body, to the left of `start`: the new first word, and where the organisation ends if it is part
    of one (else 0); None where the phrase begins at `start`."""
    at = start - 1
    lower = words.lower[at]
    if start in bodies:
        return bodies[start], start
    if is_possessive(words, at):
        return _owner(words, at, floor)
    if is_word(words, at, "fate"):  # "the strike killed commander X" does not make him "the killed commander"
        return (at, 0) if is_word(words, at - 1, "determiners") else None
    if is_word(words, at, "standing"):
        return at, 0
    if at > floor and ends_body(words, at):
        return at, start
    if lower.removeprefix("ex-") in offices().words["portfolio"] or is_adjective(words, at):
        return at, 0
    if _is_body_word(words, at):
        return at, start
    if lower == ")" and at - 2 > floor and words.lower[at - 2] == "(":
        return at - 2, start  # "Front for Renewal (FR) chairman"
    if lower in ("and", "&") and at > floor and joins_portfolios(words, at):
        return at, 0
    return None


def _owner(words: Words, mark: int, floor: int) -> tuple[int, int] | None:
    """The owner before "'s": a capitalised name word by word, or one common noun ("the group's leader")."""
    if mark <= floor or not words.text[mark - 1][0].isalpha():
        return None
    return (mark - 1 if words.text[mark - 1].islower() else mark), mark


def _bodies(words: Words, floor: int, stop: int) -> dict[int, int]:
    """The known bodies, and those of two words or more, from `floor` to `stop`: where each ends, to its start."""
    found: dict[int, int] = {}
    openers = offices().body_openers
    index = floor
    while index < stop:
        if words.lower[index] not in openers and "-" not in words.lower[index]:
            index += 1
            continue
        body = body_at(words, index)
        end = body[0] if body is not None else 0
        if body is None and (noun := offices().body_nouns.at(words, index)) is not None and noun[0] - index > 1:
            end = noun[0]
        if index < end <= stop:
            found[end] = index
        index = max(index + 1, min(end, stop))
    return found


def _role_start(words: Words, start: int, organisation: Range | None) -> int:
    """Where the role begins: after the organisation, or at the "former" or "senior" that goes before it."""
    if organisation is None:
        return start
    if start < organisation[0]:
        return start
    begin = organisation[1]
    return begin + 1 if is_possessive(words, begin) else begin


def ends_body(words: Words, index: int) -> bool:
    """Whether a capitalised "Front" or "Police" ends the name of a body ("Heron Front leader")."""
    if index == 0 or not words.text[index][0].isupper() or offices().body_nouns.at(words, index) is None:
        return False
    named = words.text[index - 1][0].isupper() and words.lower[index - 1] not in grammar().small
    return named and not is_word(words, index - 1, "standing")


def is_adjective(words: Words, index: int) -> bool:
    """Compounds that describe: "Taliban-appointed", "Jordanian-born"."""
    text = words.lower[index] if index < len(words) else ""
    return "-" in text and text.rpartition("-")[2] in grammar().compounds


def _is_body_word(words: Words, index: int) -> bool:
    """A noun of bodies, or a capitalised word that may belong to one's name: no small word of English, no title."""
    text, lower = words.text[index], words.lower[index]
    if not text[0].isupper():
        return offices().body_nouns.at(words, index) is not None
    known = grammar()
    small = lower in known.small or lower in known.address or lower in known.honorifics or lower in known.particles
    adverb = index == 0 and lower.endswith("ly")  # "Heavily armed"
    return not small and not adverb and title_at(words, index) is None


def joins_portfolios(words: Words, index: int) -> bool:
    """Whether the "and" at `index` stands between two portfolios: "health and sanitation minister"."""
    return is_word(words, index - 1, "portfolio") and is_word(words, index + 1, "portfolio")
