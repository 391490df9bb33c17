"""Facts: the claims of a sentence with their spans, ids and evidence."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, islice

from dateline.extractors.casualties.compose import Claim
from dateline.extractors.casualties.shapes import Stretch
from dateline.extractors.casualties.status import Status
from dateline.extractors.language.tokens import Tokens
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.ids import fact_id
from dateline.models.span import Evidence, EvidenceRole

FIELD = "casualties"
FURTHEST = 100  # facts back to the toll that a "rose to" or "among the dead" speaks of


class Text:
    """A document's text, and characters for tokens."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.text = tokens.source

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """The characters of tokens `start:stop`."""
        starts, last = self._tokens.start, stop - 1
        return starts[start], starts[last] + len(self._tokens.text[last])

    def quote(self, start: int, stop: int) -> str:
        """The text of tokens `start:stop`."""
        first, last = self.span(start, stop)
        return self.text[first:last]


def facts_of(text: Text, claims: list[Claim], statuses: list[Status], before: list[CasualtyFact]) -> list[CasualtyFact]:
    """The facts of one sentence. `before` are those read so far, one of which a newer toll supersedes."""
    ids = [_id(text, claim) for claim in claims]
    facts: list[CasualtyFact] = []
    for claim, status, own in zip(claims, statuses, ids, strict=True):
        start, stop = text.span(claim.start, claim.stop)
        figure = claim.figure
        facts.append(
            CasualtyFact(
                id=own, start=start, stop=stop, quote=text.text[start:stop], rule=claim.rule,
                evidence=tuple(_evidence(text, claim, status)),
                outcome=claim.outcome, low=figure.low, best=figure.best, high=figure.high,
                qualifier=figure.qualifier, vague=figure.vague,
                group=text.quote(claim.groups[0][0], claim.groups[-1][1]) if claim.groups else None,
                group_class=claim.group_class, scope=status.scope, polarity=status.polarity,
                part_of=_part_of(claim, own, ids, chain(reversed(facts), reversed(before))), derived=claim.derived,
                attribution=text.quote(*status.attribution) if status.attribution else None,
                supersedes=_superseded(claim, status, chain(reversed(facts), reversed(before))),
            )
        )  # fmt: skip
    return facts


def denied(text: Text, fact: CasualtyFact, words: Stretch) -> CasualtyFact:
    """The fact as one that `words` of a later sentence take back."""
    evidence = Evidence.of(text.text, "status", *text.span(*words))
    return replace(fact, polarity="denied", evidence=(*fact.evidence, evidence))


def _part_of(claim: Claim, own: str, ids: list[str], backwards: Iterable[CasualtyFact]) -> str | None:
    """The claim that this one is a part of: in its sentence, or for "among the dead were …" the last before it."""
    if claim.parent is not None:
        return ids[claim.parent] if ids[claim.parent] != own else None
    if claim.rule != "casualties.among":
        return None
    wholes = (fact.id for fact in islice(backwards, FURTHEST) if fact.outcome == claim.outcome and fact.part_of is None)
    return next((whole for whole in wholes if whole != own), None)


def _id(text: Text, claim: Claim) -> str:
    start, stop = text.span(claim.start, claim.stop)
    return fact_id(text.text, FIELD, start, stop, claim.outcome)


def _evidence(text: Text, claim: Claim, status: Status) -> list[Evidence]:
    cue = (claim.cue.start, claim.cue.stop)
    listed: list[tuple[EvidenceRole, tuple[int, int] | None]] = [("number", number) for number in claim.numbers]
    listed += [("group", group) for group in claim.groups]
    listed += [
        ("cue", cue),
        ("scope", status.scope_at),
        ("status", status.polarity_at or status.supersedes_at),
        ("attribution", status.attribution),
    ]
    return [Evidence.of(text.text, role, *text.span(*stretch)) for role, stretch in listed if stretch is not None]


def _superseded(claim: Claim, status: Status, backwards: Iterable[CasualtyFact]) -> str | None:
    """The id of the last toll of the same kind that the claim's "rose to" replaces."""
    if status.supersedes_at is None or claim.parent is not None:
        return None
    kind = (claim.outcome, status.scope, status.polarity, None)
    tolls = islice(backwards, FURTHEST)
    return next((fact.id for fact in tolls if (fact.outcome, fact.scope, fact.polarity, fact.part_of) == kind), None)
