"""Two reports compared: how each thing that is told of them comes out, and what becomes of pairs in a neighbourhood."""

from dataclasses import replace
from itertools import combinations

import pytest

from dateline.extractors.events.features import parts
from dateline.extractors.events.joining import joined
from dateline.extractors.events.scoring import compared
from dateline.extractors.events.words import classes_in
from dateline.models.event import Count, Judgement, Pair, Report, Spot

VELM = Spot(
    name="Velm", country="XA", admin1="North", admin2="Vel", latitude=10.0, longitude=20.0, geonameid=1, precision=1
)
TARN = replace(VELM, name="Tarn", admin2="Tar", latitude=11.0, geonameid=3)
NOR = replace(VELM, name="Nor", admin1=None, admin2=None, geonameid=7, precision=5)
NORTH = replace(VELM, name="North", admin2=None, geonameid=5, precision=4)


def told(name: str, *, killed: int | None = 9, day: str | None = "2021-05-03", **other: object) -> Report:
    """A report of a bomb in Velm."""
    counts = () if killed is None else (Count(outcome="killed", low=killed, best=killed, high=killed),)
    given = {"published": "2021-05-04", "precision": 1, "place": VELM, "words": ("weapon bomb",), **other}
    return Report(id=name, text_id=f"text {name}", main=True, earliest=day, latest=day, counts=counts, **given)  # type: ignore[arg-type]


ONE = told("a")
KINDS = {
    "day night": (told("a", nights=("late",)), told("b", day="2021-05-04", nights=("early",))),
    "day edge": (ONE, told("b", day="2021-05-04", nights=("early",))),
    "day next": (told("a", nights=("early",)), told("b", day="2021-05-04", published="2021-05-05", nights=("late",))),
    "day eve": (ONE, told("b", day="2021-05-06", published="2021-05-06")),
    "day untold": (ONE, replace(told("b", day=None), main=False)),
    "day corrected": (ONE, told("b", day="2021-05-06", published="2021-05-07", former=("day 2021-05-03",))),
    "day undated": (told("a", day=None), told("b", day=None)),
    "day apart": (told("a", day=None), told("b", day=None, published="2021-05-05")),
    "day month": (ONE, replace(told("b", precision=4), earliest="2021-05-01", latest="2021-05-31")),
    "place corrected": (ONE, told("b", place=TARN, former=("name velm",))),
    "place beside": (ONE, told("b", place=None, about=("id 1",))),
    "place dateline": (ONE, told("b", place=None, about=("written id 1",))),
    "place untold": (ONE, told("b", place=None)),
    "place first": (ONE, told("b", place=replace(TARN, admin2=None, admin1="North Region", precision=3))),
    "place region": (told("a", place=replace(VELM, admin1="Upper Nor")), told("b", place=NOR)),
    "place same": (ONE, told("b", place=replace(VELM, name="Vélm", admin1="North Region", geonameid=9))),
    "place around": (ONE, told("b", place=None, about=("id 3", "in XA/North"))),
    "place unknown": (ONE, told("b", place=None, about=("in XB/South",))),
    "toll corrected": (ONE, told("b", killed=31, former=("toll 9",))),
    "named spoken": (told("a", dead=("Hakim Noor Zadran",)), told("b", named=("Hakim Noor Zadran",))),
}  # fmt: skip


def test_hurt_do_not_rise_from_a_report_with_dead_to_one_without() -> None:
    """They are of two attacks in one province more often than of one."""
    hurt = [Count(outcome="injured", low=number, best=number, high=number) for number in (2, 6)]
    one = told("a")
    one = replace(one, counts=(*one.counts, hurt[0]))
    other = replace(told("b", killed=None, published="2021-05-06"), counts=(hurt[1],))
    for pair in ((one, other), (other, one)):
        assert "toll unsettled" in {f"{part.what} {part.kind}" for part in parts(*pair) or ()}
    alone = replace(one, counts=(hurt[0],))
    assert "toll rising" in {f"{part.what} {part.kind}" for part in parts(alone, other) or ()}


def test_a_bombing_is_from_the_air_or_on_the_ground() -> None:
    """By "bombing" alone no air strike is told from another bomb; from a shooting it is."""
    air, bombing, shooting = (
        told(name, words=classes_in(text))
        for name, text in (("a", "Jets hit it."), ("b", "It was Monday's bombing."), ("c", "Gunmen hit it."))
    )
    assert "weapon" not in {part.what for part in parts(air, bombing) or ()}
    assert "weapon other" in {f"{part.what} {part.kind}" for part in parts(bombing, shooting) or ()}


def test_a_police_shuttle_is_a_bus() -> None:
    assert classes_in("It stood beside the police shuttle.") == classes_in("It stood beside a minibus.") != ()


@pytest.mark.parametrize("kind", KINDS)
def test_how_two_reports_compare(kind: str) -> None:
    """Whichever comes first."""
    for one, other in (KINDS[kind], KINDS[kind][::-1]):
        assert kind in {f"{part.what} {part.kind}" for part in parts(one, other) or ()}


