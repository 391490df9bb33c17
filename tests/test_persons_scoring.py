"""Persons over articles, the pure part: names are compared, scores have reasons, ids go with mentions."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dateline.extractors.persons.blocking import NEIGHBOURS, Neighbour, blocks, meetings
from dateline.extractors.persons.gathering import Claim, divided, foes, heirs
from dateline.extractors.persons.scoring import compared
from dateline.models.person import Appearance, Office


def _appearance(number: int, name: str, **values: object) -> Appearance:
    office = Office(role="commander", organisation="Heron Front", role_class="armed_group")
    known: dict[str, object] = {"published": f"20{number % 100:02}-06-12", "offices": (office,)} | values
    mark = f"{number:06}"
    return Appearance(id=mark, text_id=f"t{mark}", names=(name,), mentions=(f"m{mark}",), **known)  # type: ignore[arg-type]


def _block(days: Sequence[int], *, before: Sequence[int | None], key: int = 1) -> list[Neighbour]:
    """Appearances in one block, in time."""
    ones = [_appearance(day, "Hakim Noor Zadran") for day in days]
    return [
        Neighbour(key=key, now=at, before=was, spots={key: at}, appearance=one)
        for at, (one, was) in enumerate(zip(ones, before, strict=True))
    ]


def test_comparisons_grow_with_the_names_and_not_faster() -> None:
    new = _block(range(400), before=[None] * 400)
    assert len(list(meetings(new))) == 400 * NEIGHBOURS - sum(range(NEIGHBOURS + 1))
    late = _block(range(400), before=[*range(399), None])
    assert len(list(meetings(late))) == NEIGHBOURS


def test_those_meet_whom_nobody_parts_any_more() -> None:
    last = NEIGHBOURS + 1
    parted = _block([0, last], before=[0, last])
    assert len(list(meetings(parted))) == 1
    assert not list(meetings(_block([0, 1], before=[0, 1])))


def test_who_shares_two_blocks_meets_once() -> None:
    """In the first block where they are near; in the second alone where they are not in the first."""
    names = [_appearance(number, "Hakim Noor Zadran") for number in (1, 2)]

    def block(key: int, other: int) -> list[Neighbour]:
        spots = ({1: 0, 2: 0}, {1: other, 2: 1})
        return [
            Neighbour(key=key, now=spot[key], before=None, spots=spot, appearance=one)
            for one, spot in zip(names, spots, strict=True)
        ]

    assert len(list(meetings([*block(1, 1), *block(2, 1)]))) == 1
    far = NEIGHBOURS + 1
    assert len(list(meetings([*block(1, far), *block(2, far)]))) == 1


@pytest.mark.parametrize("other", ["Hakeem Nur Zadran", "Hakim Zadran", "Zadran", "Noor Zadran"])
def test_spellings_and_short_forms_share_a_block(other: str) -> None:
    one, two = _appearance(1, "Hakim Noor Zadran"), _appearance(2, other)
    assert set(blocks(one)) & set(blocks(two))


MINISTER = Office(role="minister", organisation="Interior Ministry", role_class="minister_or_official")


@pytest.mark.parametrize(
    ("name", "other", "values", "verdict"),
    [
        ("Hakim Noor Zadran", "Hakeem Nur Zadran", {}, "same"),
        ("Hakim Zadran", "Jalal Zadran", {}, None),
        ("Abu Bakar", "Abu Bakr", {"published": None}, "doubtful"),
        ("Abu Bakar", "Abu Bakr", {"offices": ()}, None),
        ("Hakim Zadran", "Hakim Zadran", {"offices": ()}, "doubtful"),
        ("Hakim Zadran", "Hakim Zadran", {"offices": (MINISTER,)}, None),
    ],
)
def test_names_alone_join_nobody(name: str, other: str, values: dict[str, object], verdict: str | None) -> None:
    pair = compared(_appearance(1, name), _appearance(2, other, **values))
    assert (pair.verdict if pair else None) == verdict
    assert pair is None or pair.score == pytest.approx(sum(part.value for part in pair.parts))


def test_persons_of_one_text_are_not_compared() -> None:
    one = _appearance(1, "Hakim Noor Zadran")
    assert compared(one, replace(_appearance(2, "Hakeem Noor Zadran"), text_id=one.text_id)) is None


def _claim(votes: int, person: str, group: int) -> Claim:
    return Claim(votes=votes, person=person, since=("2014-06-12", f"t{group}", "x"), group=group)


def test_an_id_goes_to_the_group_with_most_mentions() -> None:
    assert heirs([_claim(1, "old", 1), _claim(2, "old", 2)]) == {2: "old"}
    assert heirs([_claim(1, "old", 2), _claim(1, "old", 1)]) == {1: "old"}  # of equals to the earlier
    assert heirs([_claim(2, "a", 1), _claim(1, "b", 1), _claim(1, "a", 2)]) == {1: "a"}


def test_groups_are_joined_but_for_those_called_different() -> None:
    assert divided([0, 1, 2], [], [(2, 1), (1, 0)]) == {0: 0, 1: 0, 2: 0}
    apart = [("different", [0], [2])]
    assert divided([0, 1, 2], apart, [(2, 1), (1, 0)]) == {0: 0, 1: 1, 2: 1}
    assert divided([0, 1, 2], [*apart, ("same", [0], [1])], [(2, 1), (1, 0)]) == {0: 0, 1: 0, 2: 2}


def test_who_is_against_whom_is_joined_anew_together() -> None:
    different = [(("a",), ("b",)), (("b",), ("c",)), (("d",), ("e",))]
    there = {one: (one.upper(), one == "a") for one in "abcde"}
    assert foes(different, there) == {"A", "B", "C"}
