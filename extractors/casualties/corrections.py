"""Corrections: figures that are taken back, in their own sentence or in the next."""

from functools import cache

from dateline.extractors.casualties.compose import Claim
from dateline.extractors.casualties.phrases import first_words, phrase_at, phrases_between
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Stretch
from dateline.extractors.casualties.vocabulary import grammar

BEFORE = 40  # tokens from "an earlier version" to the figure it gave
AFTER = 16  # tokens from a figure to what takes it back: "had been killed, a figure that it later withdrew"
BETWEEN = 6  # tokens between "figure" and "withdrew", either way


def taken_back(sentence: Sentence, claim: Claim) -> Stretch | None:
    """The words of its sentence that take the claim's figure back."""
    for at in reversed(phrases_between(sentence, "withdrawn", claim.start - BEFORE, claim.start)):
        if ";" not in map(sentence.word, range(at, claim.start)):
            return at, at + phrase_at(sentence, at, "withdrawn")
    for at in phrases_between(sentence, "figure", claim.stop, claim.stop + AFTER):
        for verb in phrases_between(sentence, "retracts", at + 1, at + BETWEEN):
            return at, verb + 1
    if phrases_between(sentence, "reported", claim.start - BETWEEN, claim.start):
        for at in phrases_between(sentence, "untrue", claim.stop, claim.stop + AFTER):
            return at, at + phrase_at(sentence, at, "untrue")
    return None


def takes_back(sentence: Sentence) -> Stretch | None:
    """The words with which a sentence takes back the figures of the one before: "have since withdrawn that figure"."""
    for at in phrases_between(sentence, "retracts", sentence.start, sentence.stop):
        for figure in phrases_between(sentence, "figure", at + 1, at + BETWEEN):
            if sentence.word(figure - 1) in grammar("plural_definite") | {"that"}:
                return at, figure + 1
    return None


def denies_death(sentence: Sentence) -> Stretch | None:
    """The words with which a sentence denies the one death of which that before it told: "The group denied it"."""
    found = phrases_between(sentence, "alive", sentence.start, sentence.stop)
    return (found[0], found[0] + phrase_at(sentence, found[0], "alive")) if found else None


@cache
def retracting() -> frozenset[str]:
    """The words with which phrases that take something back begin."""
    return first_words("retracts") | first_words("alive") - {"is", "was"} | {"alive"}
