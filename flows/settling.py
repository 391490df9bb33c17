"""What follows every run before it ends: what gathers over articles is brought up to date with the facts."""

from dateline.flows.deciding import review_again
from dateline.flows.events import link_events
from dateline.flows.people import gather_people
from dateline.models.store import Store


def settle(store: Store, run_id: int, *, again: bool = False) -> None:
    """Bring persons and events (all that stands on facts of several articles) up to date. With `again` the store is
    made again: what became of persons was noted when it did."""
    gather_people(store, run_id, again=again)
    review_again(store)
    link_events(store, run_id, again=again)  # over the incidents as people left them
