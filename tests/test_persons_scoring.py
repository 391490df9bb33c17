"""Persons over articles, the pure part: names are compared, scores have reasons, ids go with mentions."""

from dataclasses import replace

import pytest

from dateline.extractors.persons.blocking import NEIGHBOURS, candidates
from dateline.extractors.persons.gathering import gathered
from dateline.extractors.persons.scoring import compared
from dateline.models.person import Appearance, Office


def _appearance(number: int, name: str, **values: object) -> Appearance:
    office = Office(role="commander", organisation="Heron Front", role_class="armed_group")
    known: dict[str, object] = {"published": f"20{number % 100:02}-06-12", "offices": (office,)} | values
    mark = f"{number:06}"
    return Appearance(id=mark, text_id=f"t{mark}", names=(name,), mentions=(f"m{mark}",), **known)  # type: ignore[arg-type]


def test_comparisons_grow_with_the_names_and_not_faster() -> None:
    same = [_appearance(number, "Hakim Noor Zadran") for number in range(400)]
    assert len(list(candidates(same))) <= 6 * NEIGHBOURS * len(same)  # six keys
    apart = [
        _appearance(number, f"Hak{'aeiou'[number % 5]}b{number % 7 * 'o'} Zal{number % 11 * 'r'}i")
        for number in range(40)
    ]
    assert set(candidates(reversed(apart))) == set(candidates(apart))


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


def test_an_id_goes_to_the_person_with_most_mentions() -> None:
    one, other = _appearance(1, "Hakim Noor Zadran"), _appearance(2, "Hakim Noor Zadran")
    before = {"m000001": "old", "m000002": "old"}
    persons, changes = gathered([one, other], [], [], before)
    assert {"old"} < {person.id for person in persons}
    assert [(change.kind, change.person) for change in changes] == [("split", "old")]
    assert gathered([], [], [], before)[1][0].kind == "gone"
