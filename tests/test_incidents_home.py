"""The town that an article is at home in, where a toll's own sentence names no place."""

import pytest

from dateline.extractors.incidents.home import names_other
from dateline.extractors.pipeline import read_facts
from dateline.models.article import Article
from dateline.models.fields.places import PlaceRole

from .steps import steps
from .tolls import incidents, place

DASHED = "TESSEL — A mine killed two shepherds on Monday."


def _town(text: str, quote: str, role: PlaceRole) -> list[str | None]:
    return [one.place and one.place.name for one in incidents(text, place(text, quote, admin1="North", role=role))]


@pytest.mark.parametrize(
    "text",
    [
        DASHED,
        "TESSEL: A mine killed two shepherds on Monday.",
        "TESSEL, North Shore — A mine killed two shepherds on Monday.",
        "TESSEL (Wire) — A mine killed two shepherds on Monday. Nobody in this port city slept.",
        "TESSEL: The widow of a miller lit a candle. A gunman killed him one year ago.",
    ],
)
def test_a_local_storys_dateline_is_the_place_of_what_has_none(text: str) -> None:
    assert _town(text, "TESSEL", "dateline") == ["TESSEL"]


@pytest.mark.parametrize(
    "text",
    [
        "TESSEL (Wire) — A mine killed two shepherds on Monday.",
        "TESSEL, March 4 — A mine killed two shepherds on Monday.",
        "TESSEL: A mine killed two shepherds in a neighbouring district.",
    ],
)
def test_an_agencys_dateline_is_no_place_nor_one_next_door(text: str) -> None:
    assert _town(text, "TESSEL", "dateline") == [None]


def test_a_capitals_dateline_is_no_place() -> None:
    assert _town("Nairobi — A mine killed two shepherds on Monday.", "Nairobi", "dateline") == [None]


def test_a_dateline_yields_to_another_place_that_the_story_tells_of() -> None:
    text = "TESSEL — A mine killed two shepherds on Monday.\n\nIn Orvan the market was shut after the blast."
    towns = place(text, "TESSEL", admin1="North", role="dateline"), place(text, "Orvan", admin1="South")
    (only,) = incidents(text, *towns)
    assert only.place is not None
    assert only.place.name == "Orvan"


def test_the_headlines_town_is_the_place_and_finer_than_its_province() -> None:
    text = "Orvan buries its dead\n\nSeven guards were killed in North province by gunmen."
    towns = place(text, "Orvan", admin1="North", role="mention"), place(text, "North", admin1="North", precision=4)
    (only,) = incidents(text, *towns)
    assert only.place is not None
    assert only.place.name == "Orvan"


def test_two_towns_in_a_headline_are_no_place() -> None:
    text = "Orvan and Tessel mourn\n\nSeven guards were killed."
    towns = (
        place(text, "Orvan", admin1="North", role="mention"),
        place(text, "Tessel", admin1="South", role="mention"),
    )
    assert [one.place for one in incidents(text, *towns)] == [None]


def test_the_only_town_that_is_named_before_is_the_place_and_one_behind_or_fled_to_is_not() -> None:
    told = "The bakers in Orvan work at night. A shell killed two of them."
    assert _town(told, "Orvan", "mention") == ["Orvan"]
    assert _town("A shell killed two bakers. Their cousins live in Orvan.", "Orvan", "mention") == [None]
    assert _town("Hundreds fled to Orvan. A shell killed two bakers.", "Orvan", "mention") == [None]


@pytest.mark.parametrize(("words", "other"), [("in a blast in a neighbouring district", True), ("in a mill", False)])
def test_a_place_that_is_not_named(words: str, other: bool) -> None:
    assert names_other(words) is other


def test_where_the_wounded_were_taken_is_no_place() -> None:
    text = "Gunmen shot nine people. Of the wounded, two were killed by infections after being airlifted to Nairobi."
    article = Article(result="read", text=text, published="2024-03-05")
    assert all(fact.role != "event" for fact in read_facts(article)["places"])  # type: ignore[attr-defined]


def test_looking_for_the_home_is_linear() -> None:
    def cost(times: int) -> int:
        text = "TESSEL, " + "A " * times + "— A mine killed two shepherds. "
        return steps(lambda: _town(text, "TESSEL", "dateline"))

    assert cost(800) < 3 * cost(400)
