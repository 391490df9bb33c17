"""Which appearances are worth comparing: those whose names share a folded key, never all with all."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from dateline.extractors.leaders.identity import key as sound
from dateline.extractors.leaders.identity import parts
from dateline.extractors.persons.scoring import is_weak
from dateline.models.person import Appearance

# Of a larger block each appearance is compared with its neighbours in time alone: a name that a thousand articles have
# would make half a million pairs. Whoever is in the news is so on neighbouring days.
NEIGHBOURS = 10


def keys(name: str) -> set[str]:
    """The keys of a full name: of which two that are spellings, or one the other without a part, share one."""
    own = [sound(part).consonants for part in parts(name)]
    return {f"{own[0]} {own[-1]}", *(f"{first} {second}" for first, second in pairwise(own))}


def weak_keys(name: str) -> set[str]:
    """The keys by which a name of one part, or a full name, meets names of one part."""
    own = [sound(part).consonants for part in parts(name)]
    return {own[0], own[-1], " ".join(own)} if is_weak(name) else {own[0], own[-1]}


def candidates(appearances: Iterable[Appearance]) -> Iterator[tuple[Appearance, Appearance]]:
    """The pairs to compare, each once, in a fixed order, whatever the order of the appearances."""
    blocks: dict[str, list[Appearance]] = {}
    for appearance in sorted(appearances, key=in_time):
        for block in sorted(_blocks(appearance)):
            blocks.setdefault(block, []).append(appearance)
    seen: set[tuple[str, str]] = set()
    for near in blocks.values():
        for one, other in _near(near):
            pair = (min(one.id, other.id), max(one.id, other.id))
            if pair not in seen:
                seen.add(pair)
                yield one, other


def _blocks(appearance: Appearance) -> set[str]:
    full = {f"full {key}" for name in appearance.names if not is_weak(name) for key in keys(name)}
    return full | {f"weak {key}" for name in appearance.names for key in weak_keys(name)}


def _near(block: Sequence[Appearance]) -> Iterator[tuple[Appearance, Appearance]]:
    for at, one in enumerate(block):
        for other in block[at + 1 : at + 1 + NEIGHBOURS]:
            yield one, other


def in_time(appearance: Appearance) -> tuple[str, str, str]:
    """The order of appearances: by day, then text. Unknown days go first."""
    return appearance.published or "", appearance.text_id, appearance.id
