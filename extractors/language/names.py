"""The grammar of person names in the world's news, without a list of names.

A name is a run of capitalised parts, with particles (al-, bin, van der), honorifics people are known by (Mullah),
initials and suffixes. Titles, peoples, places, bodies, months and the little words of English are no parts: a name
begins after them, and a run that ends in "University" or "Province" is no name at all.
"""

from collections.abc import Iterator

from spacy.tokens import Span

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.tokens import Tokens
from dateline.extractors.language.words import Words, words_of

LONGEST_NAME = 8  # parts; longer runs are lists or headlines
_LONGEST_NICKNAME = 3  # words
_APOSTROPHES = frozenset("'’`‘ʼ")
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’"})


def person_names(sentence: Span, tokens: Tokens | None = None) -> list[Span]:
    """The stretches of a sentence that have the shape of a person's full name: two parts or more, or an honorific and
    one. A shape is no proof: whoever needs a person looks for what stands beside it (an office, an age, a verb).
    `tokens`, as for `words_of`, are the document's."""
    words = words_of(sentence, tokens)
    return [words.span(sentence.doc, start, stop) for start, stop in full_names(words)]


def full_names(words: Words) -> Iterator[tuple[int, int]]:
    """`person_names`, as half-open ranges of words."""
    known = grammar()
    index = 0
    while index < len(words.text):
        if not words.text[index][0].isalpha():
            index += 1
        elif (stop := name_at(words, index)) is not None and stands_free(words, index):
            if stop - index > 1:
                yield index, stop
            index = stop
        else:
            nation = known.nations.at(words, index)
            index = nation[0] if nation is not None else _past_run(words, index)


def name_at(words: Words, start: int) -> int | None:
    """The index after the name that begins exactly at word `start`; None where none begins there, or it lies outside.

    The name may be a single part: whether a lone "Alaudin" is a person is for the words around it to say.
    """
    known = grammar()
    if start >= len(words.text) or not may_begin(words, start) or words.lower[start] in known.address:
        return None
    index = start
    parts = 0
    while index < len(words.text) and index - start < LONGEST_NAME:
        following = _part(words, index, first=parts == 0)
        if following is None:
            break
        index, counted = following
        parts += counted
        if not _continues(words, index):
            break
    if parts == 0 or (index < len(words.text) and _is_body_word(words, index)):
        return None
    return None if _is_shouted(words, start, index) else index


def name_before(words: Words, stop: int, floor: int = 0) -> int | None:
    """The first word of the longest name that ends exactly before word `stop`, not reaching before `floor`."""
    if stop <= floor or not (_has_capital(words, stop - 1) or words.lower[stop - 1] in grammar().suffixes):
        return None
    for start in range(max(floor, stop - LONGEST_NAME), stop):
        if name_at(words, start) == stop and (start == floor or stands_free(words, start)):
            return start
    return None


def may_begin(words: Words, index: int) -> bool:
    """Whether the word at `index` looks as if a name could begin with it: what most words fail, at little cost."""
    return _has_capital(words, index) or words.text[index] in ("al", "el")


def may_name(words: Words) -> bool:
    """Whether a sentence has any word that could be part of a name."""
    no_part = grammar().never
    return any(
        (text[0].isupper() or "-" in text) and lower not in no_part
        for text, lower in zip(words.text, words.lower, strict=True)
    )


def _has_capital(words: Words, index: int) -> bool:
    """Whether a word has a capital where a part of a name has it: at its start, or after a hyphen ("al-Masri")."""
    text = words.text[index]
    return text[0].isupper() or "-" in text


def stands_free(words: Words, start: int) -> bool:
    """Whether a name can begin here: not after the "Mount" or "Operation" that makes it a place or an undertaking."""
    return start == 0 or not (words.lower[start - 1] in grammar().prefixes and words.text[start - 1][0].isupper())


def _part(words: Words, index: int, *, first: bool) -> tuple[int, int] | None:
    """What follows the part of a name at `index`, and how many parts it counts for; None where it is no part."""
    known = grammar()
    text, lower = words.text[index], words.lower[index]
    following = words.text[index + 1] if index + 1 < len(words.text) else ""
    if lower in known.honorifics and text[0].isupper():
        return index + 1, int(not first)  # "Maulvi" alone is nobody, "Agha Khan Syed" somebody
    if first and text in ("al", "el") and index + 1 < len(words.text):
        return (index + 1, 0) if is_part(words, index + 1, first=True) else None
    if text[0].isupper() and len(lower.replace(".", "")) <= 2 and _is_initial(text):
        return (index + 1, 0) if _capital(following) else None
    if lower.rstrip("-") in known.particles and (text[0].isupper() or not first) and _capital(following):
        if first and lower not in known.beginners:
            return None
        return index + 1, 0
    if not first and text in _QUOTES:
        return _nickname(words, index)
    if not first and lower in known.suffixes:
        return index + 1, 0
    return (index + 1, 1) if is_part(words, index, first=first) else None


