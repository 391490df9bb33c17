"""The shape of a person's name, and the names in a byline or in a field that lists them."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from dateline.extractors.page.printed import LONGEST
from dateline.extractors.page.stated import names

_LONGEST_NAME = 60
_LONGEST_LIST = 500  # characters of a field of metadata
_WORK = "words|text|story|article|written|report|reporting|reported|analysis|opinion|comment|posted|published"
_BY = re.compile(
    rf"\W*(?:(?:(?:{_WORK})\W{{1,3}})?by\b:?|(?:words|text|story|authors?|writer|reporter)\s?:)\s*", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:[|,;&/•·]|\b(?:and|with)\b)(?:[\s|,;&]|\b(?:and|with)\b){0,9}", re.IGNORECASE)
# What follows a name and is none of it: a place, a house, a bracket, an account, a dash.
_END = re.compile(
    r"\s+(?:in|at|[Ff]or|of|from|on|reports?|reporting|writes|is|was)\b.*|\s*[(\[@–—].*|\s-\s.*|\s*\S+@\S+.*|\s*\d.*"
)
_AND = re.compile(r"\b(?:and|with)\b|&", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b(?:[JS]r|[A-Z])\.$")
_ADDRESS = re.compile(r"https?:|www\.")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’.-]+[^\W\d_]+)*[.'’]?|[\"“'‘][^\W\d_]+[\"”'’]")
_TOKEN = re.compile(r"\w+")


def authors_in(words: str) -> list[str]:
    """The names in a byline ("By Jane Roe and John Doe in Kabul, Example News"); none where it is no byline."""
    by = _BY.match(words)
    return leading_names(words[by.end() :]) if by and len(words) <= LONGEST else []


def names_listed(words: str) -> Iterator[str]:
    """The names in a field of metadata: each that is one, and the whole where no part of it is."""
    words = unescape(words[:_LONGEST_LIST])
    by = _BY.match(words)
    words = words[by.end() :] if by else words
    if _ADDRESS.search(words):
        return
    parts = [_trimmed(part) for part in _BETWEEN.split(words)]
    yield from list(filter(is_author, parts)) or ([words] if _may_be_name(words) else [])


def leading_names(words: str) -> list[str]:
    """The names at the start of some words. After a comma stands a place or a house, unless an "and" ends the list."""
    found: list[str] = []
    held: list[str] = []
    at, joined = 0, "and"
    while at < len(words):
        between = _BETWEEN.search(words, at)
        name = _trimmed(words[at : between.start() if between else len(words)])
        if name and not is_author(name):
            break
        if name and _AND.search(joined):
            found += [*held, name]
            held = []
        elif name and "," in joined:
            held.append(name)
        elif name or (between and "," in between[0]):
            break
        if not between:
            break
        at, joined = between.end(), between[0] if found else joined
    return found


def _trimmed(part: str) -> str:
    """A name without what follows it; its own full stop stays ("Perry Example Jr.")."""
    part = _END.sub("", part).strip(" :")
    return part if _ABBREVIATED.search(part) else part.rstrip(".")


def is_author(words: str) -> bool:
    """Whether some words are a person's name or a news agency's."""
    return is_person(words) or plain(words) in _agencies()


def is_person(words: str) -> bool:
    """Whether some words have the shape of a person's name: two to six, capitals, no word of an office or a house."""
    tokens = words.split()
    if not 2 <= len(tokens) <= 6 or len(words) > _LONGEST_NAME or tokens[0] in _small():
        return False
    if any(token.lower().strip(".'’") in _no_names() for token in tokens):
        return False
    return all(token in _small() or (_LETTERS.fullmatch(token) and _capital(token)) for token in tokens)


def _may_be_name(words: str) -> bool:
    """Whether what a page calls its author may be one: a first name, a body. No account, no address, no "Staff"."""
    tokens = [token.lower() for token in _TOKEN.findall(words)]
    if not tokens or len(words) > _LONGEST_NAME or any(token in _nobody() for token in tokens):
        return False
    if re.search(r"[@/:|\d_]|\w\.\w", words):
        return False
    return len(words) > 2 and not (len(tokens) == 1 and words.isupper() and words.isascii()) and _capital(words)


def _capital(word: str) -> bool:
    """Whether a word begins with a capital, "al-Amin" included, or is in letters that have none."""
    letter = next((letter for letter in word if letter.isalpha()), "")
    return letter != letter.lower() or letter == letter.upper() or (word[2:3] == "-" and word[3:4].isupper())


@cache
def _small() -> frozenset[str]:
    return frozenset(names("name_particles"))


@cache
def _nobody() -> frozenset[str]:
    return frozenset(names("nobody"))


@cache
def _no_names() -> frozenset[str]:
    return frozenset(names("no_name")) | _nobody()


@cache
def _agencies() -> frozenset[str]:
    return frozenset(map(plain, names("agencies")))


def plain(name: str) -> str:
    """A name to compare by: letters and digits, lower case, without "the"."""
    return "".join(_TOKEN.findall(name.casefold().removeprefix("the ")))
