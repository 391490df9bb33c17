"""The invented corpus of events: its articles with their gold, which incident of a store stands for which gold event,
and how well linked incidents agree with the gold. tests/fixtures/events/README.md explains the files."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from dateline.models.store import Store

FOLDER = Path(__file__).parent / "fixtures" / "events"
Part = Literal["dev", "held-out", "fresh", "unseen"]
PARTS: tuple[Part, ...] = ("dev", "held-out", "fresh", "unseen")

TOLL = 100  # a toll that stands in a quote counts for more than all days and places can

# What each article's incidents rest on. Fact ids hash text, field and position: they need no reading beside them.
_READ = """
WITH span AS (
    SELECT DISTINCT id, start, stop, true AS toll FROM casualties
    UNION SELECT id, start, stop, false FROM dates
    UNION SELECT id, start, stop, false FROM places
    UNION SELECT id, start, stop, false FROM leaders
)
SELECT DISTINCT page.input_id, incident.id, span.start, span.stop, span.toll, incident.earliest::VARCHAR,
    incident.latest::VARCHAR, concat_ws(', ',
        coalesce(CASE WHEN earliest = latest THEN earliest::VARCHAR ELSE earliest || '/' || latest END, 'no day'),
        coalesce(place_name, 'no place'), 'killed ' || coalesce(killed_best, killed_low, killed_high))
FROM current_page AS page
JOIN current_reading AS reading ON reading.text_id = page.text_id AND reading.unread = page.unread
    AND reading.published IS NOT DISTINCT FROM page.published
    AND reading.published_from IS NOT DISTINCT FROM page.published_from AND reading.field = 'incidents'
JOIN incident ON incident.reading_id = reading.reading_id
LEFT JOIN incident_fact AS fact ON fact.reading_id = incident.reading_id AND fact.incident_id = incident.id
LEFT JOIN span ON span.id = fact.fact_id
ORDER BY ALL
"""


@dataclass(frozen=True)
class Quote:
    """Where an article speaks of a gold event. `note` is why the coder took it so, where that is not obvious."""

    event: str
    role: Literal["report", "background"]
    start: int
    quote: str
    note: str | None = None

    @property
    def stop(self) -> int:
        """Behind its last character."""
        return self.start + len(self.quote)


@dataclass(frozen=True)
class Article:
    """An article and the events that it speaks of."""

    id: str
    published: str
    title: str
    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class GoldEvent:
    """An event. `parts` are the events that it is the total of; `tags` the phenomena that it is there for."""

    event: str
    earliest: str
    latest: str
    place: str
    tags: tuple[str, ...]
    what: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Corpus:
    """Articles by id and gold events by id."""

    articles: dict[str, Article]
    events: dict[str, GoldEvent]


@dataclass
class Matched:
    """Which machine incidents stand for which gold event. `blended` incidents hold the words of several, so that no
    linking can be right; `missed` are (article, event) of which no incident was read; `unmatched` incidents speak of
    no gold event."""

    label: dict[str, str] = field(default_factory=dict)
    blended: dict[str, set[str]] = field(default_factory=dict)
    missed: list[tuple[str, str]] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    misread: set[str] = field(default_factory=set)  # the reader gave the incident another day than the event's
    sentence: dict[str, str] = field(default_factory=dict)  # of an incident, to be shown
    value: dict[str, str] = field(default_factory=dict)  # its day, place and dead as they were read, to be shown


def paths(part: str) -> list[Path]:
    """The files of articles of one of PARTS, or of `all`."""
    return [FOLDER / f"{one}.jsonl" for one in PARTS if part in (one, "all")]


def load(part: str) -> Corpus:
    """The articles and gold events of one of PARTS, or of `all`."""
    articles, events = {}, {}
    for path in paths(part):
        for row in _rows(path):
            quotes = tuple(Quote(**quote) for quote in row["gold"])
            articles[row["id"]] = Article(row["id"], row["published"], row["title"], row["text"], quotes)
        for row in _rows(path.with_name(f"{path.stem}-events.jsonl")):
            events[row["event"]] = GoldEvent(
                **{**row, "tags": tuple(row["tags"]), "parts": tuple(row.get("parts", ()))}
            )
    return Corpus(articles, events)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def matched(store: Store, corpus: Corpus) -> Matched:
    """The store's incidents held against the gold quotes: an incident stands for the event whose quotes most of its
    tolls, else of its facts, overlap; one that overlaps none for the event of a quote in the same sentence."""
    read: dict[str, dict[str, list[tuple[int, int, bool]]]] = defaultdict(lambda: defaultdict(list))
    days: dict[str, tuple[str | None, str | None]] = {}
    found = Matched()
    for article, incident, start, stop, toll, *when, value in store.connection.execute(_READ).fetchall():
        days[incident], found.value[incident] = (when[0], when[1]), value
        if start is not None:
            read[article][incident].append((start, stop, toll))
    for one in corpus.articles.values():
        _match(one, read.get(one.id, {}), found)
    for incident, name in found.label.items():
        earliest, latest = days[incident]
        event = corpus.events[name]
        if earliest is not None and latest is not None and (latest < event.earliest or earliest > event.latest):
            found.misread.add(incident)
    return found


def _match(article: Article, incidents: Mapping[str, list[tuple[int, int, bool]]], found: Matched) -> None:
    told: set[str] = set()
    beside = []
    taken: set[tuple[int, int]] = set()  # a day or place that a stronger incident shares says nothing of a weaker one
    weights = {incident: _weight(article, spans, set()) for incident, spans in incidents.items()}
    for incident in sorted(incidents, key=lambda one: (-weights[one].total(), one)):
        weight = _weight(article, incidents[incident], taken)
        taken |= {span[:2] for span in incidents[incident]}
        tolls = {event for event, points in weight.items() if points >= TOLL}
        if not weight:
            beside.append(incident)
            continue
        event = min(weight, key=lambda one: (-weight[one], one))
        told |= tolls or {event}
        found.label[incident] = event
        found.sentence[incident] = next(_sentence(article.text, q) for q in article.quotes if q.event == event)
        if len(tolls) > 1:
            found.blended[incident] = tolls
    for incident in beside:
        spans = incidents[incident]
        near = [q for q in article.quotes if q.event not in told and _touches(article.text, q, spans)]
        if near:  # a part shares its day with its whole: then that day says which part it is
            own = min(near, key=lambda q: not any(start < q.stop and stop > q.start for start, stop, _ in spans))
            found.label[incident] = own.event
            found.sentence[incident] = _sentence(article.text, own)
            told.add(own.event)
        else:
            found.unmatched.append(incident)
    found.missed += [(article.id, event) for event in sorted({q.event for q in article.quotes} - told)]


def _weight(article: Article, spans: Iterable[tuple[int, int, bool]], taken: set[tuple[int, int]]) -> Counter[str]:
    """How much of an incident stands in each event's quotes: its tolls above all, the rest where nothing took it."""
    weight: Counter[str] = Counter()
    for start, stop, toll in spans:
        for quote in article.quotes:
            if start < quote.stop and stop > quote.start and (toll or (start, stop) not in taken):
                weight[quote.event] += TOLL if toll else 1
    return weight


