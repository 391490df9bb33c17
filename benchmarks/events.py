"""How well reports are linked to events, on the invented corpus in tests/fixtures/events.

    python -m benchmarks.events                        all parts together
    python -m benchmarks.events --part dev --misses    one part, with the wrong merges and splits and their sentences
    python -m benchmarks.events --tbij FILE            a collection of different strikes, not part of this repository

The articles are ingested into a temporary store and linked; machine incidents are held against the gold by the quotes
that their facts overlap (tests/events_corpus.py). What was never read as an incident, or read as one with another
event's, is no matter of linking and is counted apart. The corpus is also ingested in other orders, on several nights,
and again over the first store.
"""

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dateline.models.store import Store
from tests.events_corpus import PARTS, Agreement, Corpus, Matched, agreement, bcubed, judged, load, matched, paths
from tests.events_store import Linked, ingest, linked, look, rerun_all, stored

NIGHTS = 5
SEED = 9
_OWNERS = """
SELECT DISTINCT page.input_id, incident.id, incident.main
FROM current_page AS page
JOIN current_reading AS reading ON reading.text_id = page.text_id AND reading.field = 'incidents'
    AND reading.published IS NOT DISTINCT FROM page.published
JOIN incident ON incident.reading_id = reading.reading_id
ORDER BY ALL
"""


def lines_of(part: str) -> list[str]:
    """The articles of a part as lines."""
    return [line for path in paths(part) for line in path.read_text(encoding="utf-8").splitlines()]


def orders(lines: Sequence[str]) -> dict[str, list[list[str]]]:
    """The same articles as they may come: backwards, shuffled, the wire copies before what they copy or long after."""
    shuffled = list(lines)
    random.Random(SEED).shuffle(shuffled)
    twice = list(lines)
    random.Random(SEED + 1).shuffle(twice)
    nightly = {"backwards, five nights": list(lines)[::-1], "shuffled, five nights": shuffled}
    size = -(-len(lines) // NIGHTS)
    split = {name: [rows[at : at + size] for at in range(0, len(rows), size)] for name, rows in nightly.items()}
    return {**split, "shuffled, one night": [twice]}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=(*PARTS, "all"), default="all", help="(default: all)")
    parser.add_argument("--misses", action="store_true", help="print wrong merges and splits with their sentences")
    parser.add_argument("--once", action="store_true", help="leave the other orders and the second ingest out")
    parser.add_argument("--tbij", type=Path, metavar="FILE", help="different strikes: any merge is wrong")
    options = parser.parse_args()
    if options.tbij is not None:
        different(options.tbij)
        return
    corpus, lines = load(options.part), lines_of(options.part)
    start = time.process_time()
    with stored([lines]) as db:
        with Store.open(db, read_only=True) as store:
            found, machine = matched(store, corpus), linked(store)
        print(
            f"{len(corpus.articles)} articles, {len(corpus.events)} events; {time.process_time() - start:.1f} s of CPU"
        )
        report(corpus, found, machine)
        if options.misses:
            misses(corpus, found, machine)
        if not options.once:
            again(db, lines, machine)


def report(corpus: Corpus, found: Matched, machine: Linked) -> None:
    """The figures of linking, and what the reader of incidents left to it."""
    clean = agreement(found, machine.events, machine.doubtful)
    whole = agreement(found, machine.events, machine.doubtful, blended=True)
    rightly = agreement(found, machine.events, machine.doubtful, misread=False)
    after = agreement(found, judged(found, machine.events, machine.doubtful), [])
    true = sum(found.label.get(a) == found.label.get(b) is not None for a, b in machine.doubtful)
    asked = {tuple(sorted((machine.events[a], machine.events[b]))) for a, b in machine.doubtful}
    touched = {one for pair in machine.doubtful for one in pair}
    lacking = sum(links for links, _ in clean.splits.values())
    listed = sum(known for _, known in clean.splits.values())
    parts = {(whole_, part) for whole_, event in corpus.events.items() for part in event.parts}
    with_part = [pair for pair in clean.merges if pair in parts or pair[::-1] in parts]
    print(
        f"  B-cubed precision {clean.precision:.4f}  recall {clean.recall:.4f}  F1 {clean.f1:.4f}"
        f"  over {clean.items} incidents\n"
        f"  ... with incidents read out of two events: F1 {whole.f1:.4f} over {whole.items}\n"
        f"  ... without those read on another day: F1 {rightly.f1:.4f} over {rightly.items}\n"
        f"  ... once people have answered the doubtful: F1 {after.f1:.4f}\n"
        f"  gold events merged in silence: {len(clean.merges)} pairs"
        f" ({len(with_part)} of them a total with its part)\n"
        f"  gold events split: {len(clean.splits)}, links lacking: {lacking}, of these among the doubtful: {listed}\n"
        f"  doubtful: {len(asked)} questions ({len(machine.doubtful)} pairs, {true} of them one event),"
        f" touching {_share(len(touched & set(machine.events)), len(machine.events))} of the incidents\n"
        f"  the reader of incidents: {len(found.missed)} mentions not read,"
        f" {len(found.blended)} incidents made of two events, {len(found.misread)} with another day,"
        f" {len(found.unmatched)} of no gold event"
    )
    print(f"\n  {'phenomenon':26}{'incidents':>10}{'precision':>11}{'recall':>9}{'split':>7}{'merged':>8}")
    for row in phenomena(corpus, found, machine.events, clean):
        print(row)


