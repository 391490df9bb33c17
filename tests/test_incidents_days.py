"""The day of an incident where the article names others: those of statements, of other attacks, of other clauses."""

from dateline.models.incident import Incident

from .tolls import day, incidents, killed, place


def _days(incident: Incident) -> tuple[str | None, str | None]:
    return incident.earliest, incident.latest


def test_the_day_of_a_statement_gives_way_to_that_of_the_attack_and_both_are_one() -> None:
    text = (
        "A mine killed four porters in Orvan, officials said on Thursday. The blast happened on Wednesday by the mill."
    )
    dates = day(text, "Thursday", "2024-03-07"), day(text, "Wednesday", "2024-03-06")
    (only,) = incidents(text, *dates, place(text, "Orvan", admin1="North"))
    assert (killed(only), _days(only)) == ((4, 4, 4), ("2024-03-06", "2024-03-06"))


def test_where_nothing_else_is_known_the_day_of_the_statement_stands() -> None:
    text = "A mine killed four porters in Orvan, officials said on Thursday."
    (only,) = incidents(text, day(text, "Thursday", "2024-03-07"), place(text, "Orvan", admin1="North"))
    assert _days(only) == ("2024-03-07", "2024-03-07")


def test_another_attack_before_the_statement_is_another_event() -> None:
    text = (
        "Gunmen killed four porters in Orvan, officials said on Thursday. On Wednesday two cooks were shot dead there."
    )
    first, second = incidents(
        text,
        day(text, "Thursday", "2024-03-07"),
        day(text, "Wednesday", "2024-03-06"),
        place(text, "Orvan", admin1="North"),
    )
    assert (killed(first), first.earliest) == ((4, 4, 4), "2024-03-07")
    assert (killed(second), second.earliest) == ((2, 2, 2), "2024-03-06")


def test_the_day_on_which_a_toll_rose_is_not_that_of_the_attack() -> None:
    text = "The death toll of the raid on Orvan rose to 22 on Sunday. Shells hit the town on Saturday."
    dates = day(text, "Sunday", "2024-03-10"), day(text, "Saturday", "2024-03-09")
    (only,) = incidents(text, *dates, place(text, "Orvan", admin1="North"))
    assert (killed(only), only.earliest) == ((22, 22, 22), "2024-03-09")


def test_a_death_raises_the_toll_of_the_attack_s_own_day() -> None:
    text = "A driver died on Tuesday, raising to 27 the toll of Monday's ambush."
    (only,) = incidents(text, day(text, "Tuesday", "2024-03-12"), day(text, "Monday", "2024-03-11"))
    assert (killed(only), only.earliest) == ((27, 27, 27), "2024-03-11")


def test_a_day_named_only_to_deny_it_is_none() -> None:
    text = "Nine cooks died on Saturday and not, as first reported, on Sunday."
    (only,) = incidents(text, day(text, "Saturday", "2024-03-09"), day(text, "Sunday", "2024-03-10"))
    assert only.earliest == "2024-03-09"


def test_what_is_set_for_a_day_did_not_happen_on_it() -> None:
    text = "A bomb killed nine cooks. The mayor ordered a curfew for Monday."
    (only,) = incidents(text, day(text, "Monday", "2024-03-11"))
    assert only.earliest is None


def test_two_attacks_that_add_up_to_a_total_are_its_parts() -> None:
    text = (
        "Two attacks in Orvan have left 20 people dead, officials said on Wednesday. "
        "Fourteen were killed by a bomb on Monday. On Tuesday, six herders were shot dead."
    )
    dates = [day(text, name, f"2024-03-{number}") for name, number in (("Monday", 11), ("Tuesday", 12))]
    whole, first, second = incidents(
        text, *dates, day(text, "Wednesday", "2024-03-13"), place(text, "Orvan", admin1="North")
    )
    assert (killed(whole), _days(whole)) == ((20, 20, 20), ("2024-03-11", "2024-03-12"))
    assert (killed(first), killed(second)) == ((14, 14, 14), (6, 6, 6))
    assert {first.part_of, second.part_of} == {whole.id}


