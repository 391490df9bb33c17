"""The records of every fixture are what they were when somebody last looked at them."""

import difflib
import json

import pytest

from tests.golden import COMMAND, GOLDEN, golden_path, inputs, pretty, rendered

SHOWN = 80  # lines of a diff: enough to see what happened


@pytest.mark.parametrize("name", inputs())
def test_the_records_are_the_golden_ones(name: str) -> None:
    path = golden_path(name)
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    now = rendered(name)
    if now != kept:
        pytest.fail(
            f"{name}: {_difference(kept, now)}\nmeant? then `{COMMAND} {name}`, and read its diff", pytrace=False
        )


def test_no_golden_record_is_left_of_a_fixture_that_went() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} <= set(inputs())


def test_the_golden_form_is_json_and_loses_nothing() -> None:
    value = {"quote": "x" * 130, "list": [{"low": 1, "high": None}, []], "empty": {}}
    assert json.loads(pretty([value])) == [value]


def _difference(kept: str, now: str) -> str:
    lines = list(difflib.unified_diff(kept.splitlines(), now.splitlines(), "golden", "now", lineterm="", n=2))
    more = [f"… and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])
