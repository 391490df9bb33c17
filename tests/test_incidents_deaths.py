"""The day of an incident of which somebody died only later, of wounds or in hospital."""

from .tolls import day, incidents, killed


def test_the_day_of_a_death_in_hospital_gives_way_to_that_of_the_attack() -> None:
    text = "A porter died on Friday at the Orvan Hospital. Gunmen attacked the mill on Wednesday."
    (only,) = incidents(text, day(text, "Friday", "2024-03-08"), day(text, "Wednesday", "2024-03-06"))
    assert (killed(only), only.earliest) == ((1, 1, 1), "2024-03-06")


def test_a_death_of_wounds_has_no_day_of_an_attack() -> None:
    text = "A porter died of his burns in hospital on Thursday."
    (only,) = incidents(text, day(text, "Thursday", "2024-03-07"))
    assert (killed(only), only.earliest) == ((1, 1, 1), None)


def test_who_died_late_on_a_day_died_on_it() -> None:
    text = "A porter died late on Thursday when a shell hit the mill."
    (only,) = incidents(text, day(text, "Thursday", "2024-03-07"))
    assert only.earliest == "2024-03-07"
