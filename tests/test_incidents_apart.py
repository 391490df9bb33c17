"""What tells one event of an article from another, and where an event without its own words finds day and place."""

from dataclasses import replace

from dateline.models.incident import Incident

from .tolls import day, incidents, killed, place


def _told(incident: Incident) -> tuple[int | None, str | None, str | None]:
    """The dead of an incident, its first day and its place."""
    best = incident.killed.best if incident.killed else None
    return best, incident.earliest, incident.place.name if incident.place else None


def test_who_was_shot_makes_an_event_without_a_toll() -> None:
    text = "Four women were shot near Orvan on Tuesday while they were picking herbs."
    (only,) = incidents(text, day(text, "Tuesday", "2024-03-05"), place(text, "Orvan", admin1="North"))
    assert _told(only) == (None, "2024-03-05", "Orvan")


def test_hostages_who_are_freed_are_an_event() -> None:
    text = "Soldiers freed three hostages in Orvan on Tuesday."
    (only,) = incidents(text, day(text, "Tuesday", "2024-03-05"), place(text, "Orvan", admin1="North"))
    assert _told(only) == (None, "2024-03-05", "Orvan")


def test_fighting_is_an_event() -> None:
    text = "The brigade speaks of an answer to Tuesday's fighting in Orvan."
    (only,) = incidents(text, day(text, "Tuesday", "2024-03-05"), place(text, "Orvan", admin1="North"))
    assert _told(only) == (None, "2024-03-05", "Orvan")


def test_what_happened_in_a_month_did_not_happen_on_the_day_of_a_song() -> None:
    text = "He sang on Tuesday in the hall at Orvan that rebels shelled in May."
    month = replace(day(text, "May", "2024-05-01", "2024-05-31"), precision=4)
    assert incidents(text, day(text, "Tuesday", "2024-07-09"), month, place(text, "Orvan", admin1="North")) == ()


def test_a_shell_gives_its_day_to_the_dead_of_the_next_sentence() -> None:
    text = (
        "A shell went through the roof of a clinic in Orvan on Tuesday. Three nurses were killed. "
        "Monday's rocket attack on the mill has claimed 17 lives."
    )
    dates = day(text, "Tuesday", "2024-03-05"), day(text, "Monday", "2024-03-04")
    found = incidents(text, *dates, place(text, "Orvan", admin1="North"))
    assert [_told(one) for one in found] == [(3, "2024-03-05", "Orvan"), (17, "2024-03-04", "Orvan")]


def test_the_nearer_of_two_towns_of_a_province_is_the_place() -> None:
    text = "A bomb in Orvan killed five people, and a bus hit a mine at Tessel with three dead, North province said."
    found = incidents(
        text,
        replace(place(text, "Orvan", admin1="North"), latitude=10.0, longitude=40.0),
        replace(place(text, "Tessel", admin1="North"), latitude=11.0, longitude=41.0),
        place(text, "North province", admin1="North", precision=4),
    )
    assert [_told(one) for one in found] == [(5, None, "Orvan"), (3, None, "Tessel")]


def test_the_same_day_elsewhere_is_another_event_and_its_town_nobody_else_s() -> None:
    text = (
        "Ten people died when gunmen attacked a wedding in the north of Testland on Tuesday. "
        "In Orvan, a baker was shot dead on the same day."
    )
    dates = day(text, "Tuesday", "2024-03-05"), day(text, "the same day", "2024-03-05")
    places = place(text, "Testland", admin1="", precision=6), place(text, "Orvan", admin1="North")
    found = incidents(text, *dates, *places)
    assert [_told(one) for one in found] == [(10, "2024-03-05", "Testland"), (1, "2024-03-05", "Orvan")]


def test_who_was_among_the_dead_was_killed_with_them() -> None:
    text = (
        "A drone killed Karim Shah near Orvan, two officials said on Thursday. "
        "He was among six men killed when missiles fell on a barn on Wednesday."
    )
    dates = day(text, "Thursday", "2024-03-07"), day(text, "Wednesday", "2024-03-06")
    (only,) = incidents(text, *dates, place(text, "Orvan", admin1="North"))
    assert (killed(only), only.earliest) == ((6, 6, 6), "2024-03-06")


