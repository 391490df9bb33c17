"""Reading time grows with the length of the text and not faster, on the worst that can be written."""

import time

import pytest

from dateline.extractors.incidents import gather
from dateline.models.article import Article

from .tolls import read

WORST = {
    "numbers": "3, 4, 5 and 6 killed ",
    "a list without end": "a judge, his wife, ",
    "and": "killed two soldiers and three guards and ",
    "no full stops": "two men were killed near the old bridge while three others were wounded and ",
    "pronouns": "they killed him and he was killed ",
    "nobody": "none of none of no one ",
    "including": "including two women, including three men, ",
    "of": "two of the three of the four of the dead ",
    "names": "Karim Shah Nadir Gul and ",
    "brackets": "( ( killed ( five ) ",
    "each": "five men each killed in each ",
    "auxiliaries": "was been being was killed ",
    "tolls": "the death toll rose to ",
    "others": "Three others were also killed. ",
    "corrections": "an earlier version said that five had died, a figure that it later withdrew, ",
    "counts by others": "five people dead — nine by some counts — and ",
    "losses": "after it stood at five people they lost two men in two clashes since July ",
    "groups": "Gunmen killed a man. Two gunmen died. Two others were also killed. Doctors said nine people died.\n",
    "lines": "Five people were killed on the road.\n",
}


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        facts = read(text)
        gather(Article(result="read", text=text), {"casualties": facts})
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("name", WORST)
def test_twice_the_text_takes_twice_the_time(name: str) -> None:
    length = 8_000  # characters: long enough that the clock's grain does not show
    text = WORST[name] * (length // len(WORST[name]))
    once, twice = _seconds(text), _seconds(text + text)
    assert twice < 3 * once + 0.05, f"{once:.3f} s, then {twice:.3f} s"
