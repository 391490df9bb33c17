"""Invented articles that name many people alike, and persons gathered the plain way: everything in memory, all anew."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

from dateline.extractors.persons import blocking
from dateline.extractors.persons.gathering import settled
from dateline.extractors.persons.scoring import compared
from dateline.models import store_persons_look
from dateline.models.article import Article, Source
from dateline.models.fields.leaders import LeaderFact
from dateline.models.fields.places import PlaceFact
from dateline.models.ids import content_id, fact_id
from dateline.models.people_file import PeopleFile
from dateline.models.person import Appearance, Judgement, Pair
from dateline.models.record import Record
from dateline.models.store import Entry, Store
from dateline.models.store_rows import page_of

from .store_helpers import DIGESTS, VERSIONS, capture

FIRST = ("Hakim", "Hakeem", "Jalal", "Noor", "Abu", "Karim", "Wali")
LAST = ("Zadran", "Sadat", "Bakar", "Noor", "Afridi")
OFFICES = (
    ("commander", "Heron Front", "armed_group"),
    ("commander", "Sand Column", "armed_group"),
    ("governor", None, "minister_or_official"),
    ("colonel", "Army", "military_or_police"),
)


def article(random: Random, address: str, *, days: int = 4) -> Record:
    """An article that names up to three people, each once or twice."""
    text, leaders = f"{address} {random.randrange(10**9)}.", []
    for number in range(random.randint(0, 3)):
        name = " ".join(_name(random))
        role, organisation, kind = random.choice(OFFICES)
        for _ in range(random.choice((1, 1, 2))):
            text += f" {role} {name}"
            leaders.append((name, role, organisation, kind, len(text) - len(name), f"p{number}"))
    published = random.choice([None, *(f"2014-06-{day:02}" for day in range(1, days + 1))])
    places = []
    if random.random() < 0.5:
        text += " Velm"
        places.append(_place(text, random.choice(("PK", "ML"))))
    found = [_leader(text, *each) for each in leaders]
    told = Article(
        result="read",
        published=published,
        published_from="given" if published else None,
        language="en",
        text=text,
    )
    return Record(id=address, article=told, facts={"leaders": tuple(found), "places": tuple(places)})


def reread(random: Random, record: Record) -> Record:
    """The same article read by other rules: now and then a leader is missed, or another office is found."""
    leaders = []
    for one in record.facts["leaders"]:
        chance = random.random()
        role, organisation, kind = random.choice(OFFICES)
        if chance < 0.1:
            continue
        changed = replace(one, role=role, organisation=organisation, role_class=kind)  # type: ignore[call-arg]
        leaders.append(changed if chance < 0.3 else one)
    return replace(record, facts={**record.facts, "leaders": tuple(leaders)})


def _name(random: Random) -> list[str]:
    kind = random.random()
    if kind < 0.2:
        return [random.choice(LAST)]
    middle = [random.choice(FIRST)] if kind > 0.8 else []
    return [random.choice(FIRST), *middle, random.choice(LAST)]


def _leader(text: str, name: str, role: str, organisation: str | None, kind: Any, start: int, same: str) -> LeaderFact:
    stop = start + len(name)
    return LeaderFact(
        id=fact_id(text, "leaders", start, stop),
        start=start,
        stop=stop,
        quote=name,
        rule="leaders.office",
        name=name,
        role=role,
        organisation=organisation,
        role_class=kind,
        status="mentioned",
        attribution=None,
        same_as=same,
    )


def _place(text: str, country: str) -> PlaceFact:
    start, stop = len(text) - 4, len(text)
    return PlaceFact(
        id=fact_id(text, "places", start, stop),
        start=start,
        stop=stop,
        quote="Velm",
        rule="places.town",
        name="Velm",
        country=country,
        country_name=country,
        admin1="North",
        admin2=None,
        latitude=None,
        longitude=None,
        geonameid=None,
        precision=1,
        role="event",
    )


def store_all(store: Store, records: Iterable[Record], *, digests: Mapping[str, str] = DIGESTS) -> int:
    """One run over these; persons are not gathered."""
    entries = []
    for one in records:
        given = Source(id=one.id, text=one.article.text, published=one.article.published, origin=f"/texts/{one.id}")
        kept = capture(given)
        page = page_of(one, kept.capture_id, dict(digests))
        key = (f"/texts/{one.id}", one.id, 0)
        entries.append(Entry(key=key, outcome="read", capture_id=kept.capture_id, capture=kept, page=page))
    run_id, _ = store.start_run("ingest", parameters={"of": len(entries)}, digests=dict(digests), versions=VERSIONS)
    store.add_shard(run_id, entries)
    store.finish_run(run_id)
    return run_id


def appearances(store: Store) -> list[Appearance]:
    """Every person of every article as it is read now, in time."""
    connection = store.connection
    standing = store_persons_look.Standing(connection, code="none", judgements=[], file=0)
    connection.execute("BEGIN TRANSACTION")
    try:
        store_persons_look.look(connection, standing)
        texts = store_persons_look.fresh(connection)
        found = [one for one, *_ in store_persons_look.appearances(connection, 0, texts)]
    finally:
        connection.execute("ROLLBACK")
    return sorted(found, key=in_time)


def in_time(one: Appearance) -> tuple[str, str, str]:
    """By day, then text; unknown days go first."""
    return one.published or "", one.text_id, one.id


def pairs(found: Sequence[Appearance]) -> dict[tuple[str, str], Pair]:
    """Those that are alike of all neighbours in time in each block."""
    near: dict[int, list[Appearance]] = {}
    for one in found:
        for key in blocking.blocks(one):
            near.setdefault(key, []).append(one)
    both = {
        (one.id, other.id): (one, other)
        for block in near.values()
        for at, one in enumerate(block)
        for other in block[at + 1 : at + 1 + blocking.NEIGHBOURS]
    }
    alike = [pair for one, other in both.values() if (pair := compared(one, other)) is not None]
    return {(pair.left, pair.right): pair for pair in alike}


def before(store: Store) -> dict[str, str]:
    """The person's id of each mention: by the file, and as it is now."""
    query = "SELECT fact_id, person_id FROM person_mention JOIN person_appearance USING (appearance_id)"
    return {**dict(PeopleFile(store.path).founders()), **dict(store.connection.execute(query).fetchall())}