def _bounds(text: str, quote: Quote) -> tuple[int, int]:
    """The sentence around a quote, roughly: between full stops."""
    start = max(text.rfind(mark, 0, quote.start) for mark in (". ", '." ', "\n", "? ")) + 1
    ends = [at for mark in (". ", '." ', "\n") if (at := text.find(mark, quote.stop)) >= 0]
    return start, min(ends, default=len(text))


def _touches(text: str, quote: Quote, spans: Iterable[tuple[int, int, bool]]) -> bool:
    first, last = _bounds(text, quote)
    return any(first <= start < last for start, _, _ in spans)


def _sentence(text: str, quote: Quote) -> str:
    start, stop = _bounds(text, quote)
    return " ".join(text[start : stop + 1].split())


@dataclass(frozen=True)
class Agreement:
    """How machine events agree with gold ones. `merges` are pairs of gold events of which one machine event holds clean
    incidents; `splits` is, for each gold event in more than one machine event, how many links lack and how many of
    these are among the doubtful pairs."""

    precision: float
    recall: float
    items: int
    merges: tuple[tuple[str, str], ...]
    splits: dict[str, tuple[int, int]]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.items else 1.0


def bcubed(gold: Mapping[str, str], machine: Mapping[str, str], over: Iterable[str]) -> tuple[float, float]:
    """B-cubed precision and recall (Bagga and Baldwin 1998) averaged over the items `over`; clusters are those of all
    items of `gold`. An item without a machine cluster is alone."""
    own = {item: machine.get(item, f"alone {item}") for item in gold}
    both = Counter((gold[item], own[item]) for item in gold)
    golds, machines = Counter(gold.values()), Counter(own.values())
    items = list(over)
    if not items:
        return 1.0, 1.0
    precision = sum(both[gold[item], own[item]] / machines[own[item]] for item in items) / len(items)
    recall = sum(both[gold[item], own[item]] / golds[gold[item]] for item in items) / len(items)
    return precision, recall


def agreement(
    found: Matched,
    machine: Mapping[str, str],
    doubtful: Iterable[tuple[str, str]],
    *,
    blended: bool = False,
    misread: bool = True,
) -> Agreement:
    """How `machine` (incident id to event id) agrees with the gold labels, with the pairs of incidents left to people.
    `blended` incidents, which hold two gold events, are left out unless asked for; `misread` ones, of another day than
    their event's, on demand."""
    left_out = (set() if blended else set(found.blended)) | (set() if misread else found.misread)
    gold = {item: event for item, event in found.label.items() if item not in left_out}
    precision, recall = bcubed(gold, machine, gold)
    holders: dict[str, set[str]] = defaultdict(set)
    clusters: dict[str, set[str]] = defaultdict(set)
    for item, event in gold.items():
        cluster = machine.get(item, f"alone {item}")
        holders[cluster].add(event)
        clusters[event].add(cluster)
    merges = {pair for events in holders.values() for pair in combinations(sorted(events), 2)}
    links = {(machine.get(one, one), machine.get(other, other)) for one, other in doubtful}
    splits = {
        event: (len(parts) - 1, len(parts) - _components(parts, links))
        for event, parts in sorted(clusters.items())
        if len(parts) > 1
    }
    return Agreement(precision, recall, len(gold), tuple(sorted(merges)), splits)


def _components(nodes: set[str], links: Iterable[tuple[str, str]]) -> int:
    group = {node: node for node in nodes}
    for one, other in links:
        if one in group and other in group and group[one] != group[other]:
            old, new = group[one], group[other]
            group = {node: new if where == old else where for node, where in group.items()}
    return len(set(group.values()))


def judged(found: Matched, machine: Mapping[str, str], doubtful: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The machine's events after a person has answered every doubtful pair as the gold has it."""
    merged = dict(machine)
    for one, other in doubtful:
        if one in merged and other in merged and found.label.get(one) == found.label.get(other) is not None:
            old, new = merged[one], merged[other]
            merged = {item: new if event == old else event for item, event in merged.items()}
    return merged
