"""One reading of an incident's claims: what adds up, what repeats, what wins, what stays open."""

import pytest

from .tolls import incidents, killed

STAGES = (
    "Bomber kills 17\n\nThe death toll has risen to 17. Police at first put the number of dead at 11. "
    "By noon it stood at 14 people, and three more died in hospital."
)

TOLLS = [
    # Headline, lead and repeat are one toll.
    ("Blast kills 20 on bus\n\nA bomb killed all 20 people on a bus. The 20 were pilgrims.", (20, 20, 20)),
    # Different groups add; their sum is not added again.
    ("Five soldiers were killed. Three militants also died.", (8, 8, 8)),
    ("The raid left nine militants and two policemen dead.", (11, 11, 11)),
    # A later group of the same kind adds only where the words say so.
    ("Four rebels were killed in the morning. Two more rebels were killed at noon.", (6, 6, 6)),
    ("Four rebels were killed. Two rebels were killed in a car.", (4, 4, 4)),
    # Subsets are in the whole.
    ("The attack killed 39 people, including 10 militants.", (39, 39, 39)),
    ("Six people were killed. Among the dead were two children.", (6, 6, 6)),
    # The most current figure wins.
    ("The blast killed three people. The death toll later rose to seven.", (7, 7, 7)),
    ("Twelve soldiers were killed. The ministry had earlier put the number of dead at nine.", (12, 12, 12)),
    ("A sergeant died of his wounds, raising the number of dead to three.", (3, 3, 3)),
    ("Police at first put the number of dead at 20. Seven people were killed.", (7, 7, 7)),
    ("The toll has risen to 17. Police at first put the number of dead at 11.", (17, 17, 17)),
    # Older stages of a toll, and what came on top of them, are in the newest.
    (STAGES, (17, 17, 17)),
    ("Three men were killed. Two of the wounded later died.", (5, 5, 5)),
    ("Five killed in blast\n\nThree men were killed. Two of the wounded later died.", (5, 5, 5)),
    ("Seven killed in blast\n\nA bomb killed five soldiers. Two others were killed too.", (7, 7, 7)),
    ("Six people were killed, four of them children. Two women were also killed.", (6, 6, 6)),
    ("17 killed in strike\n\nA strike killed 14 people and three others.", (17, 17, 17)),
    ("A bomb killed 11 people. The number of dead reached 17.", (17, 17, 17)),
    ("Troops killed 5 militants. The militants fled when they had lost 5 fighters.", (5, 5, 5)),
    ("Six people died when a bus was hit. The blast killed six.", (6, 6, 6)),
    # A withdrawn figure counts nowhere.
    ("Eleven people were killed. An earlier version of this story said that 19 people had been killed.", (11, 11, 11)),
    ("Police said 19 people had been killed. They have since withdrawn that figure. Eight people died.", (8, 8, 8)),
    # Whom fighters killed are no fighters: their own dead come on top.
    ("Gunmen killed a man, his wife and three children. Guards killed two of the gunmen.", (7, 7, 7)),
    (
        "Insurgents ambushed a convoy, killing seven soldiers and a cook. Five of the attackers were killed.",
        (13, 13, 13),
    ),
    ("Seven people were killed in a clash. Five of the attackers were killed.", (7, 7, 7)),
    # Where sources differ, low and high span them.
    ("The governor said 8 people were killed. Doctors said 32 people were killed.", (8, None, 32)),
    ("The drone killed five men, with some reports suggesting eight had died.", (5, None, 8)),
    ("The clinic said 16 people were killed, while the governor's office put the dead at 24.", (16, None, 24)),
    ("At least 11 people were killed, a doctor said, while an aid agency counted 17 dead.", (11, None, 17)),
    ("Five people were killed, the army said; villagers spoke of 12 dead.", (5, None, 12)),
    ("Five people were killed, police said. Doctors said 12 people were killed.", (5, None, 12)),
    # A group of a list is compared with that group alone.
    (
        "Seven soldiers and three rebels were killed, the army said. The rebels said 12 soldiers were killed.",
        (10, None, 15),
    ),
    ("Six people were killed, two of them women. A woman was killed at the gate.", (6, 6, 6)),
    ("Four rebels, two of them women, were killed. The women were killed at the gate.", (4, 4, 4)),
    # One more by number.
    ("A blast killed five people. A sixth died of his wounds.", (6, 6, 6)),
    (
        "Police first gave the death toll as three, soon rising to ‘at least five’ and as many as nine had died.",
        (5, None, 9),
    ),
    # Some of the dead: so many at least.
    ("Two nurses were among the dead.", (2, None, None)),
    ("Nine people were killed. The dead included a mayor and two clerks.", (9, 9, 9)),
    # Only the most that there can be.
    ("Troops killed or captured 12 rebels.", (None, None, 12)),
    # Their bodies are those of the missing.
    ("Gunmen kidnapped two nurses. A week later their bodies were found in a well.", (2, 2, 2)),
    # Vague claims give no number and take none away.
    ("Dozens of villagers were killed.", (None, None, None)),
    ("Three villagers were killed. Villagers were killed as they slept.", (3, 3, 3)),
    # Nobody: an explicit nought, and no nought beside a toll.
    ("Nobody was hurt.", (0, 0, 0)),
    ("The shell caused no casualties.", (0, 0, 0)),
    ("Four men were killed. No civilians were killed.", (4, 4, 4)),
    # The bomber may or may not be in the toll beside him; alone he is one.
    ("A suicide bomber blew himself up at the gate.", (1, 1, 1)),
    ("A suicide bomber blew himself up. Nine people were killed.", (9, 9, 9)),
]


@pytest.mark.parametrize(("text", "expected"), TOLLS)
def test_the_main_incident_s_toll(text: str, expected: tuple[int | None, int | None, int | None]) -> None:
    main = incidents(text)[0]
    assert main.main
    assert killed(main) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The army denied that it had killed 12 civilians.",
        "An earlier version of this story said that 19 people had been killed.",
        "The gang had meant to kill 90 wedding guests.",
        "Mines have killed 1,500 people since 1991.",
        "Up to 3,000 people have been killed by strikes in the last decade.",
    ],
)
def test_what_never_reaches_an_incident(text: str) -> None:
    assert incidents(text) == ()


def test_killed_or_injured_stands_apart() -> None:
    main = incidents("Twenty people were killed or wounded.")[0]
    assert main.killed is None
    assert main.killed_or_injured is not None
    assert main.killed_or_injured.best == 20


def test_attackers_are_in_the_total_and_in_their_own_group() -> None:
    main = incidents("A suicide bomber and nine market porters were killed.")[0]
    assert killed(main) == (10, 10, 10)
    groups = {group.group_class: group.best for group in main.groups}
    assert groups == {"attackers": 1, "civilians": 9}


def test_every_value_names_its_facts() -> None:
    main = incidents("The blast killed three people and wounded five.")[0]
    assert set(main.basis) == {"killed", "injured"}
    assert {fact for facts in main.basis.values() for fact in facts} <= set(main.facts)


def test_a_toll_holds_those_by_whose_death_it_rose() -> None:
    (only,) = incidents("The death toll climbed to 11 after four of the wounded succumbed to their burns.")
    assert killed(only) == (11, 11, 11)


def test_an_army_s_own_figure_stands_beside_that_of_its_enemy() -> None:
    (only,) = incidents("The Ravens claimed to have killed 40 soldiers at the ford. The army's own figure is nine.")
    assert killed(only) == (9, None, 40)
