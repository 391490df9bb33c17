"""Days on which something was said, or a count went up: not the days on which it happened."""

import re
from functools import cache
from pathlib import Path

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.numbers import TENS, UNITS

REACH = 120  # characters before a day in which the words that say so can stand
_WORD = re.compile(r"[^\W_]+")
_PARTING = re.compile(r"[,;:()—–\"“”?!]|\s-\s")
_DIRECT = re.compile(r"\s+([^\W_]+)")
_OWNED = re.compile(r"['’]s((?:\s+[^\W_]+){1,2})")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_yaml(Path(__file__).with_name("statements.yml"))[name])


def is_statement(sentence: str, start: int, stop: int) -> bool:
    """Whether the day at `start:stop` of a sentence is that of a statement ("officials said late on Thursday", "police
    on Sunday said", "Thursday's statement") or of a count ("rose to 22 on Sunday")."""
    before = _PARTING.split(sentence[max(0, start - REACH) : start])[-1]
    between = _words("between")
    for word in reversed(_WORD.findall(before)):
        if word in _words("stating"):
            return True
        known = word in between or word[0].isupper() or word.isdigit() or word in UNITS or word in TENS
        if not known:
            break
    after = _DIRECT.match(sentence, stop)
    if after and after.group(1) in _words("directly"):
        return True
    owned = _OWNED.match(sentence, stop)
    return owned is not None and not _words("made").isdisjoint(owned.group(1).split())
