"""Which appearances are worth comparing: those whose names share a key and that are near in time, not all with all."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
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


def blocks(appearance: Appearance) -> list[int]:
    """The blocks that an appearance stands in: hashes of its names' keys, sorted, each once."""
    full = {f"full {key}" for name in appearance.names if not is_weak(name) for key in keys(name)}
    every = full | {f"weak {key}" for name in appearance.names for key in weak_keys(name)}
    return sorted(int.from_bytes(blake2b(words.encode(), digest_size=8).digest()) for words in every)


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """Where an appearance stands in a block: `now`, and `before` the night (None if it is new), counted in time.

    `spots` are its places now in all blocks (by key) that anything new stands near it in.
    """

    key: int
    now: int
    before: int | None
    spots: Mapping[int, int]
    appearance: Appearance


def meetings(block: Iterable[Neighbour]) -> Iterator[tuple[Appearance, Appearance]]:
    """The pairs that are neighbours in a block and were not before, each once; `block` by key, then in time."""
    near: deque[Neighbour] = deque()
    for one in block:
        while near and (near[0].key != one.key or one.now - near[0].now > NEIGHBOURS):
            near.popleft()
        for other in near:
            if not _met(other, one) and not _meet_elsewhere(other, one):
                yield other.appearance, one.appearance
        near.append(one)


def _met(one: Neighbour, other: Neighbour) -> bool:
    return one.before is not None and other.before is not None and other.before - one.before <= NEIGHBOURS


def _meet_elsewhere(one: Neighbour, other: Neighbour) -> bool:
    """Whether they are neighbours in a block that comes earlier."""
    shared = one.spots.keys() & other.spots.keys()
    return any(key < one.key and abs(one.spots[key] - other.spots[key]) <= NEIGHBOURS for key in shared)