def phenomena(corpus: Corpus, found: Matched, events: Mapping[str, str], clean: Agreement) -> Iterator[str]:
    """A row for each tag: B-cubed over the incidents of its events, and how many of these were split or merged."""
    gold = {item: event for item, event in found.label.items() if item not in found.blended}
    tagged = defaultdict(set)
    for event in corpus.events.values():
        for tag in event.tags:
            tagged[tag].add(event.event)
    merged = {event for pair in clean.merges for event in pair}
    for tag, own in sorted(tagged.items()):
        items = [item for item, event in gold.items() if event in own]
        if items:
            precision, recall = bcubed(gold, events, items)
            split, joined = len(own & set(clean.splits)), len(own & merged)
            yield f"  {tag:26}{len(items):10}{precision:11.3f}{recall:9.3f}{split:7}{joined:8}"


def misses(corpus: Corpus, found: Matched, machine: Linked) -> None:
    """Each wrong merge and split, with a sentence of either side and whether people are asked."""
    clean = agreement(found, machine.events, machine.doubtful)
    gold = {item: event for item, event in found.label.items() if item not in found.blended}
    for one, other in clean.merges:
        print(f"\nMERGED {one} ({corpus.events[one].what})\n   and {other} ({corpus.events[other].what})")
        shared = {machine.events.get(i) for i, e in gold.items() if e == one}
        shared &= {machine.events.get(i) for i, e in gold.items() if e == other}
        for item in sorted(item for item, event in gold.items() if event in (one, other)):
            if machine.events.get(item) in shared:
                print(f"   {gold[item]} {item} [{found.value[item]}]: {found.sentence[item]}")
    for event, (links, listed) in clean.splits.items():
        print(f"\nSPLIT {event} ({corpus.events[event].what}): {links} links lacking, {listed} among the doubtful")
        for item in sorted((i for i, e in gold.items() if e == event), key=lambda i: (machine.events.get(i, i), i)):
            print(f"   in {machine.events.get(item, 'no event')}, {item} [{found.value[item]}]: {found.sentence[item]}")


def again(db: Path, lines: Sequence[str], machine: Linked) -> None:
    """Whether other orders give the same events, and a second ingest or a rerun the same ids."""
    print()
    for name, nights in orders(lines).items():
        with stored(nights) as other_db:
            other = look(other_db)
        same = other.groups() == machine.groups() and set(other.doubtful) == set(machine.doubtful)
        strange = len(other.groups() ^ machine.groups())
        print(f"  {name}: {'the same events' if same else f'OTHER EVENTS: {strange} differ'}")
    ingest(db, lines)
    print(f"  a second ingest: {'the same ids' if look(db).events == machine.events else 'OTHER IDS'}")
    rerun_all(db)
    print(f"  a rerun of every incident: {'the same ids' if look(db).events == machine.events else 'OTHER IDS'}")


def different(path: Path) -> None:
    """Read a collection in which every line is another event, and print how many end in an event with another."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    keys = ("id", "text", "published")
    start = time.process_time()
    owners: dict[str, set[str]] = defaultdict(set)
    main = set()
    given = [json.dumps({key: row[key] for key in keys}) for row in rows]
    with stored([given]) as db, Store.open(db, read_only=True) as store:
        machine = linked(store)
        for article, incident, is_main in store.connection.execute(_OWNERS).fetchall():
            owners[incident].add(article)
            main |= {incident} if is_main else set()
    told: dict[str, set[str]] = defaultdict(set)
    chief: dict[str, set[str]] = defaultdict(set)
    for incident, event in machine.events.items():
        told[event] |= owners[incident]
        chief[event] |= owners[incident] if incident in main else set()
    texts = {row["id"]: row["text"] for row in rows}
    groups = sorted(sorted(group) for group in chief.values() if len(group) > 1)
    alike = [group for group in groups if len({texts[one] for one in group}) == 1]
    background = {article for group in told.values() if len(group) > 1 for article in group}
    asked = {article for pair in machine.doubtful for one in pair for article in owners[one]}
    questions = {tuple(sorted((machine.events[a], machine.events[b]))) for a, b in machine.doubtful}
    read = {article for group in owners.values() for article in group}
    print(
        f"{len(rows)} strikes ({len(read)} with an incident); {time.process_time() - start:.1f} s of CPU\n"
        f"  in one event with another strike: {_share(sum(map(len, groups)), len(rows))}, of these with the words"
        f" of the other: {sum(map(len, alike))}\n"
        f"  ... counting what an article mentions beside its news too: {_share(len(background), len(rows))}\n"
        f"  in a doubtful pair: {_share(len(asked), len(rows))}, {len(questions)} questions"
    )
    days = {row["id"]: row["published"] for row in rows}
    for group in groups:
        words = "the same words: " if group in alike else ""
        print(f"  merged, {words}" + "; ".join(f"{one} ({days[one]})" for one in group))


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / max(1, whole):.1%})"


if __name__ == "__main__":
    main()
