"""How well names are compared: pairs of spellings of one name against pairs of two, all of public knowledge.

    python -m benchmarks.names             figures, and every pair that is judged wrongly

The pairs are those of tests/name_pairs.txt: full names, as they would stand in one article.
"""

from collections.abc import Iterator
from pathlib import Path

from dateline.extractors.leaders.identity import same_person

PAIRS = Path(__file__).parent.parent / "tests" / "name_pairs.txt"


def pairs(path: Path = PAIRS) -> Iterator[tuple[str, str, bool]]:
    """Two names, and whether they are one."""
    for line in path.read_text(encoding="utf-8").splitlines():
        for mark in (" = ", " / "):
            if mark in line and not line.startswith("#"):
                first, second = line.split(mark)
                yield first.strip(), second.strip(), mark == " = "


def main() -> None:
    """Print how many pairs of each kind are judged right, and the others."""
    judged = [(first, second, one, same_person(first, second)) for first, second, one in pairs()]
    for one, kind in ((True, "spellings of one name joined"), (False, "two names kept apart")):
        mine = [pair for pair in judged if pair[2] is one]
        right = sum(found is one for *_, found in mine)
        print(f"names.{'joined' if one else 'apart'} {right / len(mine):.4f}   {right} of {len(mine)} {kind}")
    for first, second, one, found in judged:
        if found is not one:
            print(f"  wrong: {first} {'=' if one else '/'} {second}")


if __name__ == "__main__":
    main()
