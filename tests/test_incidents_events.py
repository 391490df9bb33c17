"""Which claims, days and places are one event, which are several, and which are the news."""

from dateline.extractors.article import read as read_source
from dateline.models.article import Source
from dateline.models.incident import Incident

from .tolls import day, incidents, killed, place


def _days(incident: Incident) -> tuple[str | None, str | None]:
    return incident.earliest, incident.latest


def test_two_days_are_two_incidents() -> None:
    text = "A strike killed five men on Thursday. Four men were killed on Wednesday."
    first, second = incidents(text, day(text, "Thursday", "2014-06-12"), day(text, "Wednesday", "2014-06-11"))
    assert (killed(first), _days(first), first.main) == ((5, 5, 5), ("2014-06-12", "2014-06-12"), True)
    assert (killed(second), _days(second), second.main) == ((4, 4, 4), ("2014-06-11", "2014-06-11"), False)


def test_two_places_are_two_incidents() -> None:
    text = "A mine killed two shepherds in Orvan. In Tessel a shell killed a teacher."
    first, second = incidents(text, place(text, "Orvan", admin1="North"), place(text, "Tessel", admin1="South"))
    assert first.place is not None
    assert second.place is not None
    assert (first.place.name, killed(first)) == ("Orvan", (2, 2, 2))
    assert (second.place.name, killed(second)) == ("Tessel", (1, 1, 1))


def test_a_town_in_its_province_is_one_place_and_the_town_wins() -> None:
    text = "A mine killed two shepherds in North province. The blast near Orvan killed both at once."
    (only,) = incidents(
        text, place(text, "North province", admin1="North", precision=4), place(text, "Orvan", admin1="North")
    )
    assert only.place is not None
    assert only.place.name == "Orvan"


def test_day_and_place_come_from_a_sentence_before() -> None:
    text = "Rebels attacked a post in Orvan on Monday. The fighting went on for hours. Six soldiers were killed."
    main = incidents(text, day(text, "Monday", "2014-06-09"), place(text, "Orvan", admin1="North"))[0]
    assert (main.earliest, main.place and main.place.name, killed(main)) == ("2014-06-09", "Orvan", (6, 6, 6))
    assert set(main.basis) == {"killed", "date", "place"}


def test_a_dateline_is_neither_day_nor_place() -> None:
    text = "KARSK, Testland (June 12) – Troops killed two rebels in Orvan on Tuesday."
    (only,) = incidents(
        text,
        day(text, "June 12", "2014-06-12"),
        day(text, "Tuesday", "2014-06-10"),
        place(text, "KARSK", admin1="West"),
        place(text, "Testland", admin1="West", precision=6),
        place(text, "Orvan", admin1="North"),
    )
    assert (only.earliest, only.place and only.place.name) == ("2014-06-10", "Orvan")


def test_origins_and_offices_are_no_place_of_an_incident() -> None:
    text = "Two aides from Tessel were killed."
    (only,) = incidents(text, place(text, "Tessel", admin1="South", role="origin"))
    assert only.place is None


def test_a_claim_over_several_events_spans_them_and_is_their_parent() -> None:
    text = "Strikes killed at least 6 herders — 11 by some counts — in Orvan today and Wednesday."
    spanning, *parts = incidents(
        text,
        day(text, "today", "2014-06-12"),
        day(text, "Wednesday", "2014-06-11"),
        place(text, "Orvan", admin1="North"),
    )
    assert (killed(spanning), _days(spanning), spanning.date_precision) == (
        (6, None, 11), ("2014-06-11", "2014-06-12"), 2,
    )  # fmt: skip
    assert sorted(part.earliest or "" for part in parts) == ["2014-06-11", "2014-06-12"]
    assert all(part.part_of == spanning.id and part.killed is None for part in parts)


def test_a_protest_over_deaths_has_no_main_incident() -> None:
    found = incidents("Lawyers protested in the capital against the killing of two colleagues.")
    assert [incident.main for incident in found] == [False]


def test_deaths_at_a_protest_are_the_news() -> None:
    main = incidents("Police opened fire at a protest, killing three people.")[0]
    assert (main.main, killed(main)) == (True, (3, 3, 3))


def test_an_anniversary_looks_back() -> None:
    found = incidents("On the anniversary of the bombing that killed 191 people, survivors laid flowers.")
    assert not any(incident.main for incident in found)


