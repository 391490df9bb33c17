"""What one export is about: the articles, rows and events of a store, some or all of them, in the order asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from dateline.flows.request import Order
from dateline.models.decision import Decision, ReviewState
from dateline.models.incident import Incident
from dateline.models.record import Record
from dateline.models.review_order import ToReview
from dateline.models.store import Store, StoredArticle
from dateline.models.store_exports import EventRow


class Batch:
    """Some of a store: what happened at `place` (part of a name, or a country's code; None for all of it), by date or
    with what needs eyes first; of these the first `limit` articles, or rows of a sheet."""

    def __init__(
        self, store: Store, *, order: Order = "date", place: str | None = None, limit: int | None = None
    ) -> None:
        self.store, self.order, self.place, self.limit = store, order, place, limit
        self.long_texts: dict[str, str] = {}  # of which a cell holds a part only; filled by `rows`

    @cached_property
    def states(self) -> list[ReviewState]:
        """Every decision and how it stands."""
        return self.store.review_states()

    @cached_property
    def decided(self) -> dict[str, list[Decision]]:
        """The decisions that hold today, by the id of the fact or incident they are about, the oldest first."""
        found: dict[str, list[Decision]] = defaultdict(list)
        for one in self.states:
            if one.latest and (one.counts or one.disputed) and one.fact is not None:
                found[one.fact].append(one.decision)
        return dict(found)

    @cached_property
    def to_review(self) -> list[ToReview]:
        """What needs eyes, the most doubtful first."""
        return self.store.review_order()

    @cached_property
    def doubts(self) -> dict[str, str]:
        """Why an incident or a fact wants eyes, by its id."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.to_review:
            for doubt in one.doubts:
                for target in (one.incident, *doubt.facts):
                    if target is not None and doubt.why not in found[target]:
                        found[target].append(doubt.why)
        return {target: "; ".join(whys) for target, whys in found.items() if whys}

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The place of incidents and facts in the order of review."""
        found: dict[str, int] = {}
        for rank, one in enumerate(self.to_review):
            for target in (one.incident, *one.facts):
                if target is not None:
                    found.setdefault(target, rank)
        return found

    def records(self) -> Iterator[tuple[StoredArticle, Record]]:
        """The articles that report something of the batch."""
        return islice(self._records(), self.limit)

    def _records(self) -> Iterator[tuple[StoredArticle, Record]]:
        every = ((article, record) for article, record in self.store.records() if self._is_wanted(record))
        if self.order == "date":
            yield from every
            return
        last = len(self.to_review)
        ranked = sorted(
            ((min((self.ranks.get(one.id, last) for one in record.incidents), default=last), number, article)
             for number, (article, record) in enumerate(every)), key=lambda one: one[:2]
        )  # fmt: skip
        for _, _, article in ranked:
            yield article, self.store.record(article)

    def rows(self, what: str) -> Iterator[Mapping[str, Any]]:
        """The rows of a sheet (see review.sheets)."""
        return islice(self._every_row(what), self.limit)

    def _every_row(self, what: str) -> Iterator[Mapping[str, Any]]:
        from dateline.review.tables import event_sheet_rows

        if what == "events":
            yield from event_sheet_rows(self.events())
        elif self.order == "date":
            yield from (row for _, row in self._rows(what))
        else:
            last = len(self.to_review)
            ranked = sorted(self._rows(what), key=lambda one: self.ranks.get(one[0], last))
            yield from (row for _, row in ranked)

    def _rows(self, what: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        from dateline.review.tables import is_cut, rows_of

        for _, record in self.store.records():
            if not self._is_wanted(record):
                continue
            wanted = self._targets(record)
            for target, row in rows_of(record, what, decided=self.decided, doubts=self.doubts):
                if wanted is None or target in wanted:
                    if is_cut(row):
                        self.long_texts.setdefault(row["text"], record.article.text)
                    yield target, row

    def _is_wanted(self, record: Record) -> bool:
        return self.place is None or any(is_at(one, self.place) for one in record.incidents)

    def _targets(self, record: Record) -> set[str] | None:
        """The incidents at the place, and their facts; None where everything is wanted."""
        if self.place is None:
            return None
        found = [one for one in record.incidents if is_at(one, self.place)]
        return {target for one in found for target in (one.id, *one.facts)}

    def events(self, *, policy: str | None = None) -> list[EventRow]:
        """The events at the place, by date."""
        from dateline.models.store_exports import event_rows

        return event_rows(self.store.connection, policy=policy, place=self.place)

    def line(self, record: Record) -> str:
        """A record as a line of JSON; where people decided on any of its values, with what they decided."""
        from dateline.review.jsons import record_line

        targets = [*record.all_facts(), *(one.id for one in record.incidents)]
        return record_line(record, {one: self.decided[one] for one in targets if one in self.decided})

    def page(self) -> tuple[str, int]:
        """The batch page, and how many articles are on it."""
        from dateline.flows.cli.captured import captured
        from dateline.review.batch import BatchArticle, batch_page

        found = [
            BatchArticle(text_id=str(article.text_id), record=record, shown=captured(self.store, article, record).shown)
            for article, record in self.records()
        ]
        title = f"Dateline: {self.place}" if self.place else "Dateline"
        page = batch_page(
            found,
            title=title,
            store=self.store.ledger.birth,
            contradictions=self.store.contradictions(),
            earlier=self.states,
            order=self.to_review,
            events=self._events_of(),
        )
        return page, len(found)

    def _events_of(self) -> dict[str, str]:
        from dateline.models.store_exports import events_of_incidents

        return events_of_incidents(self.store.connection)


def is_at(incident: Incident, place: str) -> bool:
    """Whether an incident was at a place: part of its name or a division's, or its country's code."""
    where = incident.place
    if where is None:
        return False
    names: Iterable[str | None] = (where.name, where.admin1, where.admin2, where.country_name)
    return where.country == place.upper() or any(place.casefold() in name.casefold() for name in names if name)
