"""What linking reads of an article beside its facts: how long ago, what is taken back, totals, nights, whose day."""

from datetime import date

import pytest

from dateline.extractors.events.ago import days_ago
from dateline.extractors.events.corrections import taken_back
from dateline.extractors.events.dating import dated, nights
from dateline.extractors.events.sentences import Sentences
from dateline.extractors.events.spanning import is_parted, spans_several
from dateline.extractors.events.telling import reports_of
from dateline.extractors.events.words import is_boast
from dateline.models.event import Spot

PRINTED = date(2024, 4, 15)
KHALIS = Spot(
    name="Khāliş",
    country="IQ",
    admin1="Diyala",
    admin2="Khalis",
    latitude=33.8,
    longitude=44.5,
    geonameid=9,
    precision=1,
)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Forty days after a shell killed |six people at the well, candles were lit.", "2024-03-01", "2024-03-11"),
        ("A month after a mine killed |four pupils, lessons began again.", "2024-03-05", "2024-03-25"),
        ("Two years after gunmen killed |44 worshippers here, the doors are open.", "2022-03-31", "2022-04-30"),
        ("Little more than a week ago |twenty people were hacked to death here.", "2024-04-05", "2024-04-11"),
        ("It is three days since a mine killed |four pupils.", "2024-04-11", "2024-04-13"),
        ("A fortnight after a bomb killed |nine, the ferry sails again.", "2024-03-29", "2024-04-04"),
        ("Gunmen killed |six guests a week after the mill burned.", None, None),
        ("A week after the mill burned, gunmen killed |six guests.", None, None),
        ("A week later |six guests were dead.", None, None),
        ("Some years ago |six guests died.", None, None),
    ],
)
def test_how_long_ago(sentence: str, first: str | None, last: str | None) -> None:
    """Counted from the day of print, where the words are of the claim (marked) and not of something before it."""
    found = days_ago(sentence.replace("|", ""), [sentence.index("|")], PRINTED)
    assert (found and (found[0].isoformat(), found[1].isoformat())) == (first and (first, last))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Police put the dead at nine, lowering an earlier count of 31.", {"toll 31"}),
        ("Twelve people died, not 17 as the mayor said.", {"toll 17"}),
        ("The dead rose from at least 12 to 14.", {"toll 12"}),
        ("The bomb went off not in Khalis but in Kirkuk.", {"name khalis", "id 9"}),
        ("The raid was on Tuesday, not on Wednesday.", {"day 2024-04-10"}),
        ("An earlier version gave Wednesday as its day.", {"day 2024-04-10"}),
        ("Nine people died in Khalis on Wednesday.", set()),
        ("They were not militants but 12 farmers.", set()),
        ("One man died, not two.", set()),
    ],
)
def test_what_is_taken_back(sentence: str, expected: set[str]) -> None:
    article = Sentences(sentence, [(0, len(sentence))])
    dates = [(sentence.index(day), value, value) for day, value in DAYS.items() if day in sentence]
    places = [(sentence.index("Khalis"), KHALIS)] if "Khalis" in sentence else []
    assert {value for _, value in taken_back(article, dates, places)} == expected


DAYS = {"Tuesday": date(2024, 4, 9), "Wednesday": date(2024, 4, 10)}


@pytest.mark.parametrize(
    ("sentence", "towns", "several"),
    [
        ("Two days of violence in Velm have left 20 dead.", ["Velm"], True),
        ("Sixteen people died in attacks in Velm and Tarn.", ["Velm", "Tarn"], True),
        ("Sixteen people died in an attack between Velm and Tarn.", ["Velm", "Tarn"], False),
        ("Air strikes in Velm killed 16 people.", ["Velm"], False),
        ("Shells killed five people around Velm within one day.", ["Velm"], True),
    ],
)
def test_a_figure_over_several(sentence: str, towns: list[str], several: bool) -> None:
    places = [(sentence.index(town), sentence.index(town) + len(town)) for town in towns]
    assert spans_several(sentence, places) is several


@pytest.mark.parametrize(
    ("following", "towns", "parted"),
    [
        ("Four died at the mill in the morning, three after dark.", 0, True),
        ("On Monday four were shot in Velm, and on Friday three.", 1, True),
        ("Four of them were in a van in Velm. Shells fell on Tarn in the evening.", 1, True),
        ("Four of them were in a van. Police were silent.", 0, False),
        ("Four of those in the van died in a hospital of Velm. The others were brought to Tarn.", 1, False),
        ("Four of the dead were soldiers and three were guards.", 0, False),
        ("Four were soldiers, two came from Velm and Tarn.", 2, False),
        ("", 0, False),
    ],
)
def test_a_total_that_the_next_sentences_part(following: str, towns: int, parted: bool) -> None:
    """By time or place; what one attack's dead were, and where they died, parts nothing."""
    sentences = [one + "." for one in following.split(". ")] if following else []
    assert is_parted("Seven people died in the district on Tuesday.", sentences, [towns, len(sentences) - 1]) is parted


