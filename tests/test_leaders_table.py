"""The table of leaders_table.txt: who is found, with role, organisation, status and attribution, and nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.extractors.language.sentences import split
from dateline.extractors.language.tokenizer import blank_english
from dateline.extractors.leaders.component import read_leaders
from dateline.extractors.leaders.reading import ORDER
from dateline.models.fields.leaders import LeaderFact

NLP = blank_english()
TABLE = Path(__file__).with_name("leaders_table.txt")
NAMED = ("leaders.mention", "leaders.alias")  # rules that give no office


def _cases() -> Iterator[tuple[str, list[str], bool]]:
    """Each text, its persons, and whether it is known to fail."""
    cases: list[tuple[str, list[str], bool]] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            cases[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            cases.append((line.removeprefix("~ ").replace("\\n", "\n"), [], line.startswith("~ ")))
    for text, persons, failing in cases:
        yield text, [] if persons == ["-"] else persons, failing


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        pytest.param(text, persons, marks=pytest.mark.xfail(strict=True) if failing else ())
        for text, persons, failing in _cases()
    ],
)
def test_the_persons_of_a_text(text: str, persons: list[str]) -> None:
    mentions: dict[str, list[LeaderFact]] = {}
    for _, fact in read_leaders(split(NLP.make_doc(text))):
        mentions.setdefault(fact.same_as, []).append(fact)
    assert sorted(map(_line, mentions.values())) == sorted(persons)


def _line(mentions: list[LeaderFact]) -> str:
    introduced = next(fact for fact in mentions if fact.rule not in NAMED)
    status = next((one for one in ORDER if any(fact.status == one for fact in mentions)), "mentioned")
    claimed = [fact.attribution for fact in mentions if fact.attribution]
    values = [mentions[0].name, introduced.role or "-", introduced.organisation or "-", status, *claimed[:1]]
    return " | ".join(values)
