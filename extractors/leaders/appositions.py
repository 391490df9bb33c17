"""Names beside a title and a comma: "X, the group's deputy commander,", "the group's leader, X,"."""

from collections.abc import Sequence

from dateline.extractors.language.words import Words
from dateline.extractors.leaders.introduction import CLOSING, DASHES, LONGEST_INSERT, Named, name_ending, name_following
from dateline.extractors.leaders.lexicon import Range, body_at, is_word, offices
from dateline.extractors.leaders.modifiers import is_adjective
from dateline.extractors.leaders.reading import fates
from dateline.extractors.leaders.titles import Title

_QUOTES = frozenset({'"', "“", "‘", "'"})
_ADJECTIVES = 5  # words between an article and the title that no list knows: "the powerful and much feared leader"
_DESCRIPTION = 4  # words between a title's comma and the name: "the former leader, Jordanian-born militant X"


def apposed(words: Words, chain: Sequence[Title]) -> Named | None:
    """The name before an apposition: "X, the group's deputy commander,"; "X, 54, a Y leader"; "X (Y's leader)"."""
    first = chain[0]
    at = before_description(words, first)
    if first.plural or at == 0 or not _closes(words, chain[-1]):
        return None
    if words.lower[at - 1] in (",", "(", *DASHES):
        lone = first.indefinite or first.is_office
        name = _name_before_insert(words, at - 1) or name_ending(words, at - 1, lone=lone)
    elif first.organisation is not None and first.article in ("a", "an", "the") and at == first.start:
        name = name_ending(words, at, lone=False)  # the comma is lost: "Musab Ali an al-Shabaab explosives expert"
    else:
        return None
    return Named(name, "leaders.apposition") if name is not None else None


def before_description(words: Words, title: Title) -> int:
    """The first word of what describes the person before a title: adjectives, an age ("54, a senior …")."""
    at = title.start if title.article else _article_before(words, title.bare)
    if at >= 2 and words.lower[at - 1] == "," and _is_age(words.text[at - 2]):
        at -= 2
    while at > 0 and (words.lower[at - 1] in _QUOTES or is_word(words, at - 1, "adverbs")):
        at -= 1
    return at


def _article_before(words: Words, bare: int) -> int:
    """The article that stands before a title and the adjectives no list knows; `bare` where none does."""
    for index in range(bare - 1, max(-1, bare - _ADJECTIVES - 1), -1):
        if is_word(words, index, "determiners"):
            return index
        lower_word = words.text[index][0].islower() and not is_word(words, index, "stops")
        if words.text[index] not in _QUOTES and not lower_word:
            break
    return bare


def _is_age(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 2


def _closes(words: Words, title: Title) -> bool:
    """Whether an apposition ends where the title does; "X, the president said" is none."""
    if title.stop >= len(words) or words.lower[title.stop] in CLOSING or is_word(words, title.stop, "after_title"):
        return True
    complete = title.stop > title.head_stop
    if is_word(words, title.stop, "speech"):
        return complete and not title.indefinite  # "X, a Kenyan official said" speaks of two
    if fates().participles.at(words, title.stop) is not None:
        return True  # "X, the works minister shot dead last year"
    if is_word(words, title.stop, "auxiliaries"):
        return complete or title.indefinite
    return title.indefinite or (title.article == "the" and title.organisation is not None)


def _name_before_insert(words: Words, comma: int) -> Range | None:
    """The name before an inserted alias, age or clause that ends at `comma`: "X, also known as Y, a commander"."""
    for at in range(comma - 1, max(0, comma - LONGEST_INSERT), -1):
        if words.lower[at] in (",", "(", *DASHES):
            alias = offices().alias.at(words, at + 1) is not None
            inserted = alias or is_word(words, at + 1, "inserted") or _is_age(words.text[at + 1])
            return name_ending(words, at, lone=True) if inserted else None
    return None


def named_after_comma(words: Words, chain: Sequence[Title]) -> Named | None:
    """The name after a title and a comma: "the group's leader, X,"; "Foreign Office Minister, X, said"."""
    last = chain[-1]
    if last.plural or last.stop >= len(words) or words.lower[last.stop] not in (",", *DASHES):
        return None
    name = name_following(words, _past_description(words, last.stop + 1))
    if name is None or (name[1] - name[0] == 1 and not _may_be_lone(words, last)):
        return None
    following = words.lower[name[1]] if name[1] < len(words) else "."
    if not _is_definite(chain, words) and (name[1] - name[0] == 1 or following not in (",", "(", *DASHES)):
        return None
    opens = chain[0].start == 0 or words.lower[chain[0].start - 1] in _QUOTES
    opens = opens or (chain[0].start == 1 and words.lower[0] == "as")  # "As head of the agency, X will report"
    closed = following in CLOSING or is_word(words, name[1], "places") or is_word(words, name[1], "speech")
    return Named(name, "leaders.title-comma-name") if closed or opens else None


def _may_be_lone(words: Words, title: Title) -> bool:
    """Whether a single word after a title's comma can be its bearer: after "the group's leader," or "leader of the
    group,", but not after "governor of Herat," or "head of recruitment,", where a place may follow."""
    if title.kind == "lesser":
        return False
    if title.stop == title.head_stop:
        return True
    body = title.organisation
    return body is not None and body[1] - body[0] == 1 and offices().body_nouns.at(words, body[0]) is not None


def _past_description(words: Words, index: int) -> int:
    """The index after "Jordanian-born militant" and the like."""
    for _ in range(_DESCRIPTION):
        nation = body_at(words, index)
        if nation is not None and nation[1] == "nation":
            index = nation[0]
        elif is_adjective(words, index) or is_word(words, index, "standing") or offices().titles.at(words, index):
            index += 1
    return index


def _is_definite(chain: Sequence[Title], words: Words) -> bool:
    """Whether a title means one person, so that the name after its comma is his: not "an official, X said", unless the
    comma closes again ("an elder, X Y, said")."""
    first = chain[0]
    if first.kind == "lesser" or words.lower[first.head] in ("official", "officials"):
        return first.article == "the" and first.organisation is not None
    return not first.indefinite or any(title.organisation is not None for title in chain)


def called(words: Words, title: Title) -> Named | None:
    """ "a commander named X", "the commander, identified as X"; not "the founder of a site called X"."""
    at = title.stop
    if title.stop > title.head_stop and at < len(words) and words.lower[at] in ("called", "named", "dubbed"):
        return None
    if at < len(words) and words.lower[at] in (",", "("):
        at += 1
    alias = offices().alias.at(words, at)
    if alias is None and not is_word(words, at, "called"):
        return None
    at = alias[0] if alias is not None else at + 1
    while is_word(words, at, "called_as"):
        at += 1
    name = name_following(words, at)
    return Named(name, "leaders.named") if name is not None else None
