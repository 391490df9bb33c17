"""What holds of dates whatever the text: spans read back, intervals are in order, nothing raises, time is linear."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extractors import dates, pipeline  # noqa: F401 - registers the component
from dateline.extractors.language.tokenizer import blank_english
from dateline.models.article import Article
from dateline.models.fields.dates import DateFact

from .steps import steps

DAYS = st.dates(min_value=date(1905, 1, 1), max_value=date(2060, 12, 31))
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
PIECES = st.sampled_from(
    """Monday Tuesday , . and to from between the a of in on by until since last next this week month year day
    days ago later earlier after before early late mid May March June Sept. 3 14 14th 31 2014 1999 1970s '82
    today yesterday overnight night morning first third quarter half spring Christmas Day ( ) - – 12/06/2014
    2014-06-12 will said weekend past coming current couple time now week weeks following previous same that end
    beginning 9/11 Easter Sunday no 30,2012 Dec.17 Eid al-Fitr Ramadan KABUL 3-May-2016 2014/15 vote votes
    fiscal hours""".split()  # noqa: SIM905
)

Read = Callable[..., list[DateFact]]


@pytest.fixture(scope="module")
def read() -> Read:
    nlp = blank_english()
    nlp.add_pipe("dateline_sentences")
    nlp.add_pipe("dateline_dates")

    def _read(text: str, published: str | None = "2014-06-12") -> list[DateFact]:
        doc = nlp.make_doc(text)
        doc._.article = Article(result="read", text=text, published=published)
        doc._.unread, doc._.facts = (), {}
        for _, component in nlp.pipeline:
            doc = component(doc)
        facts: list[DateFact] = doc._.facts["dates"]
        return facts

    return _read


def check(text: str, facts: list[DateFact]) -> None:
    for fact in facts:
        assert text[fact.start : fact.stop] == fact.quote
        for evidence in fact.evidence:
            assert text[evidence.start : evidence.stop] == evidence.quote
        assert (fact.earliest is None) == (fact.latest is None) == (fact.precision is None)
        if fact.earliest is not None and fact.latest is not None:
            assert date.fromisoformat(fact.earliest) <= date.fromisoformat(fact.latest)
        else:
            assert fact.anchor == "none"
    assert len({fact.id for fact in facts}) == len(facts)


@given(text=st.lists(PIECES, max_size=40).map(" ".join), published=st.sampled_from(["2014-06-12", "2024-03", None]))
@settings(max_examples=300, deadline=None)
def test_words_of_dates_in_any_order(read: Read, text: str, published: str | None) -> None:
    check(text, read(text, published))


@given(text=st.text(max_size=300), published=st.one_of(st.none(), st.text(max_size=12)))
@settings(max_examples=150, deadline=None)
def test_any_text_and_any_publication_date(read: Read, text: str, published: str | None) -> None:
    check(text, read(text, published))


@given(day=DAYS)
@settings(max_examples=100, deadline=None)
def test_a_full_date_is_read_in_every_form(read: Read, day: date) -> None:
    month, weekday = MONTHS[day.month - 1], day.strftime("%A")
    forms = (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{month} {day.day:02} , {day.year}",
        f"{weekday}, {month} {day.day}, {day.year}",
        f"{weekday} {day.day} {month[:3]}{'.' * (len(month) > 3)} {day.year}",
        day.isoformat(),
        f"{day.day:02}.{day.month:02}.{day.year}",
    )
    for form in forms:
        [fact] = read(f"The bridge at Tal fell on {form}, they say.", None)
        assert (fact.quote, fact.earliest, fact.latest) == (form, day.isoformat(), day.isoformat()), form


@given(published=DAYS, back=st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_a_weekday_is_the_latest_not_after_publication(read: Read, published: date, back: int) -> None:
    day = published - timedelta(days=back)
    [fact] = read(f"Two died on {day.strftime('%A')} in the hills.", published.isoformat())
    assert fact.earliest == fact.latest == day.isoformat()


@given(published=DAYS, back=st.integers(0, 180))
@settings(max_examples=60, deadline=None)
def test_a_day_without_its_year_is_the_one_just_past(read: Read, published: date, back: int) -> None:
    day = published - timedelta(days=back)
    [fact] = read(f"Two died on {day.day} {MONTHS[day.month - 1]} in the hills.", published.isoformat())
    assert fact.earliest == day.isoformat() or (day.month, day.day) == (2, 29)


@pytest.mark.parametrize(
    "unit",
    [
        "on Monday and 3 June 2014, ",
        "1 2 3 4 5 6 7 8 9 10 11 12 ",
        "May May May ",
        "3 - 4 - 5 - 2014 - ",
        "a day after the end of the year before last ",
        "from Monday to Tuesday to ",
        "' 82 ' 83 ",
        "12/06/2014 ",
        "by Monday until May 3 ",
        "3 May 2014 ",
        "a day after ",
        "the first half of the third week of March of the ",
        "flight 2014 at 2014 some 2014 people ",
        "May 3, 4, 5 and 6 ",
        "from Monday to May votes to be meeting by Tuesday ",
        "KABUL, May 3 (Hill Wire) – KABUL (May 4) – ",
        "the early hours of the night of the early hours of Monday ",
        "Eid al-Fitr and the last Friday of last month ",
    ],
)
def test_twice_the_text_takes_about_twice_the_steps(read: Read, unit: str) -> None:
    """One sentence without an end, at twice its length: linear gives 2, quadratic 4."""
    small, large = unit * (3_000 // len(unit)), unit * (6_000 // len(unit))
    read(small)  # what is made once and kept is no part of it
    assert steps(lambda: read(large)) < 2.5 * steps(lambda: read(small))
