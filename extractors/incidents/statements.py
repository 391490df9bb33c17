"""Days on which something was said, or a count went up: not the days on which it happened."""

import re

from dateline.extractors.incidents.occasions import words
from dateline.extractors.language.numbers import TENS, UNITS

REACH = 120  # characters before a day in which the words that say so can stand
_WORD = re.compile(r"[^\W_]+")
_PARTING = re.compile(r"[;:()—–\"“”?!]|\s-\s")
_DIRECT = re.compile(r"\s+([^\W_]+)")
_OWNED = re.compile(r"['’]s\s+(?:[^\W_]+\s+)?([^\W_]+)")


def is_statement(sentence: str, start: int, stop: int) -> bool:
    """Whether the day at `start:stop` of a sentence is that of a statement ("officials said late on Thursday", "police
    on Sunday said", "Thursday's statement") or of a count ("rose to 22 on Sunday")."""
    before = _PARTING.split(sentence[max(0, start - REACH) : start])[-1]
    between = words("stating_between")
    for word in reversed(_WORD.findall(before)):
        if word in words("stating"):
            return True
        known = word in between or word[0].isupper() or word.isdigit() or word in UNITS or word in TENS
        if not known or word == "that":
            break
    after = _DIRECT.match(sentence, stop)
    if after and after.group(1) in words("stating_directly"):
        return True
    owned = _OWNED.match(sentence, stop)
    return owned is not None and owned.group(1) in words("statements_made")