def test_a_day_of_print_is_the_day_before_only_with_the_number() -> None:
    """Two strikes on following days: what is printed on the second day tells of the second."""
    second = told("b", killed=12, day="2021-05-04")
    assert "day next" in {f"{part.what} {part.kind}" for part in parts(ONE, second) or ()}
    assert parts(ONE, told("b", day="2021-05-08", published="2021-05-08")) is None


def test_days_that_nobody_corrects_exclude_each_other() -> None:
    assert parts(ONE, told("b", day="2021-05-06", published="2021-05-07", former=("day 2021-05-05",))) is None


def _joined(*reports: Report, decided: tuple = ()) -> tuple[list[list[str]], dict[str, str]]:
    """The events of a neighbourhood, and the verdict of each pair as "a b"."""
    pairs = [pair for one, other in combinations(reports, 2) if (pair := compared(one, other)) is not None]
    events, verdicts = joined({report.id: report for report in reports}, pairs, decided)
    return events, {f"{pair.left} {pair.right}": pair.verdict for pair in verdicts}


def test_nobody_is_asked_of_events_that_contradict() -> None:
    """The vague report is alike to a second attack on the town, but its event's other reports are not."""
    first = told("a", words=("weapon suicide",), sentences=("s",))
    vague = told("b", killed=None, words=(), sentences=("s",))
    events, verdicts = _joined(first, vague, told("c", killed=60, words=("weapon drone",)))
    assert events == [["a", "b"], ["c"]]
    assert verdicts == {"a b": "same", "b c": "different"}


def test_what_an_event_knows_together_joins_a_report() -> None:
    """A month and the road on which it was agree with one report, the toll with another, which names another town."""
    road = replace(VELM, precision=5)
    first = told("a", killed=13, place=road, words=("target bus", "weapon gunfire"))
    risen = told("b", killed=18, place=TARN, words=("target bus", "weapon gunfire"), published="2021-05-05")
    late = replace(
        told("c", killed=18, published="2021-06-20", precision=4, words=("target bus", "weapon gunfire")),
        earliest="2021-05-01", latest="2021-05-31",
    )  # fmt: skip
    assert _joined(first, risen)[0] == [["a", "b"]]
    assert _joined(first, late)[0] == [["a"], ["c"]]
    assert _joined(first, risen, late)[0] == [["a", "b", "c"]]


def test_a_report_that_fits_two_events_is_left_to_people() -> None:
    """Both are in its month and town, with its toll."""
    late = replace(told("c", published="2021-06-20", precision=4), earliest="2021-05-01", latest="2021-05-31")
    events, verdicts = _joined(ONE, told("b", day="2021-05-20", published="2021-05-20"), late)
    assert events == [["a"], ["b"], ["c"]]
    assert verdicts == {"a c": "doubtful", "b c": "doubtful"}
    assert _joined(ONE, late)[0] == [["a", "c"]]


def test_a_correction_speaks_for_its_whole_event() -> None:
    """The first report named the wrong town; of the later ones only one says so."""
    wrong = told("a", killed=23, place=TARN, words=("weapon bomb", "target hotel"))
    right = told("b", killed=19, words=("weapon bomb", "target hotel"), former=("name tarn", "toll 23"))
    plain = told("c", killed=19, words=("weapon bomb", "target hotel"))
    assert _joined(wrong, plain)[0] == [["a"], ["c"]]
    assert _joined(wrong, right, plain)[0] == [["a", "b", "c"]]


def test_a_total_is_not_the_event_of_which_its_article_tells_apart() -> None:
    """Nine died at the market, thirteen in the town; the second article tells of both."""
    total = told("b", killed=13)
    within = replace(told("c", place=replace(VELM, name="Orst", geonameid=2, latitude=10.03)), text_id=total.text_id)
    assert _joined(ONE, total)[0] == [["a", "b"]]
    assert _joined(ONE, total, within)[0] == [["a", "c"], ["b"]]


def test_a_lone_report_joins_for_less_where_day_and_place_meet() -> None:
    """The first report knows the province; a second event that fits as well leaves both to people."""
    early, bomb = told("c", day=None, words=(), place=NORTH), told("a", words=())
    assert _joined(bomb, early)[0] == [["a", "c"]]
    assert _joined(bomb, told("b", words=(), place=TARN), early)[0] == [["a"], ["b"], ["c"]]
    anywhere = told("c", day=None, place=None)
    assert _joined(told("a", place=None), anywhere)[0] == [["a"], ["c"]]


def test_a_judgement_settles_its_pair() -> None:
    judgement = Judgement(
        id="j", verdict="different", left="x", right="y", left_mentions=("a",), right_mentions=("b",), who="jk",
        why="two bombs", at="2021-06-01",
    )  # fmt: skip
    events, verdicts = _joined(ONE, told("b"), decided=((judgement, ("a",), ("b",)),))
    assert events == [["a"], ["b"]]
    assert verdicts == {"a b": "different"}


def test_a_score_is_its_parts() -> None:
    found = compared(ONE, told("b"))
    assert isinstance(found, Pair)
    assert found.score == round(sum(part.value for part in found.parts), 2)
