"""What is said before a person: "killed TTP leader X", "the death of X", "five people, including X, were killed"."""

from dateline.extractors.language.words import Words
from dateline.extractors.leaders.introduction import DASHES
from dateline.extractors.leaders.lexicon import Range, is_word
from dateline.extractors.leaders.reading import Reading, doubted, fates, is_fate, status

_LONGEST_VERB = 5  # words of a phrase in `active`: "attempt on the life of"
_LONGEST_LIST = 16  # words back to the verb of a list: "killed five people, including two boys and"
_DOUBT = 4  # words back in which a rumour or a denial is looked for
_NEAR = 6  # words between "bounty" and "for"


def said_before(words: Words, phrase: Range, *, listed: bool) -> Reading | None:
    """What the words before the person introduced at `phrase` say was done to him; `listed` whether what is said of a
    list may be said of him, because nothing is said of him alone."""
    start, stop = phrase
    for skipped in range(5):  # articles and adjectives: "killed an important commander"
        found = _verb_ending(words, start - skipped)
        if found is not None:
            return found
        if not _describes(words, start - skipped - 1):
            start -= skipped
            break
    if start > 1 and _is_epithet(words, start - 1):
        start -= 1
    if start <= 0:
        return None
    found = _verb_ending(words, start)
    if found is not None:
        return found
    before = words.lower[start - 1]
    if before == "of":
        return _noun_of(words, start - 1)
    if before in ("for", "on"):
        return _sought(words, start - 1)
    if listed and is_fate(words, start - 1, "joined") and not _acts(words, stop):
        return _in_list(words, start, including=_is_among_them(words, stop))
    return None


def _describes(words: Words, index: int) -> bool:
    return is_word(words, index, "determiners") or is_word(words, index, "standing") or words.lower[index] == "one"


def _is_epithet(words: Words, index: int) -> bool:
    """Whether one unknown adjective stands between "including" or a verb and the title: "including infamous X"."""
    if not words.text[index].isalpha() or not words.text[index].islower() or is_word(words, index, "stops"):
        return False
    own = is_fate(words, index, "joined") or _verb_ending(words, index + 1) is not None
    return not own and (is_fate(words, index - 1, "including") or _verb_ending(words, index) is not None)


def _verb_ending(words: Words, stop: int) -> Reading | None:
    """The active verb that ends before word `stop`; an attempt at it makes a target."""
    for size in range(min(_LONGEST_VERB, stop), 0, -1):
        found = fates().active.get(tuple(words.lower[stop - size : stop]))
        if found is None:
            continue
        start = stop - size
        if size == 1 and words.lower[start - 1 : start] and words.lower[start - 1] in ("was", "were", "been", "being"):
            return None
        if doubted(words, start - _DOUBT, start):
            return None
        meant = "to" in words.lower[max(0, start - 1) : start + 1] and not _is_managed(words, start)
        return Reading("target" if meant else found, (start, stop), _hedge(words, start))
    return None


def _is_managed(words: Words, verb: int) -> bool:
    """Whether what somebody "managed to" do before word `verb` was done; what they tried or decided to do was not."""
    reach = range(verb - 5, verb)
    tried = any(is_fate(words, index, "attempts") for index in reach)
    return not tried and any(is_fate(words, index, "managed") for index in reach)


def _hedge(words: Words, verb: int) -> Range | None:
    """The "reportedly" before a verb; who "claimed" it is for status.py to read."""
    for index in range(max(0, verb - 3), verb):
        if is_fate(words, index, "hedges"):
            return None if is_fate(words, index, "claims") else (index, index + 1)
    return None


def _noun_of(words: Words, of: int) -> Reading | None:
    """ "the death of X", "the capture on Friday of X"."""
    for index in range(of - 1, max(-1, of - 5), -1):
        found = fates().nouns.at(words, index)
        if found is not None and (found[0] == of or words.lower[found[0]] in ("on", "in", "last", "this")):
            return None if doubted(words, index - _DOUBT, index) else Reading(status(found[1]), (index, found[0]))
    return None


def _sought(words: Words, preposition: int) -> Reading | None:
    """ "a bounty of $5 million for X"."""
    for index in range(preposition - 1, max(-1, preposition - _NEAR - 1), -1):
        if is_fate(words, index, "sought_by"):
            return Reading("target", (index, index + 1))
    return None


def _is_among_them(words: Words, stop: int) -> bool:
    """Whether ", among them" or the like follows: "20 soldiers were killed, Captain X among them"."""
    begin = stop + 1 if words.lower[stop : stop + 1] == [","] else stop
    return words.joined(begin, begin + 2) in ("among them", "was included", "one of them")


def _in_list(words: Words, start: int, *, including: bool) -> Reading | None:
    """The verb of the list that a person stands in: "killed five and X", "Two were killed, including X"; `including`
    whether the words after X say so."""
    including = including or is_fate(words, start - 1, "including")
    for index in range(start - 1, max(-1, start - _LONGEST_LIST), -1):
        if is_fate(words, index, "breaks"):
            return None
        including = including or is_fate(words, index, "including")
        active = _verb_ending(words, index + 1)
        if active is not None:
            return active if including or _is_list(words, active.cue[1], start) else None
        passive = fates().participles.at(words, index) or fates().intransitive.at(words, index)
        if passive is not None and including:
            return None if doubted(words, index - _DOUBT, index) else Reading(status(passive[1]), (index, passive[0]))
    return None


def _is_list(words: Words, start: int, stop: int) -> bool:
    """Whether nothing but people, commas and dashes stands between a verb and the person joined to them."""
    return not any(
        is_word(words, index, "stops") and words.lower[index] not in ("and", "or", "with", *DASHES)
        for index in range(start, stop - 1)
    )


def _acts(words: Words, stop: int) -> bool:
    """Whether the person does something of his own: "killed five and governor X said"."""
    begin = stop + 1 if words.lower[stop : stop + 1] == [","] else stop
    return is_word(words, begin, "speech") or is_fate(words, stop, "acting")