def test_a_statement_takes_no_day_of_a_separate_attack() -> None:
    text = (
        "Rebels killed seven people in a raid on Orvan, police said on Friday.\n\n"
        "In a separate incident, gunmen attacked a boat off Tessel on Thursday."
    )
    dates = day(text, "Friday", "2024-03-08"), day(text, "Thursday", "2024-03-07")
    places = place(text, "Orvan", admin1="North"), place(text, "Tessel", admin1="South")
    found = incidents(text, *dates, *places)
    assert [_told(one) for one in found] == [(7, "2024-03-08", "Orvan"), (None, "2024-03-07", "Tessel")]


def test_the_days_of_two_strikes_are_those_of_the_parts() -> None:
    text = (
        "Drones have killed ten people in two strikes in North, elders said. "
        "The first, on Wednesday, hit a barn; the second, on Thursday, a cart."
    )
    dates = day(text, "Wednesday", "2024-03-06"), day(text, "Thursday", "2024-03-07")
    whole, *parts = incidents(text, *dates, place(text, "North", admin1="North", precision=4))
    assert (whole.earliest, whole.latest) == ("2024-03-06", "2024-03-07")
    assert [(part.part_of, part.earliest) for part in parts] == [(whole.id, "2024-03-06"), (whole.id, "2024-03-07")]


def test_of_two_days_of_a_sentence_without_an_attack_neither_is_the_event_s() -> None:
    text = "A fair on Tuesday, a wedding on Wednesday. In Orvan a bomber took 34 lives."
    dates = day(text, "Tuesday", "2024-03-05"), day(text, "Wednesday", "2024-03-06")
    (only,) = incidents(text, *dates, place(text, "Orvan", admin1="North"))
    assert _told(only) == (34, None, "Orvan")


def test_two_days_later_goes_on_to_another_attack_whose_day_nobody_knows() -> None:
    text = (
        "A mine killed nine millers in Orvan on Tuesday, and two days later, by the river, a drone killed six porters."
    )
    first, second = incidents(text, day(text, "Tuesday", "2024-03-05"), place(text, "Orvan", admin1="North"))
    assert (_told(first)[:2], _told(second)[:2]) == ((9, "2024-03-05"), (6, None))


def test_a_day_after_behind_a_semicolon_goes_on_to_another_attack() -> None:
    text = "Nine millers were killed in Orvan on Tuesday; a day after, a mine took six more lives close by."
    first, second = incidents(text, day(text, "Tuesday", "2024-03-05"), place(text, "Orvan", admin1="North"))
    assert (_told(first)[0], _told(second)[:2]) == (9, (6, None))


def test_what_also_hit_a_town_is_another_attack() -> None:
    text = "A drone killed nine millers on Tuesday. Air bombs also damaged a mill in Orvan and hurt six people."
    first, second = incidents(text, day(text, "Tuesday", "2024-03-05"), place(text, "Orvan", admin1="North"))
    assert _told(first)[0] == 9
    assert (second.injured.best if second.injured else None) == 6


def test_what_the_blast_also_did_is_no_other_attack() -> None:
    text = "A drone killed nine millers on Tuesday. The blast also damaged a mill in Orvan and hurt six people."
    (only,) = incidents(text, day(text, "Tuesday", "2024-03-05"), place(text, "Orvan", admin1="North"))
    assert (only.injured.best if only.injured else None) == 6


def test_each_dated_line_of_a_chronology_is_an_event() -> None:
    text = "The week:\n- 5 March: Nine millers shot dead in Orvan.\n- 5  March: Two porters shot dead in a car."
    first, second = incidents(
        text,
        day(text, "5 March", "2024-03-05"),
        day(text, "5  March", "2024-03-05"),
        place(text, "Orvan", admin1="North"),
    )
    assert (_told(first)[:2], _told(second)[:2]) == ((9, "2024-03-05"), (2, "2024-03-05"))