def test_a_dated_event_without_a_toll() -> None:
    text = "The last strike on Orvan was on 25 December."
    (only,) = incidents(text, day(text, "25 December", "2013-12-25"), place(text, "Orvan", admin1="North"))
    assert (only.killed, only.earliest) == (None, "2013-12-25")


def test_nothing_told_is_no_incident() -> None:
    assert incidents("The council met to speak about the price of bread.") == ()


def test_ids_are_the_same_every_time_and_differ_within_an_article() -> None:
    text = "A strike killed five men on Thursday. Four men were killed on Wednesday."
    dates = day(text, "Thursday", "2014-06-12"), day(text, "Wednesday", "2014-06-11")
    once, again = incidents(text, *dates), incidents(text, *dates)
    assert once == again
    assert len({incident.id for incident in once}) == 2


def test_the_named_dead_of_a_list_are_an_incident_each_and_none_the_news() -> None:
    text = (
        "A strike killed three rebels. Raids have taken out leaders of the Ravens, including:\n"
        "Hamid Noor: head of the coastal cell\nYusuf Karim: chief of the suicide wing"
    )
    first, *named = incidents(text)
    assert (killed(first), first.main) == ((3, 3, 3), True)
    assert [(killed(incident), incident.main) for incident in named] == [((1, 1, 1), False), ((1, 1, 1), False)]


def test_a_day_after_another_event_is_not_its_day() -> None:
    text = "Three strikes killed five rebels each on Friday, a day after a mortar attack killed two cooks."
    first, second = incidents(text, day(text, "Friday", "2018-05-11"), day(text, "a day after", "2018-05-10"))
    assert (killed(first), _days(first), first.main) == ((15, 15, 15), ("2018-05-11", "2018-05-11"), True)
    assert (killed(second), _days(second)) == ((2, 2, 2), ("2018-05-10", "2018-05-10"))


def test_an_inset_between_dashes_has_a_day_of_its_own() -> None:
    text = (
        "Troops took the bridge on Wednesday – two days after they had lost it – and found the bodies of 18 comrades."
    )
    (main, *_) = incidents(text, day(text, "Wednesday", "2017-08-02"), day(text, "two days after", "2017-07-31"))
    assert (killed(main), _days(main)) == ((18, 18, 18), ("2017-08-02", "2017-08-02"))


def test_what_is_still_to_come_is_no_day_of_an_event() -> None:
    text = "A bomb killed nine people. The minister is to visit the wounded on Monday."
    found = incidents(text, day(text, "Monday", "2012-12-10"), published="2012-12-08")
    assert [(killed(incident), _days(incident)) for incident in found] == [((9, 9, 9), (None, None))]


def test_since_when_is_no_day_of_an_event() -> None:
    text = "A patrol looking for a man held since July was ambushed, and five soldiers were killed."
    (only,) = incidents(text, day(text, "July", "2016-07-01", "2016-07-31"))
    assert (killed(only), _days(only)) == ((5, 5, 5), (None, None))


def test_a_night_is_two_days() -> None:
    text = "Gunmen killed three traders. They came late on Monday and left in the early hours of Tuesday."
    (only,) = incidents(text, day(text, "Monday", "2021-07-05"), day(text, "Tuesday", "2021-07-06"))
    assert (killed(only), _days(only)) == ((3, 3, 3), ("2021-07-05", "2021-07-06"))


def test_the_sum_of_a_lead_is_the_parent_of_the_clashes_told_after_it() -> None:
    text = (
        "Nine gunmen, two marines dead in fighting\n\n"
        "Nine gunmen and two marines died in two clashes on Thursday and Friday. "
        "The first, near Orvan on Thursday, killed six gunmen. "
        "The second broke out on Friday; three gunmen and the two marines were killed there."
    )
    second = text.rindex("Friday")
    dates = [
        day(text, "Thursday", "2016-08-18"),
        day(text, "Friday", "2016-08-19"),
        day(text, "Thursday, killed", "2016-08-18"),
        day(text, text[second : second + 11], "2016-08-19"),
    ]
    whole, first, last = incidents(text, *dates)
    assert (killed(whole), _days(whole), whole.main) == ((11, 11, 11), ("2016-08-18", "2016-08-19"), True)
    assert (killed(first), first.part_of, killed(last), last.part_of) == ((6, 6, 6), whole.id, (5, 5, 5), whole.id)


