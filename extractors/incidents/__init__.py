"""Incidents: the facts of one article gathered into the events it reports. Pure; knows no spaCy."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import cast

from dateline.extractors.incidents.build import incident_of
from dateline.extractors.incidents.event import Event
from dateline.extractors.incidents.group import events_of
from dateline.extractors.incidents.place_time import setting_of
from dateline.extractors.incidents.text import layout
from dateline.models.article import Article
from dateline.models.facts import Fact
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.leaders import LeaderFact
from dateline.models.fields.places import PlaceFact
from dateline.models.incident import Incident


def gather(article: Article, facts: Mapping[str, Sequence[Fact]]) -> tuple[Incident, ...]:
    """The incidents of `article`, the main one first. Denied, possible and cumulative claims reach none of them."""
    lay = layout(article.text)
    dates = cast(Sequence[DateFact], facts.get("dates", ()))
    places = cast(Sequence[PlaceFact], facts.get("places", ()))
    leaders = cast(Sequence[LeaderFact], facts.get("leaders", ()))
    claims = [fact for fact in cast(Sequence[CasualtyFact], facts.get("casualties", ())) if _counts(fact)]
    events = events_of(lay, setting_of(lay, dates, places, article.published), claims, _named(claims, leaders))
    main = _main(events)
    ordered = sorted(events, key=lambda event: event is not main)
    return tuple(incident_of(article.text, lay, event, leaders, main=event is main) for event in ordered)


def _named(claims: Sequence[CasualtyFact], leaders: Sequence[LeaderFact]) -> dict[str, tuple[str, ...]]:
    """The leaders whom the words of each claim name as killed."""
    starts = [leader.start for leader in leaders]  # both come in text order
    found = {}
    for claim in claims:
        own = leaders[bisect_left(starts, claim.start) : bisect_left(starts, claim.stop)]
        if own and claim.outcome == "killed":
            found[claim.id] = tuple(leader.same_as for leader in own if leader.status == "killed")
    return found


def _counts(fact: CasualtyFact) -> bool:
    return fact.polarity == "affirmed" and fact.scope != "cumulative"


def _main(events: list[Event]) -> Event | None:
    """The event that the article is about: the first it tells that is no background and has a toll, or else the first
    that is none."""
    news = [event for event in events if not event.background]
    return next((event for event in news if event.claims), news[0] if news else None)
