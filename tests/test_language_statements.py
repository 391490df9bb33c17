"""Days of statements, told from days of events."""

import pytest

from dateline.extractors.language.statements import is_statement


def _said(sentence: str) -> bool:
    """Whether the day in brackets is that of a statement."""
    start = sentence.index("[")
    stop = sentence.index("]") - 1
    return is_statement(sentence.replace("[", "").replace("]", ""), start, stop)


@pytest.mark.parametrize(
    "sentence",
    [
        "A mine killed two cooks, officials said on [Thursday].",
        "The governor told the Hill Wire agency by phone late on [Thursday] that two cooks had died.",
        "The toll rose to 22 on [Sunday].",
        "The toll was raised to at least twenty-two on [Sunday].",
        "Police on [Sunday] said that two cooks had died.",
        "In [Sunday]'s statement the army spoke of two dead.",
        "The Ravens claimed responsibility on [Friday].",
        "In a video posted on [Tuesday] he says that he was away when the bridge was bombed.",
        "In its evening bulletin on [Tuesday], state television spoke of two dead.",
        "The director told this newspaper on [Wednesday] that two cooks had died.",
        "Our edition of [Thursday] placed the raid in Karsk.",
        "Nine were hurt, the district administration summed up on [Friday].",
        "The Ravens said over the [weekend] that their bomb had killed two cooks.",
        "The committee reported on its page on [Sunday] that two cooks had died.",
    ],
)
def test_a_day_of_a_statement(sentence: str) -> None:
    assert _said(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "A mine killed two cooks on [Thursday], officials said.",
        "Officials said that on [Thursday] a mine killed two cooks.",
        "Officials said a mine killed two cooks on [Thursday].",
        "The army said on Friday, a day after a mine went off on [Thursday], that it was safe.",
        "He was reported killed on [Thursday].",
        "The attack on [Sunday] claimed two lives.",
        "In [Sunday]'s attack two cooks died.",
    ],
)
def test_a_day_of_an_event(sentence: str) -> None:
    assert not _said(sentence)
