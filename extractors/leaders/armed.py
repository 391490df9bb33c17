"""Which bodies and commanders an article itself takes for fighters: no list knows every armed group."""

from collections.abc import Iterator, Sequence

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.bodies import body_class, past_determiner
from dateline.extractors.leaders.introduction import Introduction
from dateline.extractors.leaders.lexicon import Range, body_at, is_word, offices
from dateline.extractors.leaders.reading import is_fate
from dateline.models.fields.leaders import RoleClass

_LONGEST_NAME = 6  # words of a body's name
_LONGEST_LIST = 12  # words from "five militants, including" to the commander
# Between a word for fighters and the name of their body. They are "from" places.
_BEFORE_NAME = frozenset({"of", "with", "to", "loyal", "linked", "allied", "belonging", "group", "groups", "called"})


def armed_names(sentences: Sequence[Words]) -> frozenset[str]:
    """The names of bodies, lower case, that a text calls fighters: "Green Banner militants", "rebels of the Green
    Banner", "the Green Banner claimed responsibility"."""
    cues = offices().words["armed_words"] | {"responsibility"}
    return frozenset(name for words in sentences if not cues.isdisjoint(words.lower) for name in _called_armed(words))


def _called_armed(words: Words) -> Iterator[str]:
    armed = offices().words["armed_words"]
    for index, lower in enumerate(words.lower):
        if lower in armed:
            yield from _name(words, *_run_before(words, index))
            yield from _name(words, *_run_after(words, index + 1))
        elif lower == "responsibility" and is_fate(words, index - 1, "claims"):
            verb = index - 2 if words.lower[index - 2] in ("has", "have", "had", "later", "also") else index - 1
            yield from _name(words, *_run_before(words, verb))


def _name(words: Words, start: int, stop: int) -> Iterator[str]:
    """The name at these words; nothing where it is none, or a nation's or an army's own."""
    if start < stop and body_class(words, (start, stop)) in (None, "other", "armed_group"):
        yield words.joined(start, stop)


def _run_before(words: Words, stop: int) -> Range:
    """The capitalised words right before word `stop`; a single one is rather a town ("Tubas militants") unless it is
    an abbreviation or has an article."""
    start = stop
    while start > max(0, stop - _LONGEST_NAME) and _is_named(words, start - 1):
        start -= 1
    lone = stop - start == 1 and not words.text[start].isupper() and words.lower[max(0, start - 1)] != "the"
    return (stop, stop) if lone else (start, stop)


def _run_after(words: Words, index: int) -> Range:
    """The capitalised words after "of the", "from", "loyal to", "group called"."""
    begin = index
    while begin < min(len(words), index + 3) and words.lower[begin] in _BEFORE_NAME:
        begin += 1
    lone = begin > index and words.lower[begin - 1] == "of"
    begin = past_determiner(words, begin) if begin > index else begin
    stop = begin
    while stop < min(len(words), begin + _LONGEST_NAME) and _is_named(words, stop):
        stop += 1
    return (stop, stop) if lone and words.lower[begin - 1] == "of" else (begin, stop)  # "insurgents of Herat"


def _is_named(words: Words, index: int) -> bool:
    return words.text[index][0].isupper() and words.lower[index] not in grammar().small


def armed_class(words: Words, body: Range, known: RoleClass, names: frozenset[str], *, fights: bool) -> RoleClass:
    """The class of an office of class `known` in a body, once the article has its say: "armed_group" where it calls the
    body so; `fights` whether the office is that of a commander. A "police chief" keeps his class."""
    open_office = known == "other" or (fights and known == "military_or_police")
    if not open_office or body_class(words, body) not in (None, "other"):
        return known
    return "armed_group" if words.joined(*body) in names else known


def commands(words: Words, office: Introduction) -> bool:
    """Whether an office is that of a commander or an emir."""
    return any(is_word(words, at, "fighting") for at in range(*office.role))


def leads_fighters(words: Words, office: Introduction) -> bool:
    """Whether a commander of no named body stands among fighters: "five militants, including commander X"."""
    if office.organisation is not None or not commands(words, office):
        return False
    listed = False
    for index in range(office.start - 1, max(-1, office.start - _LONGEST_LIST), -1):
        if is_fate(words, index, "breaks"):
            return False
        listed = listed or is_fate(words, index, "including")
        body = body_at(words, index)
        if listed and (is_word(words, index, "armed_words") or (body is not None and body[1] == "armed_group")):
            return True
    return False
