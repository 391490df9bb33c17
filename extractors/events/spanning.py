"""Whether a figure is told of several events: "two days of violence", "attacks in Baidoa and Kismayo"."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from dateline.extractors.language.data import load_yaml

_BEFORE = 60  # characters before a place in which the deed stands
_AND = re.compile(r"^,?\s(?:and|as well as)\s(?:in\s|the\s(?:town|city|village)\sof\s)?$")


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of several events, and those deeds of which several are several events if told of two places."""
    words = load_yaml(Path(__file__).parent / "words.yml")
    own, deeds = ("|".join(map(re.escape, words[name])) for name in ("several", "deeds"))
    return re.compile(rf"\b(?:{own})\b"), re.compile(
        rf"\b(?:{deeds})\s(?:in|on|at|near)\s(?:the\s(?:town|city|village)s?\sof\s)?$"
    )


def spans_several(sentence: str, places: Iterable[tuple[int, int]]) -> bool:
    """Whether the figure of this sentence is one over several events; `places` are where towns stand in it."""
    lower = sentence.lower()
    if _cues()[0].search(lower):
        return True
    stands = sorted(places)
    return any(
        _AND.match(lower[one[1] : other[0]]) is not None
        and _cues()[1].search(lower[max(0, one[0] - _BEFORE) : one[0]]) is not None
        for one, other in pairwise(stands)
    )
