"""Bodies: the organisations that offices are held in, and the class of office that each makes."""

from typing import get_args

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.lexicon import Range, body_at, is_word, offices
from dateline.models.fields.leaders import RoleClass

_LONGEST = 6  # words from a verb of leading to the noun of its body
_CLASSES: dict[str, RoleClass] = {name: name for name in get_args(RoleClass)}
_HEADS_OF_STATE = ("leader", "co-leader", "head")
_RULED_BY_GROUPS = ("military_or_police", "religious_or_tribal", "minister_or_official")


def body_class(words: Words, body: Range) -> str | None:
    """The class of a body, or "nation": of the known one in it, else of its last noun; None where neither is."""
    found: str | None = None
    nation_stop = 0
    for index in range(*body):
        known = body_at(words, index)
        if known is not None and known[1] != "nation":
            return known[1]
        noun = offices().body_nouns.at(words, index)
        if noun is not None:
            found = noun[1]
        elif known is not None:
            nation_stop = known[0]
    return found or ("nation" if nation_stop == body[1] else None)  # "US Centers for Disease" is no nation


def role_class(words: Words, kind: str, role: Range, body: Range | None, head: int) -> RoleClass:
    """The class of a role: its title's own `kind`, or for open titles that of the body they are held in."""
    if kind == "rank":
        return "military_or_police"
    held_in = body_class(words, body) if body is not None else _class_inside(words, role)
    title = words.lower[head]
    if held_in == "armed_group" and kind in _RULED_BY_GROUPS:
        return "armed_group"  # an "emir" or "commander" of al-Shabaab, a Taliban governor
    if body is not None and is_word(words, head, "fighting") and _of_fighters(words, body, held_in, kind):
        return "armed_group"
    if kind == "open" and held_in == "military_or_police" and "leader" in words.lower[head : role[1]]:
        return "armed_group"  # armies have commanders: "leader of the Red Hand Brigade"
    if kind == "state_leader" and is_word(words, head, "presiding") and held_in != "nation":
        return _CLASSES.get(held_in or "", "other" if body is not None else "state_leader")
    if kind == "minister_or_official" and held_in == "international_org":
        return "international_org"
    if kind == "international_org" and held_in in ("party_or_parliament", "armed_group"):
        return _CLASSES[held_in]  # the "secretary-general" of a party
    if kind in ("open", "lesser", "specialist"):
        if held_in == "nation":
            return "state_leader" if title in _HEADS_OF_STATE else "minister_or_official"
        return _CLASSES.get(held_in or "", "other")
    return _CLASSES[kind]


def _of_fighters(words: Words, body: Range, held_in: str | None, kind: str) -> bool:
    """Whether a commander's or an emir's body is one of fighters: "the movement's commander", "emir of the Green
    Banner"; "the emir of Kano" is a ruler of a place, and places have no article."""
    if held_in == "other":
        return is_word(words, body[1] - 1, "fighting_bodies")
    return held_in is None and kind == "religious_or_tribal" and words.lower[body[0] - 1 : body[0]] == ["the"]


def class_in(words: Words, body: Range, *, state: RoleClass = "other") -> RoleClass:
    """The class of an open office in a body; `state` where the body is a nation."""
    found = body_class(words, body)
    return state if found == "nation" else _CLASSES.get(found or "", "other")


def class_with(words: Words, known: RoleClass, body: Range) -> RoleClass:
    """The class of an office of class `known` whose body stands elsewhere in the text: "field commander" under a list
    of the Heron Front's dead."""
    held_in = class_in(words, body)
    return held_in if known == "other" or (held_in == "armed_group" and known in _RULED_BY_GROUPS) else known


def body_after(words: Words, start: int) -> Range | None:
    """The body that begins at word `start`, after its article: what somebody "leads", what a commander is "of"."""
    begin = past_determiner(words, start)
    for index in range(begin, min(begin + _LONGEST, len(words))):
        stop = _body_in(words, index)
        if stop is not None:
            while (further := _body_in(words, stop)) is not None:  # "opposition alliance"
                stop = further
            return begin, stop
        if words.lower[index] in offices().words["stops"] or not words.text[index][0].isalnum():
            return None
    return None


def body_ending(words: Words, stop: int) -> Range | None:
    """The body that stands before "led by": "a faction led by", "the Heron Militia, which is led by"."""
    while stop > 0 and is_word(words, stop - 1, "relatives"):
        stop -= 1
    for begin in range(max(0, stop - _LONGEST), stop):
        if _body_in(words, begin) == stop:
            while begin > 0 and words.text[begin - 1][0].isupper() and words.lower[begin - 1] not in grammar().small:
                begin -= 1
            return begin, stop
    return None


def past_determiner(words: Words, index: int) -> int:
    """The index after "the", "one of the" and the like, where one stands at `index`."""
    found = offices().determiners.at(words, index)
    return found[0] if found is not None else index


def _class_inside(words: Words, role: Range) -> str | None:
    """For a role without organisation: "army chief" by its "army"."""
    return body_class(words, role) if role[1] - role[0] > 1 else None


def _body_in(words: Words, index: int) -> int | None:
    """The index after a body (known, or a noun of bodies) that begins at `index`."""
    known = body_at(words, index)
    if known is not None and known[1] != "nation":
        return known[0]
    if is_word(words, index, "capitalised") and words.text[index].islower():
        return None
    noun = offices().body_nouns.at(words, index)
    return noun[0] if noun is not None else None