def test_a_lead_that_sums_up_two_towns_is_their_parent_and_has_neither_s_place() -> None:
    text = "Seven died in two days. Five cooks were killed in Orvan on Monday. On Tuesday two died in Tessel."
    whole, first, second = incidents(
        text,
        day(text, "Monday", "2024-03-11"),
        day(text, "Tuesday", "2024-03-12"),
        place(text, "Orvan", admin1="North"),
        place(text, "Tessel", admin1="South"),
    )
    assert (killed(whole), whole.place, _days(whole)) == ((7, 7, 7), None, ("2024-03-11", "2024-03-12"))
    assert {first.part_of, second.part_of} == {whole.id}


def test_figures_that_add_up_within_one_attack_are_no_total_of_several() -> None:
    text = "Seven people died in Orvan. Five cooks were killed at once and two guards died later."
    (only,) = incidents(text, place(text, "Orvan", admin1="North"))
    assert killed(only) == (7, 7, 7)


def test_some_of_the_dead_of_several_attacks_died_in_a_town_of_their_own() -> None:
    text = (
        "At least 14 people were killed in North province in separate attacks. "
        "Eleven of the dead were on a bus that hit a mine in Orvan."
    )
    whole, part = incidents(
        text, place(text, "North province", admin1="North", precision=4), place(text, "Orvan", admin1="North")
    )
    assert (killed(whole), killed(part)) == ((14, 14, None), (11, 11, 11))


def test_each_clause_has_the_day_behind_it() -> None:
    text = "Four died on Thursday in Orvan, and two on Saturday in Tessel."
    first, second = incidents(
        text,
        day(text, "Thursday", "2024-03-07"),
        day(text, "Saturday", "2024-03-09"),
        place(text, "Orvan", admin1="North"),
        place(text, "Tessel", admin1="North"),
    )
    assert (killed(first), first.earliest, first.place and first.place.name) == ((4, 4, 4), "2024-03-07", "Orvan")
    assert (killed(second), second.earliest, second.place and second.place.name) == ((2, 2, 2), "2024-03-09", "Tessel")


def test_the_verb_of_a_claim_has_the_day_and_not_the_words_on_its_people() -> None:
    text = "A man wanted since the long raid of 2 May was, after a chase through the hills, shot dead on Sunday."
    (only,) = incidents(text, day(text, "2 May", "2024-05-02"), day(text, "Sunday", "2024-05-12"))
    assert only.earliest == "2024-05-12"


def test_who_was_hurt_before_he_died_belongs_to_the_day_on_which_he_was_hurt() -> None:
    text = "A guard who had been hurt in Sunday's raid died on Friday, which takes the toll of that raid to five."
    (only,) = incidents(text, day(text, "Sunday", "2024-03-03"), day(text, "Friday", "2024-03-08"))
    assert (killed(only), only.earliest) == ((5, 5, 5), "2024-03-03")


def test_a_relative_clause_has_the_day_before_it() -> None:
    text = "The trial for the bombing of 8 March, in which seven soldiers died, opened on Monday."
    (only,) = incidents(text, day(text, "8 March", "2024-03-08"), day(text, "Monday", "2024-05-13"))
    assert (killed(only), only.earliest) == ((7, 7, 7), "2024-03-08")


def test_a_clause_in_front_has_its_own_day() -> None:
    text = "A day after a bomb killed nine cooks in Orvan, gunmen shot dead two porters on Tuesday."
    first, second = incidents(text, day(text, "A day after", "2024-03-11"), day(text, "Tuesday", "2024-03-12"))
    assert (killed(first), first.earliest) == ((9, 9, 9), "2024-03-11")
    assert (killed(second), second.earliest) == ((2, 2, 2), "2024-03-12")


def test_days_after_an_attack_is_not_its_day() -> None:
    text = "Five porters were shot dead on Monday, days after nine cooks were killed in Tessel."
    first, second = incidents(text, day(text, "Monday", "2024-03-11"))
    assert (killed(first), first.earliest) == ((5, 5, 5), "2024-03-11")
    assert (killed(second), second.earliest, second.main) == ((9, 9, 9), None, False)


