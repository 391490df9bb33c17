"""The rule notation, and what it refuses."""

from pathlib import Path

import pytest
from spacy.tokens import Doc

from dateline.extractors.language.lexicon import load
from dateline.extractors.language.rules import Rule, RuleSet, load_rules, longest, required
from dateline.extractors.language.tokenizer import blank_english

NLP = blank_english()
CLASSES = {"MONTH": ["June", "July"], "KILL": ["killed"]}


def rule_set(*patterns: str) -> RuleSet:
    return RuleSet(NLP.vocab, [Rule("test.rule", patterns, {})], CLASSES)


def marked(text: str) -> Doc:
    doc: Doc = NLP.make_doc(text)
    for token in doc:
        token.tag_ = next((name for name, words in CLASSES.items() if token.lower_ in map(str.lower, words)), "")
    return doc


def found(text: str, *patterns: str) -> list[dict[str, str]]:
    matches = longest(rule_set(*patterns).match(marked(text)))
    return [{"": match.span.text, **{label: part.text for label, part in match.parts.items()}} for match in matches]


def test_labels_name_the_parts() -> None:
    assert found("on 11 June", "day:DAY of? month:MONTH") == [{"": "11 June", "day": "11", "month": "June"}]


def test_words_match_without_case_and_alternatives() -> None:
    assert [match[""] for match in found("In June on july", "in|on MONTH")] == ["In June", "on july"]


def test_bounded_repeats() -> None:
    assert found("killed a b c men", "KILL *{0,3} men")[0][""] == "killed a b c men"
    assert found("killed a b c d men", "KILL *{0,3} men") == []


def test_what_a_pattern_cannot_match_without() -> None:
    assert required("the? day:DAY of|in MONTH{0,2} *{1,3} year") == [("DAY",), ("of", "in"), ("*",), ("year",)]


def test_the_rule_id_rides_on_the_span() -> None:
    assert rule_set("MONTH").match(marked("June"))[0].span.id_ == "test.rule"


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(ValueError, match="no word class"):
        rule_set("WEEKDAY")


def test_a_word_in_two_classes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.yml"
    path.write_text("A: [on]\nB: ['On']\n")
    with pytest.raises(ValueError, match="give it one class"):
        load(path)


def test_an_id_may_not_stand_twice(tmp_path: Path) -> None:
    path = tmp_path / "rules.yml"
    path.write_text("- id: a\n  match: x\n- id: a\n  match: y\n")
    with pytest.raises(ValueError, match="stand twice"):
        load_rules(path)
