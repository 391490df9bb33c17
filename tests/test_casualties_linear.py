"""Reading time grows with the length of the text and not faster, on the worst that can be written."""

import pytest

from dateline.extractors.incidents import gather
from dateline.models.article import Article

from .steps import steps
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
    "owners": "they killed the governor's brother's guard's ",
    "collectives": "a group of a family of a band of nine ",
    "open brackets": "from one (police from two (killed ",
    "bodies": "Rebels kidnapped two men. Their bodies were found. Four of them were women. ",
    "gaps": "three were killed and four on Monday and five in ",
    "listed names": "Karim Shah, Nadir Gul, Lina Orso, ",
    "things": "killed two goats and two sheep and ",
    "lists and their items": "Two guards and a cook were killed. Three guards were killed. ",
    "lines": "Five people were killed on the road.\n",
}


def _steps(text: str) -> int:
    def work() -> None:
        gather(Article(result="read", text=text), {"casualties": read(text)})

    return steps(work)


@pytest.mark.parametrize("name", WORST)
def test_twice_the_text_takes_about_twice_the_steps(name: str) -> None:
    text = WORST[name] * (2_000 // len(WORST[name]))
    read(text)  # what is made once and kept is no part of it
    assert _steps(text + text) < 2.5 * _steps(text)