def test_the_next_day_of_nobody_knows_which_day_is_another_event() -> None:
    found = incidents("Rebels killed nine soldiers. The next day they came back and killed four cooks.")
    assert [killed(incident) for incident in found] == [(9, 9, 9), (4, 4, 4)]


def test_a_week_s_total_is_not_of_one_of_its_days() -> None:
    text = "Three people were killed in Orvan this week: two by a shell on Tuesday and one under a bomb on Wednesday."
    dates = [
        day(text, "this week", "2024-03-11", "2024-03-17"),
        day(text, "Tuesday", "2024-03-12"),
        day(text, "Wednesday", "2024-03-13"),
    ]
    whole, first, second = incidents(text, *dates, place(text, "Orvan", admin1="North"))
    assert (killed(whole), _days(whole)) == ((3, 3, 3), ("2024-03-11", "2024-03-17"))
    assert (killed(first), first.earliest, killed(second), second.earliest) == (
        (2, 2, 2), "2024-03-12", (1, 1, 1), "2024-03-13",
    )  # fmt: skip


def test_mourners_meet_on_another_day_than_that_of_the_attack() -> None:
    text = "Mourners of the nine people killed in Monday's bombing in Orvan met on Thursday."
    (only,) = incidents(
        text,
        day(text, "Monday", "2024-03-11"),
        day(text, "Thursday", "2024-03-14"),
        place(text, "Orvan", admin1="North"),
    )
    assert (killed(only), only.earliest) == ((9, 9, 9), "2024-03-11")


def test_a_semicolon_parts_the_places_of_two_tolls() -> None:
    text = "In Orvan a mortar killed five boys; in Tessel, far to the south, a car bomb killed three clerks."
    first, second = incidents(text, place(text, "Orvan", admin1="North"), place(text, "Tessel", admin1="South"))
    assert (killed(first), first.place and first.place.name) == ((5, 5, 5), "Orvan")
    assert (killed(second), second.place and second.place.name) == ((3, 3, 3), "Tessel")


def test_a_town_by_which_another_is_found_is_not_the_place() -> None:
    text = "In Orvan, to the north of Tessel, a mine killed five boys."
    (only,) = incidents(text, place(text, "Orvan", admin1="North"), place(text, "Tessel", admin1="South"))
    assert only.place is not None
    assert only.place.name == "Orvan"


def test_the_day_of_a_dateline_without_brackets_gives_way_to_that_of_the_attack() -> None:
    for head in ("KARSK, Friday — ", "Orvan Bay, Norland, Friday. ", "KARSK, Friday (Hill Wire) – "):
        text = head + "Nine cooks were killed when a bomb went off at a mill on Wednesday, a guard said."
        (only,) = incidents(text, day(text, "Friday", "2024-03-08"), day(text, "Wednesday", "2024-03-06"))
        assert (killed(only), _days(only)) == ((9, 9, 9), ("2024-03-06", "2024-03-06")), head


def test_the_wounded_of_the_day_before_a_statement_are_those_of_its_dead() -> None:
    text = "Nine cooks were shot dead in Orvan, police said on Monday. Gunmen fired on Sunday. Six clerks were wounded."
    dates = day(text, "Monday", "2024-03-11"), day(text, "Sunday", "2024-03-10")
    (only,) = incidents(text, *dates, place(text, "Orvan", admin1="North"))
    assert (killed(only), _days(only)) == ((9, 9, 9), ("2024-03-10", "2024-03-10"))


def test_what_is_told_aside_is_not_what_the_article_goes_on_about() -> None:
    text = "Gunmen killed a judge on Monday, a day after five cooks were shot dead. Her guard was wounded."
    judge, cooks = incidents(text, day(text, "Monday", "2024-03-11"), day(text, "a day after", "2024-03-10"))
    assert judge.injured is not None
    assert (killed(cooks), cooks.injured) == ((5, 5, 5), None)


def test_the_day_of_a_statement_on_a_toll_that_rose_is_no_day_of_the_attack() -> None:
    for text in (
        "The death toll of the raid has reached 21, officials said on Friday.",
        "That bombing is now known to have claimed 21 lives, officials said on Friday.",
        "Two of the wounded later died, officials said on Friday.",
    ):
        (only,) = incidents(text, day(text, "Friday", "2024-03-08"))
        assert only.earliest is None, text


