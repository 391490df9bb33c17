"""The language of a text, cheaply: by its script, and by the small words it is full of."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from dateline.extractors.language.data import load_yaml

_SAMPLE = 4000  # characters read: enough to be sure, whatever the length
_FEWEST = 8  # small words of the winning language; a headline alone does not tell
_CLEAR = 1.3  # times as many small words as of the next language
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u036f]")
_WORD = re.compile(r"[^\W\d_]+")
# Scripts that tell the language, or the family, by themselves. Latin is the rest.
_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("zh", "\u4e00", "\u9fff"),
    ("ru", "\u0400", "\u04ff"),
    ("ar", "\u0600", "\u06ff"),
    ("he", "\u0590", "\u05ff"),
    ("hi", "\u0900", "\u097f"),
    ("bn", "\u0980", "\u09ff"),
    ("ta", "\u0b80", "\u0bff"),
    ("th", "\u0e00", "\u0e7f"),
    ("el", "\u0370", "\u03ff"),
    ("am", "\u1200", "\u137f"),
    ("ka", "\u10a0", "\u10ff"),
    ("hy", "\u0530", "\u058f"),
    ("my", "\u1000", "\u109f"),
)
_OWN_LETTERS = (("uk", "ru", "іїєґ"), ("fa", "ar", "پچژگ"), ("ur", "ar", "ٹڈڑےں"))


@cache
def _profiles() -> dict[str, tuple[str, ...]]:
    """The languages that each small word belongs to."""
    found: dict[str, list[str]] = {}
    for language, words in load_yaml(Path(__file__).parent / "languages.yml").items():
        for word in words:
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language that `text` is in; None where there is too little of it to tell."""
    sample = text[:_SAMPLE]
    foreign = [] if sample.isascii() else _FOREIGN.findall(sample)
    if len(foreign) * 2 > len(sample) - sample.count(" "):
        return _script(foreign)
    counts: Counter[str] = Counter()
    for word, number in Counter(_WORD.findall(sample.lower())).items():
        for language in _profiles().get(word, ()):
            counts[language] += number
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not best or best[0][1] < _FEWEST or (len(best) > 1 and best[0][1] < _CLEAR * best[1][1]):
        return None
    return best[0][0]


def other_language(language: str | None) -> str | None:
    """Why a text in `language` is not read, in words; None for English, and where the language is not known."""
    return None if language in (None, "en") else f"the text is in another language than English: {language}"


def _script(letters: list[str]) -> str | None:
    """The language of the script that most letters are in; None for one that is not listed."""
    for language, first, last in _SCRIPTS:
        share = sum(first <= letter <= last for letter in letters)
        # Japanese writes most words in Chinese characters: a tenth in its own script is enough.
        if share * (10 if language == "ja" else 2) > len(letters):
            own = (name for name, family, own in _OWN_LETTERS if family == language and _has(letters, own))
            return next(own, language)
    return None


def _has(letters: list[str], own: str) -> bool:
    return sum(letter in own for letter in letters) > len(letters) // 100
