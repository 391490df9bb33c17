"""What people decide, taken in and laid over what the machine reads, and the incidents that follow from it."""

from collections.abc import Sequence

from dateline.models import store_decisions
from dateline.models.decision import Taken, Verdict
from dateline.models.decision_file import DecisionsFile
from dateline.models.store import Store


def decide(store: Store, verdicts: Sequence[Verdict], *, who: str | None, at: str) -> Taken:
    """Take in verdicts, all of them or none, and let incidents and events follow. `who` and `at` (ISO 8601) are
    for those that do not say. ForeignDecisions where one of them cannot be taken in."""
    taken = store.decide(verdicts, who=who, at=at)
    if taken.taken:
        from dateline.flows.events import link_events

        _gather(store)
        runs = store.runs(limit=1)
        link_events(store, runs[0].run_id if runs else 0)  # a corrected toll is another toll of its event
    return taken


def check(store: Store, verdicts: Sequence[Verdict], *, who: str | None, at: str) -> Taken:
    """What `decide` would take in, and what is there already; nothing is written. ForeignDecisions as there."""
    kept = DecisionsFile(store.path).decisions()
    fresh, known = store_decisions.taken_in(store.connection, verdicts, who=who, at=at, kept=kept)
    return Taken(taken=tuple(fresh), known=tuple(known))


def review_again(store: Store) -> None:
    """Find out how every decision stands to what is read now, and gather the incidents of the articles it concerns.
    After every run, and in a store that is made again. Nothing to do where nobody ever decided anything."""
    if store.settle():
        _gather(store)


def _gather(store: Store) -> None:
    from dateline.extractors.incidents import gather
    from dateline.models import store_reviewed_incidents as reviewed

    work, decided = reviewed.to_gather(store.connection)
    gathered = [(one, gather(one.article, one.facts)) for one in work]
    reviewed.add_gathered(store.connection, gathered, keep=decided)