def is_part(words: Words, index: int, *, first: bool) -> bool:
    """Whether the word at `index` can be a part of a name by itself."""
    known = grammar()
    text, lower = words.text[index], words.lower[index]
    if text.islower() and "-" not in text:
        return False  # most words
    if lower in known.given or (lower in known.surnames and not first):
        return text[0].isupper() and (
            not first or _capital(words.text[index + 1] if index + 1 < len(words.text) else "")
        )
    if lower in known.peoples and not first and words.lower[index - 1] in ("al", "el"):
        return text[0].isupper()  # "Abu Omar al Suri"
    if lower in known.no_part or len(text) < 2 or _opens_phrase(words, index):
        return False
    if text.endswith("s") and text[:-1].isupper() and len(text) > 2:
        return False  # "MPAs"
    pieces = text.rstrip("-").split("-")  # "Abdul- Noor"
    if not all(piece.isalpha() or _has_apostrophe(piece) for piece in pieces):
        return False
    if (pieces[0].lower() in known.no_part and pieces[0] not in known.hyphened) or pieces[-1] in known.compounds:
        return False
    origin = len(pieces) == 2 and pieces[0].lower() in known.particles  # "al-Masri", "al-Yemeni"
    if not origin and any(piece[0].isupper() and piece.lower() in known.no_part for piece in pieces):
        return False
    return pieces[0][0].isupper() or (len(pieces) > 1 and (pieces[0] in known.particles or pieces[0] in known.hyphened))


def _has_apostrophe(piece: str) -> bool:
    """Whether a piece of a word is letters and apostrophes: "O'Neill"."""
    return bool(piece) and all(sign.isalpha() or sign in _APOSTROPHES for sign in piece)


def _opens_phrase(words: Words, index: int) -> bool:
    """Whether a nation or a title of several words begins here: "North Korea", "Chief of Staff"."""
    known = grammar()
    if words.lower[index] not in known.openers:
        return False
    return known.nations.at(words, index) is not None or known.titles.at(words, index) is not None


def _capital(text: str) -> bool:
    """Whether a word begins with a capital, or is a particle before one ("al-Libi", "ul-Haq", "bin")."""
    if text[:1].isupper():
        return True
    head, hyphen, _ = text.partition("-")
    return head in grammar().particles or (bool(hyphen) and head in grammar().hyphened)


def _is_initial(text: str) -> bool:
    letters = text.replace(".", "")
    return len(letters) == 1 or (letters.isupper() and "." in text)


def _nickname(words: Words, index: int) -> tuple[int, int] | None:
    """A nickname in quotation marks between two parts: John “Jack” Smith, Pedro “El Lobo” Díaz."""
    reach = range(index + 2, min(index + 2 + _LONGEST_NICKNAME, len(words.text) - 1))
    close = next((at for at in reach if words.text[at] in _QUOTES), None)
    if close is None or not all(_has_capital(words, at) for at in range(index + 1, close)):
        return None
    inside = is_part(words, close - 1, first=True) and is_part(words, close + 1, first=False)
    return (close + 1, 1) if inside else None


def _continues(words: Words, index: int) -> bool:
    return index < len(words.text) and not words.breaks_before(index)


def _is_body_word(words: Words, index: int) -> bool:
    """Whether a capitalised word goes on where the name ended and makes a body or place of it."""
    return words.text[index][0].isupper() and words.lower[index] in grammar().institutions


def _is_shouted(words: Words, start: int, stop: int) -> bool:
    """Whether a lone word in capitals is rather an abbreviation (TTP, UNHCR) than a name."""
    return stop - start == 1 and words.text[start].isupper() and len(words.text[start]) > 1


def _past_run(words: Words, index: int) -> int:
    """The index after the capitalised run that was refused at `index`, or after that one word."""
    start = index
    while index < len(words.text) and words.text[index][0].isupper() and is_part(words, index, first=False):
        index += 1
    return max(index, start + 1)