def test_a_toll_takes_day_and_place_of_the_attack_told_before_it() -> None:
    text = (
        "Gunmen shot dead eleven herders near Orvan on Monday.\n"
        "On Friday shells fell on Tessel. A woman and two girls died."
    )
    first, second = incidents(
        text,
        day(text, "Monday", "2024-03-04"),
        day(text, "Friday", "2024-03-08"),
        place(text, "Orvan", admin1="North"),
        place(text, "Tessel", admin1="South"),
    )
    assert (killed(first), first.earliest) == ((11, 11, 11), "2024-03-04")
    assert (killed(second), second.earliest, second.place and second.place.name) == ((3, 3, 3), "2024-03-08", "Tessel")


def test_a_separate_attack_is_not_added() -> None:
    found = incidents("A bomb killed four people. In a separate attack, gunmen killed six others.")
    assert [killed(incident) for incident in found] == [(4, 4, 4), (6, 6, 6)]


def test_nobody_dies_in_two_events() -> None:
    """A death that is told again beside another attack stays with the event it was told of first."""
    text = (
        "Gunmen stormed the port of Aden on Sunday, killing 31 people. They called it revenge for the strike that "
        "killed Green Banner leader Yahya Muntasir in August 2015.\n\n"
        '"Our leader Yahya Muntasir was martyred by them," said Sakhr Awlaki, a spokesman for the group.'
    )
    record = read_source(Source(id="x", text=text, published="2016-05-26"))
    named = [incident for incident in record.incidents if incident.leaders]
    assert [(incident.earliest, incident.leaders) for incident in named] == [("2015-08-01", ("Yahya Muntasir",))]
    assert [
        one.quote for one in record.facts["casualties"] if one.id in named[0].facts and "Muntasir" in one.quote
    ] == [
        "Green Banner leader Yahya Muntasir",
        "Our leader Yahya Muntasir",
    ]


def test_what_happened_long_before_publication_is_no_news() -> None:
    text = "The bridge is open again. In 2011 a bomb killed nine people there. The bomber was shot dead."
    (only,) = incidents(text, day(text, "2011", "2011-01-01", "2011-12-31"), published="2014-05-01")
    assert (killed(only), len(only.facts), only.main) == ((9, 9, 9), 3, False)


def test_an_old_year_elsewhere_in_the_sentence_does_not_make_a_toll_old() -> None:
    text = "Guards killed two men who are thought to have planned the attack on the governor's house in 2011."
    (only,) = incidents(text, day(text, "2011", "2011-01-01", "2011-12-31"), published="2014-05-01")
    assert (killed(only), only.main) == ((2, 2, 2), True)


def test_a_toll_that_a_statement_looks_back_on_is_no_news() -> None:
    text = (
        "The release was issued on Friday, a day after a strike killed three men. The killing of these men was wrong."
    )
    found = incidents(text, day(text, "Friday", "2018-05-11"), day(text, "a day after", "2018-05-10"))
    assert [(killed(incident), incident.main) for incident in found] == [((3, 3, 3), False)]


def test_a_protest_over_the_killing_of_several_is_no_news() -> None:
    (only,) = incidents("Activists staged a sit-in to protest the murder of a leader and his driver.")
    assert (killed(only), only.main) == ((2, 2, 2), False)


def test_a_toll_that_its_own_words_put_apart_is_not_added() -> None:
    found = incidents("Three people died. Another three died in a separate clash, police said.")
    assert [killed(incident) for incident in found] == [(3, 3, 3), (3, 3, 3)]


def test_a_death_that_is_denied_makes_no_incident() -> None:
    assert incidents("The spokesman announced the death of the rebels' chief. The rebels denied it.") == ()


def test_what_somebody_claims_to_have_done_is_news() -> None:
    (only,) = incidents("Rangers claimed to have killed three rebels. The two rebels killed at the gate were brothers.")
    assert (killed(only), only.main) == ((3, 3, 3), True)


def test_those_told_of_before_are_no_new_event() -> None:
    text = (
        "The release was issued on Friday, a day after a strike killed three men.\n\n"
        "Raids removed four of their chiefs. All four were killed at night. The death of Nadir Gul split the group."
    )
    found = incidents(text, day(text, "Friday", "2018-05-11"), day(text, "a day after", "2018-05-10"))
    assert [(killed(incident), incident.main) for incident in found] == [((3, 3, 3), False)]


def test_an_attack_elsewhere_the_same_morning_is_not_added() -> None:
    found = incidents("A bomb killed nine people. Four soldiers were killed the same morning when a mine went off.")
    assert [(incident.killed.best if incident.killed else None) for incident in found] == [9, 4]
