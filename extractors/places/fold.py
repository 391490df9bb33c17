"""Names made comparable: case, diacritics, apostrophes, hyphens, articles and the spellings of transliteration.

`fold` is the key under which the gazetteer stores a name; `keys` are the further keys under which one spelling may be
found; `skeleton` is a coarser key that spellings of one Arabic, Persian, Pashto, Urdu or Slavic name share.
"""

import re
import unicodedata
from functools import cache

from dateline.extractors.places.words import classes

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʻʼʿʾ′"), "")
_SPECIAL = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ə": "a", "ħ": "h"}
)
_NOT_WORD = re.compile(r"[^\w&]+")
# Words that are written short or long in front of a name.
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "mountain": "mtn", "and": "&"}
_SKELETON_RULES = [
    (re.compile(pattern), by)
    for pattern, by in (
        (r"ph", "f"),
        (r"ck|[qk]h?", "k"),  # Qandahar, Kandahar; Khost stays apart by its vowels only
        (r"gh|j|dzh|dj", "g"),
        (r"tsch|tch|ch", "c"),
        (r"sch|sh", "s"),
        (r"zh|dh", "z"),
        (r"th", "t"),
        (r"w|v|ou|oo|u|o", "o"),
        (r"iy|ij|yi|yy|ii|ee|ie|ei|ey|ay|ai|ae|y|i|e", "i"),
        (r"aa", "a"),
        (r"h", ""),  # written or not: Zuwara, Zuwarah; Mosul; Raqqa, Ar Raqqah
        (r"(.)\1+", r"\1"),
    )
]


def fold(name: str) -> str:
    """The key of `name`: lower case, plain letters, single spaces; "" where nothing is left."""
    if name.isascii() and name.isalpha():  # most names, and five times quicker
        word = name.lower()
        return _SHORT.get(word, word)
    return " ".join(_SHORT.get(word, word) for word in _words(name))


def keys(name: str) -> list[str]:
    """Further keys for a spelling, best first: without its Arabic article, without spaces or hyphens."""
    words = [_SHORT.get(word, word) for word in _words(name)]
    found = []
    if len(words) > 1 and words[0] in classes()["article"]:
        found.append(" ".join(words[1:]))
    if 1 < len(words) <= 3:
        found.append("".join(words))
    return found


@cache
def _plain(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))


def skeleton(name: str) -> str:
    """The consonants and coarse vowels of `name`, or "" for names too short to be told apart so."""
    words = _words(name)
    if len(words) > 1 and words[0] in classes()["article"]:
        words = words[1:]
    joined = "".join(words)
    if len(joined) < 5 or not joined.isascii():
        return ""
    for pattern, by in _SKELETON_RULES:
        joined = pattern.sub(by, joined)
    return joined if len(joined) >= 4 else ""


def bare(name: str) -> str:
    """The skeleton of `name` without any article, or all its letters where it has none: "Jisr al-Shughur" is "Jisr ash
    Shughur"."""
    joined = "".join(word for word in fold(name).split() if word not in classes()["article"])
    return skeleton(joined) or joined


def _words(name: str) -> list[str]:
    text = name.translate(_APOSTROPHES).casefold()
    if not text.isascii():
        text = "".join(map(_plain, text)).translate(_SPECIAL)
    if "." in text:
        text = _joined_initials(text)
    return _NOT_WORD.sub(" ", text).split()


def _joined_initials(text: str) -> str:
    """ "u.s." and "u.s.a." are one word each; "n. waziristan" keeps two."""
    return re.sub(r"\b(\w)\.(?=\w\b)", r"\1", text).replace(".", " ")
