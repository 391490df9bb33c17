"""Every field's examples: each marked answer found by its rule with its values, nothing else found, every rule used."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.extractors import pipeline
from dateline.extractors.language.rules import load_rules
from dateline.models.article import Article
from dateline.models.facts import Fact

from .examples import Example, Expected, read_examples

FOLDER = Path(pipeline.__file__).parent


def _all_examples() -> Iterator[tuple[str, Example]]:
    for name in pipeline.field_names():
        for example in read_examples(FOLDER / name / "examples.txt"):
            yield name, example


@pytest.mark.parametrize(
    ("name", "example"),
    list(_all_examples()),
    ids=lambda value: value if isinstance(value, str) else f"line-{value.line}",
)
def test_example(name: str, example: Example) -> None:
    article = Article(result="read", text=example.text, published=example.published)
    facts = list(pipeline.read_facts(article)[name])
    for expected in example.expected:
        found = next((fact for fact in facts if not _faults(expected, fact)), None)
        assert found is not None, _complaint(expected, example, facts)
        facts.remove(found)
    assert not facts, f"line {example.line}: nothing is marked at {[(fact.quote, fact.rule) for fact in facts]}"


@pytest.mark.parametrize("name", pipeline.field_names())
def test_every_rule_has_an_example(name: str) -> None:
    rules = {rule.id for rule in load_rules(FOLDER / name / "rules.yml")}
    used = {expected.rule for example in read_examples(FOLDER / name / "examples.txt") for expected in example.expected}
    assert rules - used == set(), f"{name}/rules.yml: no example in examples.txt for these rules"
    assert used - rules == set(), f"{name}/examples.txt names rules that {name}/rules.yml does not have"


def _faults(expected: Expected, fact: Fact) -> list[str]:
    """What of `fact` differs from what was marked, in words."""
    have = {"start": fact.start, "stop": fact.stop, "rule": fact.rule}
    want: dict[str, object] = {"start": expected.start, "stop": expected.stop, "rule": expected.rule}
    faults = [f"{key} {have[key]!r}, not {want[key]!r}" for key in want if have[key] != want[key]]
    for key, value in expected.values.items():
        got = "-" if (found := getattr(fact, key)) is None else str(found)
        if got != value:
            faults.append(f"{key} {got}, not {value}")
    return faults


def _complaint(expected: Expected, example: Example, facts: list[Fact]) -> str:
    wanted = example.text[expected.start : expected.stop]
    near = [fact for fact in facts if fact.start < expected.stop and expected.start < fact.stop]
    what = "; ".join(f"{fact.quote!r} ({fact.rule}): {', '.join(_faults(expected, fact))}" for fact in near)
    return f"line {example.line}: {wanted!r} by {expected.rule} {expected.values}: {what or 'nothing found there'}"
