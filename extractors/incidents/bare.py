"""Events of which an article tells day and place, and no toll."""

from collections.abc import Iterable, Sequence

from dateline.extractors.incidents.event import Event
from dateline.extractors.incidents.occasions import event_words
from dateline.extractors.incidents.place_time import Setting, days_of, distance, place_at
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

MOST = 40  # days of a sentence that are looked at
CLOSE = 12  # characters from such a word to a month or year that is its own
CONTEXT = 4  # sentences before it in which the place of an event can stand


def bare_events(layout: Layout, setting: Setting, events: Sequence[Event], sentence: int) -> Iterable[Event]:
    """The events of a sentence: a day to which one of its words for an event stands nearest, and a place."""
    found: list[Event] = []
    for date in _days(layout, setting, sentence):
        place = _place(layout, setting, sentence, date)
        if place is not None and not any(event.agrees(date, place) for event in [*events, *found] if not event.several):
            parent = next((event for event in events if event.several and event.agrees(date, place)), None)
            if parent is not None and parent.at == sentence and parent.place == place:
                continue  # "12 died in two attacks on Tuesday in the north": of neither is any more told
            found.append(Event(sentence, [], [date], place, parent=parent))
    yield from found


def _days(layout: Layout, setting: Setting, sentence: int) -> list[DateFact]:
    """The days of a sentence on which something happened: in "mourners of Monday's attack met on Friday" the first."""
    start, stop = layout.bounds(sentence)
    days = days_of(setting, sentence)[:MOST]
    dates = [*days, *setting.said.get(sentence, ())]
    longer = [date for date in setting.dates.get(sentence, ())[:MOST] if date not in days]
    told: set[str] = set()
    for word in event_words(layout.text[start:stop]) if days else ():
        first, last = start + word.start(), start + word.end()
        if not any(0 <= date.start - last <= CLOSE for date in longer):  # "was shelled in May"
            told.add(min(dates, key=lambda date: (distance(date.start, date.stop, first, last), date.start)).id)
    return [date for date in days if date.id in told]


def _place(layout: Layout, setting: Setting, sentence: int, date: DateFact) -> PlaceFact | None:
    """The place of its sentence or of one beside it, else the last named shortly before."""
    near = [sentence, sentence - 1, sentence + 1, *range(sentence - 2, sentence - 1 - CONTEXT, -1)]
    places = (place_at(setting, other, date.start, date.stop) for other in near if other >= 0)
    return next((place for place in places if place is not None), None)
