"""What a person reads in the fixtures is what the machine reads; where it is not there yet, the line says so."""

import pytest

from tests.expectations import Line, complaint, lines
from tests.golden import FIXTURES, inputs


def _parameters() -> list[object]:
    return [
        pytest.param(line, id=str(line), marks=[pytest.mark.xfail(reason=line.known_miss, strict=True)])
        if line.known_miss
        else pytest.param(line, id=str(line))
        for line in lines()
    ]


@pytest.mark.parametrize("line", _parameters())
def test_the_expectation_holds(line: Line) -> None:
    fault = complaint(line)
    if fault is not None:
        pytest.fail(f"{line}\n{fault}", pytrace=False)


def test_every_fixture_has_its_expectations() -> None:
    assert {path.stem for path in (FIXTURES / "expected").glob("*.yml")} == set(inputs())
