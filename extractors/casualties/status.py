"""Status: how a claim is meant, whom it covers, who makes it, and whether it replaces an earlier one."""

from dataclasses import dataclass

from dateline.extractors.casualties.attribution import attribution_of
from dateline.extractors.casualties.compose import Claim
from dateline.extractors.casualties.phrases import phrase_at, phrases_between
from dateline.extractors.casualties.polarity import polarity_of
from dateline.extractors.casualties.quantities import QUOTES
from dateline.extractors.casualties.scope import scope_of
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Stretch
from dateline.models.fields.casualties import Polarity, Scope

REACH = 6  # tokens from "rose" to the figure


@dataclass(frozen=True, slots=True)
class Status:
    """How a claim is meant, each with the tokens that say so."""

    polarity: Polarity = "affirmed"
    scope: Scope = "incident"
    polarity_at: Stretch | None = None
    scope_at: Stretch | None = None
    attribution: Stretch | None = None
    supersedes_at: Stretch | None = None


def status_of(sentence: Sentence, claim: Claim) -> Status:
    """The status of a claim of this sentence."""
    polarity, polarity_at = polarity_of(sentence, claim)
    scope, scope_at = scope_of(sentence, claim)
    return Status(polarity, scope, polarity_at, scope_at, attribution_of(sentence, claim), _supersedes(sentence, claim))


def _supersedes(sentence: Sentence, claim: Claim) -> Stretch | None:
    """The words right before the figure, or around the "death toll", that make it a newer one: "rose to"."""
    total = claim.rule == "casualties.toll"
    begin = (min(claim.start, claim.cue.start) if total else claim.start) - REACH
    for at in reversed(phrases_between(sentence, "supersedes", begin, claim.start)):
        length = phrase_at(sentence, at, "supersedes")
        quoted = sentence.word(at + length) in QUOTES
        if total or at + length + quoted == claim.start:
            return at, at + length
    return None
