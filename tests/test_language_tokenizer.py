"""The tokenizer: nothing lost, news dashes split, no worst case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extractors.language.tokenizer import LONGEST_CHUNK, blank_english

NLP = blank_english()
ATTACKS = ["!", "(", "'", "’s", "n't", "!)", "a!", "$", "http://", "1,", "#a", "\u0301", "“”"]


@given(st.text(max_size=300))
def test_no_character_is_lost(text: str) -> None:
    assert NLP.make_doc(text).text == text


@given(st.lists(st.sampled_from([*ATTACKS, " ", "\n", "word", "12"]), max_size=60), st.integers(1, LONGEST_CHUNK))
def test_no_character_is_lost_around_long_chunks(pieces: list[str], repeat: int) -> None:
    text = "".join(piece * repeat for piece in pieces)
    assert NLP.make_doc(text).text == text


@pytest.mark.parametrize("attack", ATTACKS)
def test_unbroken_runs_make_few_steps(attack: str) -> None:
    # The stock tokenizer peels such a run off one character at a time and needs minutes for this text.
    text = (attack * 100_000)[:100_000]
    assert NLP.make_doc(text).text == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("10–16", ["10", "–", "16"]),
        ("10—16", ["10", "—", "16"]),
        ("4-5", ["4", "-", "5"]),
        ("Sibi/Quetta", ["Sibi", "/", "Quetta"]),
        ("1,200", ["1,200"]),
        ("Pakistan’s", ["Pakistan", "’s"]),
        ("U.S.", ["U.S."]),
    ],
)
def test_what_news_writes(text: str, tokens: list[str]) -> None:
    assert [token.text for token in NLP.make_doc(text)] == tokens