def test_the_day_on_which_one_of_them_died_is_not_that_of_all() -> None:
    text = "A bomb went off at a mill. Nine cooks have died, one of them, a girl of six, on Wednesday."
    assert incidents(text, day(text, "Wednesday", "2024-03-06"))[0].earliest is None


def test_the_day_of_a_verdict_or_a_funeral_is_not_that_of_the_attack() -> None:
    for text in (
        "Two men were found guilty on Friday of the murder of nine cooks at a mill on 5 May.",
        "A clerk got life on Friday for the killing of nine cooks at a mill on 5 May.",
        "Nine cooks died on 5 May. They were buried on Friday.",
    ):
        (only,) = incidents(text, day(text, "Friday", "2024-05-24"), day(text, "5 May", "2024-05-05"))
        assert (killed(only), only.earliest) == ((9, 9, 9), "2024-05-05"), text


def test_who_dies_of_wounds_died_in_the_attack_that_caused_them() -> None:
    text = "Karim Shah succumbed on Thursday to the burns that he had suffered on Tuesday in the raid on Orvan."
    (only,) = incidents(text, day(text, "Thursday", "2024-03-14"), day(text, "Tuesday", "2024-03-12"))
    assert only.earliest == "2024-03-12"


def test_some_of_the_number_of_an_attack_are_its_own_dead() -> None:
    text = "Six cooks died of a blast near Orvan on Thursday. In Tessel, two of the six died on Friday."
    dates = day(text, "Thursday", "2024-03-14"), day(text, "Friday", "2024-03-15")
    places = place(text, "Orvan", admin1="North"), place(text, "Tessel", admin1="South")
    (only,) = incidents(text, *dates, *places)
    assert (killed(only), only.earliest) == ((6, 6, 6), "2024-03-14")


def test_those_killed_the_next_day_are_another_event_s() -> None:
    text = "A bomb killed nine cooks on Monday. He spoke of the three guards who were gunned down the next day."
    first, second = incidents(text, day(text, "Monday", "2024-03-11"))
    assert (killed(first), killed(second)) == ((9, 9, 9), (3, 3, 3))


def test_a_short_sentence_gives_the_next_one_its_day() -> None:
    text = "A bomb killed a cook on Tuesday. On Thursday it was her son. Two porters died by a missile."
    first, second = incidents(text, day(text, "Tuesday", "2024-03-12"), day(text, "Thursday", "2024-03-14"))
    assert (first.earliest, killed(second), second.earliest) == ("2024-03-12", (2, 2, 2), "2024-03-14")


def test_a_day_behind_a_semicolon_is_not_that_of_the_clause_before_it() -> None:
    text = "In January nine cooks were held and one clerk was murdered; the others came home in February."
    dates = (
        day(text, "January", "2024-01-01", "2024-01-31"),
        day(text, "February", "2024-02-01", "2024-02-29"),
    )
    assert {found.earliest for found in incidents(text, *dates) if found.killed} == {"2024-01-01"}


def test_who_is_named_again_died_in_the_same_attack() -> None:
    text = "Karim Shah has died in Orvan, his group said on Wednesday. Shah and his son were killed on Tuesday."
    (only,) = incidents(text, day(text, "Wednesday", "2024-03-13"), day(text, "Tuesday", "2024-03-12"))
    assert only.earliest == "2024-03-12"


def test_two_attacks_of_one_day_and_place_have_no_third_incident() -> None:
    text = "A dozen guards died in two attacks on Tuesday in Orvan."
    (only,) = incidents(text, day(text, "Tuesday", "2024-03-12"), place(text, "Orvan", admin1="North"))
    assert killed(only) == (12, 12, 12)


def test_the_weekend_of_a_statement_is_not_that_of_the_attack() -> None:
    text = "The Ravens said over the weekend that their bomb had killed nine cooks on Thursday."
    dates = day(text, "the weekend", "2024-03-09", "2024-03-10"), day(text, "Thursday", "2024-03-07")
    assert [found.earliest for found in incidents(text, *dates)] == ["2024-03-07"]