@pytest.mark.parametrize(
    ("sentence", "boast"),
    [
        ("The group claimed to have killed 40 soldiers.", True),
        ("A spokesman boasted of 30 dead.", True),
        ("The rebels said their men had killed 12 guards.", True),
        ("The insurgents said its fighters had killed 12 guards.", True),
        ("The group claimed responsibility for the bomb that killed nine.", False),
    ],
)
def test_a_figure_of_who_did_it_is_no_count(sentence: str, boast: bool) -> None:
    assert is_boast(sentence) is boast


def _row(article: Sentences, claim: str, *days: tuple[str, date, bool], published: str = "2024-04-15") -> dict:
    """An incident with a claim at a word; `days`: the word, the day, and whether it is the incident's."""
    own = [day for _, day, mine in days if mine]
    listed = [
        (article.text.index(word), day, day, 1, ["i"] if mine else [], article.text.index(word) + len(word))
        for word, day, mine in days
    ]
    return {
        "id": "i", "main": True, "human": False, "published": published, "starts": [article.text.index(claim)],
        "dates": listed, "earliest": min(own, default=None), "latest": max(own, default=None),
        "date_precision": 1 if own else None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "claim", "days", "expected"),
    [
        ("Six died, a medic said on Tuesday.", "Six", [("Tuesday", True)], ("2024-04-09", True)),
        ("Six died in Wednesday's raid, a medic said on Tuesday.", "Six", [("Wednesday", False), ("Tuesday", True)],
         ("2024-04-09", True)),
        ("Three were held. A court named them for Tuesday's bombing.", "Three", [("Tuesday", False)],
         ("2024-04-09", False)),
        ("Six died here. The blast of Tuesday was heard far off.", "Six", [("Tuesday", False)], ("2024-04-09", False)),
        ("No boat has sailed since Tuesday. Six died then.", "Six", [("Tuesday", False)], ("2024-04-09", False)),
        ("Six died. The council meets on Tuesday.", "Six", [("Tuesday", False)], (None, False)),
        ("A guard succumbed on Wednesday to burns of Tuesday's attack.", "guard",
         [("Wednesday", True), ("Tuesday", False)], ("2024-04-09", False)),
        ("Six were found dead on Tuesday.", "Six", [("Tuesday", True)], ("2024-04-09", True)),
        ("Six died, police said, Tuesday being the worst day.", "Six", [("Tuesday", True)], ("2024-04-09", False)),
    ],
)  # fmt: skip
def test_whose_day_it_is(text: str, claim: str, days: list[tuple[str, bool]], expected: tuple) -> None:
    """A statement's day is no deed's, and a deed's is one though no claim stands by it."""
    article = Sentences(text, _sentences(text))
    row = _row(article, claim, *((word, DAYS[word], mine) for word, mine in days))
    found = dated(article, row, [article.at(row["starts"][0])])
    assert (found["earliest"], found.get("said", False)) == expected


def _sentences(text: str) -> list[tuple[int, int]]:
    stops = [at + 1 for at, letter in enumerate(text) if letter == "."]
    return list(zip([0, *(stop + 1 for stop in stops[:-1])], stops, strict=True))


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("Five guards were shot late on Tuesday.", ("late",)),
        ("Five guards were shot in the early hours of Tuesday.", ("early",)),
        ("Five guards were shot on Tuesday.", ()),
    ],
)
def test_the_edge_of_a_day(text: str, edges: tuple[str, ...]) -> None:
    article = Sentences(text, [(0, len(text))])
    assert nights(article, _row(article, "Five", ("Tuesday", DAYS["Tuesday"], True)), [0]) == edges


def test_a_sentence_of_two_incidents_tells_of_neither() -> None:
    """Two sites that print it may each have read another of the two in it."""
    text = "A bomb killed nine people at the bridge of Velm and another one killed four at the mill of Tarn."
    names = ("place_name", "part_of", *(f"killed_{bound}" for bound in ("low", "best", "high")))
    empty = {f"{outcome}_{bound}": None for outcome in ("injured", "missing", "captured", "killed_or_injured")
             for bound in ("low", "best", "high")}  # fmt: skip
    article = Sentences(text, [(0, len(text))])
    rows = [
        {**_row(article, claim), **dict.fromkeys(names), **empty, "id": claim, "text_id": "t", "parent": False,
         "leaders": [], "named": [], "places": [], "mentions": [claim]}
        for claim in ("nine", "four")
    ]  # fmt: skip
    assert [report.sentences for report in reports_of(text, article.spans, rows)] == [(), ()]
    assert len(reports_of(text, article.spans, rows[:1])[0].sentences) == 1