def persons(
    found: Sequence[Appearance], alike: Iterable[Pair], judgements: Sequence[Judgement], was: Mapping[str, str]
) -> dict[str, tuple[str, frozenset[str]]]:
    """Name and appearances of each person, by id."""
    decided = settled(judgements, {mention: one.id for one in found for mention in one.mentions})
    judged = {frozenset((left[0], right[0])) for _, left, right in decided}
    apart = {
        frozenset(two) for one, left, right in decided if one.verdict == "different" for two in product(left, right)
    }
    group = {one.id: {one.id} for one in found}
    joins = [(left[0], right[0]) for one, left, right in decided if one.verdict == "same"]
    joins += [
        (pair.left, pair.right)
        for pair in sorted(alike, key=lambda pair: (-pair.score, pair.left, pair.right))
        if pair.verdict == "same" and frozenset((pair.left, pair.right)) not in judged
    ]
    for one, other in joins:
        mine, theirs = group[one], group[other]
        if mine is not theirs and not any(frozenset(two) in apart for two in product(mine, theirs)):
            mine |= theirs
            group |= dict.fromkeys(theirs, mine)
    clusters: dict[int, list[Appearance]] = {}
    for each in found:
        clusters.setdefault(id(group[each.id]), []).append(each)
    ids = _ids(list(clusters.values()), was)
    return {
        own: (_called(cluster), frozenset(one.id for one in cluster))
        for own, cluster in zip(ids, clusters.values(), strict=True)
    }


def _ids(clusters: Sequence[Sequence[Appearance]], was: Mapping[str, str]) -> list[str]:
    mentions = [[mention for one in cluster for mention in one.mentions] for cluster in clusters]
    claims = sorted(
        (-votes, person, number)
        for number, own in enumerate(mentions)
        for person, votes in Counter(was[mention] for mention in own if mention in was).items()
    )
    given: dict[int, str] = {}
    for _, person, number in claims:
        if number not in given and person not in given.values():
            given[number] = person
    for number, own in enumerate(mentions):
        if number not in given:
            fresh = [content_id("person", mention) for mention in own] + [
                content_id("person", own[0], more) for more in range(2, 9)
            ]
            given[number] = next(one for one in fresh if one not in given.values())
    return [given[number] for number in range(len(clusters))]


def _called(cluster: Sequence[Appearance]) -> str:
    counted = Counter(one.names[0] for one in cluster)
    return min(counted, key=lambda name: (-counted[name], -len(name), name))


def there(store: Store) -> dict[str, tuple[str, frozenset[str]]]:
    """Name and appearances of each person of the store, by id."""
    query = """SELECT person_id, any_value(person.name), list(appearance_id) FROM person
        FULL JOIN person_appearance USING (person_id) GROUP BY person_id"""
    return {own: (name, frozenset(ids)) for own, name, ids in store.connection.execute(query).fetchall()}


def pairs_there(store: Store) -> dict[tuple[str, str], tuple[str, float]]:
    """The pairs of the store, each with its verdict and score."""
    rows = store.connection.execute("SELECT left_id, right_id, verdict, score FROM person_pair").fetchall()
    assert len(rows) == len({(left, right) for left, right, *_ in rows})
    return {(left, right): (verdict, score) for left, right, verdict, score in rows}
