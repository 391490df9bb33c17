"""The rule files of the dates field are whole: known meanings, cues that every pattern holds, refusals that refuse."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from spacy.tokens import Doc

from dateline.extractors import pipeline
from dateline.extractors.dates import find, words
from dateline.extractors.dates.meanings import MEANINGS
from dateline.extractors.language.rules import Match, Rule, RuleSet, load_rules
from dateline.models.article import Article

from .examples import read_examples

RULES = load_rules(find.FOLDER / "rules.yml")
REFUSALS = load_rules(find.FOLDER / "refused.yml")


def test_every_rule_means_something_we_know() -> None:
    named = {rule.values["means"] for rule in RULES if "joins" not in rule.values}
    assert named - MEANINGS.keys() == set()
    assert MEANINGS.keys() - named == set(), "meanings that no rule has"


@pytest.mark.parametrize("rule", [rule for rule in RULES + REFUSALS if rule.patterns], ids=lambda rule: rule.id)
def test_every_pattern_needs_a_class(rule: Rule) -> None:
    """A pattern of bare words would never be tried: rules run where the classes of their words stand."""
    known = words.Words(pipeline.pipeline().vocab, named=frozenset())
    assert [pattern for pattern in rule.patterns if not known.needs(rule, pattern)] == []


def test_every_pattern_is_matched_by_an_example() -> None:
    texts = [example.text for example in read_examples(find.FOLDER / "examples.txt")]
    texts += [text for rule in REFUSALS for text in rule.values["examples"]]
    marked = [_marked(text) for text in texts]
    idle = [
        f"{rule.id}: {pattern}"
        for rule in RULES + REFUSALS
        for pattern in rule.patterns
        if not any(_matches(replace(rule, patterns=(pattern,)), marked))
    ]
    assert idle == []


@pytest.mark.parametrize("rule", REFUSALS, ids=lambda rule: rule.id)
def test_refusal_silences_its_examples(rule: Rule) -> None:
    for text in rule.values["examples"]:
        refused = [find.trimmed(match).span for match in _matches(rule, [_marked(text)])]
        assert refused, f"{rule.id} does not match {text!r}"
        facts = pipeline.read_facts(Article(result="read", text=text, published="2014-06-12"))["dates"]
        read = [
            fact for fact in facts for span in refused if fact.start < span.end_char and span.start_char < fact.stop
        ]
        assert read == []


def _marked(text: str) -> Doc:
    """A text whose words have their classes."""
    nlp = pipeline.pipeline()
    known = words.Words(nlp.vocab, named=frozenset())
    doc: Doc = nlp.make_doc(text)
    known.settle(doc[:], known.mark(doc))
    return doc


def _matches(rule: Rule, docs: Iterable[Doc]) -> Iterator[Match]:
    nlp = pipeline.pipeline()
    compiled = RuleSet(nlp.vocab, [rule], words.Words(nlp.vocab, named=frozenset()).names)
    for doc in docs:
        if doc.has_annotation("TAG"):  # else spaCy refuses to match on tags
            yield from compiled.match(doc)
