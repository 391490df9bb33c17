"""What a phrase becomes: the table of figures, line by line, and what a claim carries beside its figure."""

import pytest

from .tolls import figures, one, read

FIGURES = [
    ("The blast killed 12 people.", (12, 12, 12), "exact"),
    ("The blast killed a policeman.", (1, 1, 1), "exact"),
    ("The blast killed both men.", (2, 2, 2), "exact"),
    ("The blast killed at least 12 people.", (12, 12, None), "at_least"),
    ("The blast killed more than 12 people.", (12, 12, None), "more_than"),
    ("The blast killed over 12 people.", (12, 12, None), "more_than"),
    ("The blast killed up to 12 people.", (None, None, 12), "at_most"),
    ("The blast killed as many as 12 people.", (None, None, 12), "at_most"),
    ("The blast killed 10 to 16 people.", (10, None, 16), "range"),
    ("The blast killed 10-16 people.", (10, None, 16), "range"),
    ("The blast killed 10 – 16 people.", (10, None, 16), "range"),
    ("The blast killed between ten and 16 people.", (10, None, 16), "range"),
    ("The blast killed at least 7 sailors — 12 by some counts.", (7, None, 12), "range"),
    ("The blast left at least 7 sailors dead — 12 by some counts.", (7, None, 12), "range"),
    ("The blast killed 12 people — 19 according to one hospital.", (12, None, 19), "range"),
    ("Four of the six had died.", (4, 4, 4), "exact"),
    ("The blast killed about 12 people.", (None, 12, None), "about"),
    ("The blast killed nearly 12 people.", (None, 12, None), "about"),
    ("The blast killed 12 or more people.", (12, 12, None), "at_least"),
    ("The blast killed half a dozen people.", (6, 6, 6), "exact"),
    ("The blast killed a dozen people.", (12, 12, 12), "exact"),
    ("The blast killed a couple of traders.", (2, 2, 2), "exact"),
    ("The blast killed twenty-three people.", (23, 23, 23), "exact"),
    ("The blast killed 1,234 people.", (1234, 1234, 1234), "exact"),
    ("The blast killed a commander and two of his deputies.", (3, 3, 3), "exact"),
    ("Three strikes killed five men each.", (15, 15, 15), "exact"),
    ("Nobody was killed.", (0, 0, 0), "exact"),
    ("A strike killed two traders and up to four others.", (None, None, 6), "at_most"),
]


@pytest.mark.parametrize(("text", "expected", "qualifier"), FIGURES)
def test_a_phrase_becomes_its_figure(
    text: str, expected: tuple[int | None, int | None, int | None], qualifier: str
) -> None:
    fact = next(fact for fact in read(text) if fact.part_of is None)
    assert (figures(fact), fact.outcome, fact.qualifier) == (expected, "killed", qualifier)


@pytest.mark.parametrize("word", ["dozens of", "scores of", "hundreds of", "several", "many", "numerous"])
def test_vague_words_give_no_number(word: str) -> None:
    fact = one(f"The blast killed {word} villagers.")
    assert figures(fact) == (None, None, None)
    assert fact.vague is not None
    assert word.startswith(fact.vague)


def test_people_without_a_number_are_a_vague_plural() -> None:
    fact = one("The shelling went on for hours, killing civilians.")
    assert (figures(fact), fact.vague, fact.group_class) == ((None, None, None), "plural", "civilians")


def test_killed_or_wounded_is_never_killed() -> None:
    fact = one("In all, 20 people were killed or wounded.")
    assert (fact.outcome, figures(fact)) == ("killed_or_injured", (20, 20, 20))


def test_no_casualties_says_none_of_either() -> None:
    facts = read("The rocket fell into the sea, causing no casualties.")
    assert [(fact.outcome, figures(fact)) for fact in facts] == [("injured", (0, 0, 0)), ("killed", (0, 0, 0))]


def test_a_subset_is_its_own_claim_and_part_of_the_whole() -> None:
    whole, part = read("The attack killed 39 people, including 10 militants.")
    assert (whole.low, whole.part_of) == (39, None)
    assert (part.low, part.part_of, part.group_class) == (10, whole.id, "militants")


def test_a_sum_keeps_its_parts_in_evidence() -> None:
    fact = next(fact for fact in read("The bomb killed a judge and two clerks.") if fact.derived)
    assert fact.rule == "casualties.list"
    assert [part.quote for part in fact.evidence if part.role == "number"] == ["a judge", "two"]
    assert [part.quote for part in fact.evidence if part.role == "cue"] == ["killed"]


def test_a_later_toll_supersedes() -> None:
    early, late = read("The blast killed three people. The death toll later rose to seven.")
    assert (late.low, late.supersedes) == (7, early.id)


@pytest.mark.parametrize(
    ("text", "polarity", "scope"),
    [
        ("The army denied that it had killed 12 civilians.", "denied", "incident"),
        ("The soldiers did not kill the two men.", "denied", "incident"),
        ("The cell planned to kill 50 people.", "possible", "incident"),
        ("The bomb could have killed 100 people.", "possible", "incident"),
        ("Twelve people were feared dead.", "possible", "incident"),
        ("An earlier version of this story said 19 people had been killed.", "denied", "incident"),
        ("Police said 19 people had been killed, a figure they later withdrew.", "denied", "incident"),
        ("Smoking kills 20,000 people a year.", "affirmed", "cumulative"),
        ("The mission recorded 71 violent deaths in March.", "affirmed", "cumulative"),
        ("The army killed 11 guerrillas in two clashes.", "affirmed", "several"),
        ("Mines have killed 1,500 people since 1991.", "affirmed", "cumulative"),
        ("The group has killed 60 people this year.", "affirmed", "cumulative"),
        ("Drones killed 3,000 people in the last decade.", "affirmed", "cumulative"),
        ("Raiders killed 23 people in two separate attacks.", "affirmed", "several"),
        ("It was the worst attack in recent years and killed 40 people.", "affirmed", "incident"),
        ("A shell killed two children.", "affirmed", "incident"),
    ],
)
def test_status(text: str, polarity: str, scope: str) -> None:
    fact = one(text)
    assert (fact.polarity, fact.scope) == (polarity, scope)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The ministry said 12 people were killed.", "The ministry"),
        ("Twelve people were killed, police said.", "police"),
        ("According to local doctors, 12 people were killed.", "local doctors"),
        ("Twelve people were killed.", None),
    ],
)
def test_who_says_so(text: str, speaker: str | None) -> None:
    fact = one(text)
    assert fact.attribution == speaker
    assert [part.quote for part in fact.evidence if part.role == "attribution"] == ([speaker] if speaker else [])


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Gunmen killed three journalists.", "journalists_aid_medical"),
        ("Gunmen killed a district councillor.", "officials"),
        ("Gunmen killed two police officers.", "security_forces"),
        ("Soldiers killed a Taliban commander.", "militants"),
        ("Soldiers killed four of the attackers.", "attackers"),
        ("Soldiers killed six girls.", "children"),
        ("Soldiers killed six people.", "unspecified"),
    ],
)
def test_whose_dead_they_are(text: str, group: str) -> None:
    assert one(text).group_class == group


@pytest.mark.parametrize(
    "text",
    [
        "Four missiles hit two houses.",
        "The deal was worth $12 million.",
        "The protest entered its third day.",
        "Officials found 4,000 dead birds.",
        "The firm will eliminate 789 dealerships.",
        "The actor died peacefully.",
        "The film is dead serious about its 12 heroes.",
        "Troops captured three villages.",
    ],
)
def test_what_is_no_casualty(text: str) -> None:
    assert read(text) == []
