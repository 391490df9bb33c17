"""What follows a title word and belongs to it: "of Lowgar province", "for the Middle East", "of recruitment"."""

from dataclasses import dataclass

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.names import name_at
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.bodies import past_determiner
from dateline.extractors.leaders.lexicon import Range, body_at, is_possessive, is_word, offices, title_at
from dateline.extractors.leaders.modifiers import joins_portfolios

_LONGEST = 16  # words after the preposition
_LONGEST_UNKNOWN = 3  # words in a row that no list knows: "the banned students' federation"
_PREPOSITIONS = ("of", "for", "in", "at", "to", "from", "with", "within", "on")
_QUOTES = ('"', "“", "‘", "'")
_HEADS = ("state_leader", "minister_or_official")  # a spokesman or an adviser may be one's
_LOCAL = ("in", "on", "to", "from")  # where, and not of what: "commander in Swat"


@dataclass(frozen=True, slots=True)
class Complement:
    """Where the title phrase ends and where its role does, its organisation, and whether it holds a capital."""

    stop: int
    role_stop: int
    organisation: Range | None = None
    of_name: bool = False


def complement(words: Words, stop: int) -> Complement:
    """What follows the title word that ends before word `stop`."""
    begin = stop
    if stop < len(words) and words.lower[stop] in _PREPOSITIONS:
        begin = stop + 1
    elif not _names_duty(words, stop):
        return Complement(stop, stop)
    role_stop = _past_duties(words, begin)
    if role_stop > begin and _bears_name(words, role_stop) == "office":
        return Complement(stop, stop)  # "a spokesman for party leader X"
    if role_stop > begin:  # "of transport", and "Secretary Education"
        if role_stop >= len(words) or words.lower[role_stop] not in ("of", "for", "in", "at"):
            return Complement(role_stop, role_stop)
        begin = role_stop + 1
    else:
        role_stop = stop
    noun = past_determiner(words, begin)
    while noun + 1 < len(words) and (words.lower[noun] == "so-called" or words.text[noun] in _QUOTES):
        noun += 1
    end, first_end = _noun_phrase(words, noun)
    if end == noun or _bears_name(words, noun) or _bears_name(words, end) == "office":
        return Complement(role_stop, role_stop)  # "a deputy to Commander X", "the aide of TTP chief X"
    of_name = any(text[0].isupper() for text in words.text[noun:end])
    vague = not of_name and first_end - noun > _LONGEST_UNKNOWN + 1
    vague = vague or is_word(words, first_end - 1, "times")
    organisation = None if vague or words.lower[begin - 1] in _LOCAL else (noun, first_end)
    return Complement(end, role_stop, organisation, of_name)


def _bears_name(words: Words, index: int) -> str:
    """Whether the title at word `index` has its bearer's name after it, who is then somebody else, as "office" or
    "rank"; empty where it has none. A rank after a body is his whose title it is: "head of the army General X"."""
    title = title_at(words, index)
    if title is None or name_at(words, title.stop) is None:
        return ""
    return "rank" if title.kind == "rank" else "office"


def _names_duty(words: Words, stop: int) -> bool:
    """Whether a capitalised duty follows a capitalised title without a preposition: "Secretary Education"."""
    return is_word(words, stop, "portfolio") and words.text[stop][0].isupper() and words.text[stop - 1][0].isupper()


def _is_duty(words: Words, index: int) -> bool:
    """Whether a duty and no body begins here: "recruitment", "foreign affairs"."""
    return body_at(words, index) is None and (is_word(words, index, "portfolio") or is_word(words, index, "duties"))


def _past_duties(words: Words, index: int) -> int:
    """The index after the duties that begin at `index`, "and" between them included."""
    while index < len(words):
        joined = words.lower[index] == "and" and _is_duty(words, index - 1) and _is_duty(words, index + 1)
        if joined and title_at(words, index + 1) is None:
            index += 2
        elif _is_duty(words, index):
            index += 1
        else:
            break
    return index


def _noun_phrase(words: Words, start: int) -> tuple[int, int]:
    """Where the noun phrase at `start` ends, and where its first part does (before "'s", or before "in" a place)."""
    index, first_end, unknown = start, 0, 0
    complete = False  # whether a body has just ended, so that a person's name may follow it
    while index < min(len(words), start + _LONGEST):
        lower, text = words.lower[index], words.text[index]
        title = title_at(words, index)
        if index == start and title is not None and title.kind in _HEADS:
            index = title.stop  # "spokesman for the governor of Herat"
            continue
        if index > start and title is not None and (lower != "general" or _bears_name(words, index)):
            break
        body = body_at(words, index) or offices().body_nouns.at(words, index)
        if body is not None:
            index, complete, unknown = body[0], True, 0
        elif index > start and is_possessive(words, index):
            owner = body_at(words, index - 1)
            nation = owner is not None and owner[1] == "nation"  # "Borduria's coast guard" is one body
            first_end, index, complete = first_end or (0 if nation else index), index + 1, False
        elif text[0].isupper() and lower not in grammar().small:
            if complete and (name_at(words, index) or 0) - index > 1 and not is_word(words, index + 1, "portfolio"):
                break  # "head of Heron Militia John Doe", but "of Marlow County Adult Education"
            index, complete, unknown = index + 1, is_word(words, index, "portfolio"), 0
        elif index > start and text[0].isupper() and is_word(words, index, "inside_names"):
            index, complete, unknown = index + 1, False, 0
        elif lower in _PREPOSITIONS and index > start and _goes_on(words, index):
            first_end = first_end or (index if lower in (*_LOCAL, "at") else 0)
            index, complete = past_determiner(words, index + 1), False
        elif _joins(words, index, start) or text[0].isdigit():
            index += 1
        elif _may_be_noun(words, index) and unknown < _LONGEST_UNKNOWN:
            index, unknown, complete = index + 1, unknown + 1, is_word(words, index, "portfolio")
        else:
            break
    return index, first_end or index


def _may_be_noun(words: Words, index: int) -> bool:
    """Whether a small word may be part of a body's name: no preposition, no verb that the lists know."""
    text = words.text[index]
    if not text.islower() or not text.replace("-", "").isalpha():
        return False
    return words.lower[index] not in _PREPOSITIONS and not is_word(words, index, "stops")


def _joins(words: Words, index: int, start: int) -> bool:
    return index > start and words.lower[index] in ("and", "&") and joins_portfolios(words, index)


def _goes_on(words: Words, index: int) -> bool:
    """Whether a preposition inside a phrase leads on to a name or a duty: "Movement of the Taliban in Pakistan"."""
    after = past_determiner(words, index + 1)
    if after >= len(words):
        return False
    if words.text[after][0].isupper():
        return words.lower[after] not in grammar().small and title_at(words, after) is None
    return is_word(words, after, "portfolio") and words.lower[index] in ("of", "for")
