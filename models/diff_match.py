"""Which rows of two readings are one and the same thing, said otherwise. Pure.

Rows with one id were paired before. Here the others are: a claim whose words begin a little earlier now, or one that
has moved with its paragraph in a page that was changed. What is left over was lost or gained.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Row = Mapping[str, Any]
Place = Callable[[int], int | None]

OWN = frozenset({"id", "start", "stop", "reading_id", "facts"})  # says where a value stands, not what it is
LINKS = ("part_of", "supersedes")  # name other rows of the same reading
PLACES = frozenset({"place_id"})
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True)
class Pair:
    """Two rows that are one thing; one of them None where it was lost or gained."""

    before: Row | None
    after: Row | None


def matched(lost: Sequence[Row], gained: Sequence[Row], moved: Place) -> list[Pair]:
    """The rows of two readings of a field (or incidents), each once. `moved` gives the place of a character of the
    first text in the second, None where it is gone."""
    pairs: list[Pair] = []
    left = list(gained)
    ranked = []
    for number, row in enumerate(lost):
        for place, other in enumerate(left):
            if closeness := _closeness(row, other, moved):
                ranked.append((*closeness, number, place))
    used_before, used_after = set(), set()
    for *_, number, place in sorted(ranked):
        if number not in used_before and place not in used_after:
            used_before.add(number)
            used_after.add(place)
            pairs.append(Pair(lost[number], left[place]))
    pairs += [Pair(row, None) for number, row in enumerate(lost) if number not in used_before]
    return pairs + [Pair(None, row) for number, row in enumerate(left) if number not in used_after]


def _closeness(row: Row, other: Row, moved: Place) -> tuple[int, int] | None:
    """How well two rows fit, the least best; None where they are two things."""
    if row.get("outcome") != other.get("outcome"):
        return None
    if row["start"] is not None and other["start"] is not None:
        start, last = moved(row["start"]), moved(row["stop"] - 1)
        if start is not None and last is not None and start < other["stop"] and other["start"] <= last:
            return 0, abs(start - other["start"]) + abs(last + 1 - other["stop"])
    if "main" in row and (row["main"] and other["main"]):  # an article has one main incident, whatever it rests on
        return 1, 0
    return None


def differing(pair: Pair, columns: Sequence[str], ids: Mapping[str, str], *, moved: bool) -> tuple[str, ...]:
    """The columns in which two rows differ. `ids` gives today's ids of rows that were paired; with `moved` the two
    stand in different texts, whose ids have nothing in common."""
    one, other = pair.before, pair.after
    if one is None or other is None:
        return ()
    found = []
    for name in columns:
        before, after = one[name], other[name]
        if name in LINKS and before is not None:
            before = ids.get(before, before)
            if moved and before != after and (after is not None):
                continue
        if name == "same_as" or name in PLACES:
            continue
        if before != after:
            found.append(name)
    return tuple(found)


def same(offset: int) -> int | None:
    """The place of a character in the same text."""
    return offset


class Moves:
    """Where the characters of one text stand in another: by its lines, and within changed lines by their words."""

    def __init__(self, before: str, after: str) -> None:
        self._blocks: list[tuple[int, int, int]] = []  # start before, start after, length
        lines = _pieces(before, "\n"), _pieces(after, "\n")
        for a, b, c, d, equal in _aligned(*lines, before, after):
            if equal:
                self._blocks.append((a, c, min(b - a, d - c)))
            elif a < b and c < d:
                words = _words(before, a, b), _words(after, c, d)
                for e, f, g, h, same_words in _aligned(*words, before, after):
                    if same_words:
                        self._blocks.append((e, g, min(f - e, h - g)))
                    elif f - e and words[0] and words[1]:
                        self._blocks.append((e, g, -(f - e)))  # replaced words stand where their replacement does
        self._starts = [block[0] for block in self._blocks]

    def __call__(self, offset: int) -> int | None:
        """The place of a character, or None where nothing of it is left."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return None
        start, other, length = self._blocks[at]
        if offset >= start + abs(length):
            return None
        return other + (offset - start if length > 0 else 0)


def _pieces(text: str, end: str) -> list[tuple[int, int]]:
    found, start = [], 0
    while start < len(text):
        stop = text.find(end, start)
        stop = len(text) if stop < 0 else stop + 1
        found.append((start, stop))
        start = stop
    return found


def _words(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Words with the space behind them."""
    starts = [word.start() for word in _WORDS.finditer(text, start, stop)]
    return list(zip(starts, [*starts[1:], stop], strict=True)) if starts else []


def _aligned(
    one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]], before: str, after: str
) -> list[tuple[int, int, int, int, bool]]:
    """Stretches of two lists of pieces that fit one another, as offsets, and whether they are equal."""
    words = [before[a:b].strip() for a, b in one], [after[a:b].strip() for a, b in other]
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, *words, autojunk=True).get_opcodes():
        if tag == "equal":  # piece by piece: the white space behind them may differ
            found += [(*one[a + i], *other[c + i], True) for i in range(b - a)]
        elif tag == "replace":
            found.append((one[a][0], one[b - 1][1], other[c][0], other[d - 1][1], False))
    return found
