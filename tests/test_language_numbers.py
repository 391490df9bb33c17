"""Numbers in digits and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extractors.language.numbers import cardinal, digits
from dateline.extractors.language.tokenizer import blank_english

NLP = blank_english()


def _words(text: str) -> list[str]:
    return [token.text for token in NLP.make_doc(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("1,200", 1200), ("14 000", 14_000), ("1 200 000", 1_200_000), ("0", 0),
        ("three", 3), ("twenty-three", 23), ("Twenty three", 23),
        ("a hundred and six", 106), ("one hundred fifty", 150), ("two thousand four hundred and one", 2401),
        ("half a dozen", 6), ("a dozen", 12), ("two dozen", 24), ("3 dozen", 36), ("23 thousand", 23_000),
        ("2.5 million", 2_500_000), ("a thousand", 1000), ("nineteen", 19), ("ninety-nine", 99),
    ],
)  # fmt: skip
def test_value(text: str, value: int) -> None:
    found = cardinal(_words(f"{text} people"), 0)
    assert found is not None
    assert found[0] == value


@pytest.mark.parametrize(
    "text", ["dozens", "a", "people", "3.5", "²", "1٤", "first", "①", "hundreds", "and", "-", "000", "041", "1\ufffd40"]
)
def test_no_cardinal(text: str) -> None:
    assert cardinal(_words(f"{text} people"), 0) is None


def test_two_numbers_are_not_one() -> None:
    assert cardinal(_words("killed twenty and six fled"), 1) == (20, 2)


@given(st.integers(0, 999_999_999))
def test_thousands_separators_do_not_change_a_number(number: int) -> None:
    assert digits(str(number)) == digits(f"{number:,}") == number


@given(st.text(max_size=12))
def test_digits_never_raise_and_read_only_ascii(word: str) -> None:
    assert digits(word) is None or word.isascii()


@pytest.mark.parametrize(
    ("text", "start", "value"),
    [
        ("some 12 000 people", 1, 12_000),
        ("About 12 000 people", 1, 12_000),
        ("some 12 000 people", 2, None),  # the end of a number is none
        ("on June 14 200 people", 3, 200),
        ("at 9 100 people", 2, 100),
        ("Flight 93 100 people", 2, 100),
        ("in 2014 200 people", 2, 200),
        ("lost 1\ufffd40 people", 1, None),  # a digit may be lost: 140, or 1940
    ],
)
def test_spaces_between_thousands(text: str, start: int, value: int | None) -> None:
    found = cardinal(_words(text), start)
    assert (found and found[0]) == value
