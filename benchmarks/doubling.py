"""Whether time grows with the length of what is read and not faster, stage by stage, on the worst that can be written.

    python -m benchmarks.doubling [SIZE] [WORD ...]       default: 20,000 characters; every text and page

A line for each text and page: the CPU time of n characters, and time(2n) / time(n) of each stage: tokens, sentences,
every field, incidents; for pages the page stage and the map to its bytes. A stage that takes less than 5 ms for 2n is
not judged (·). More than 2.5 is marked (!), and looked at again with four times the size, for a ratio of two short
times says little. Exit code 1 where one is still above.
"""

import logging
import sys
import time
from collections.abc import Callable
from typing import Any

from dateline.extractors.article import read_article
from dateline.extractors.incidents import gather
from dateline.extractors.page.byte_map import byte_map
from dateline.extractors.pipeline import facts_of, pipeline
from dateline.models.article import Source

MOST = 2.5  # times the time for twice the length: what is linear takes 2, what is quadratic 4
JUDGED = 0.005  # seconds: below it the clock says little
ROUNDS = 3
SIZE = 20_000

TEXTS = {
    "numbers": "3, 4, 5 and 6 killed ",
    "numbers without words": "12 345 6 78 9 1,200 ",
    "number words": "two hundred and twenty thousand and sixty ",
    "decimals and units": "3.5 km 12.7mm 1.2.3 4-5 ",
    "long coordination": "a judge, his wife, two clerks and a guard, ",
    "and": "killed two soldiers and three guards and ",
    "no full stops": "two men were killed near the old bridge while three others were wounded and ",
    "one sentence of names": "Karim Shah Nadir Gul ",
    "capitalised words": "Sea Green Mount High Fort Old ",
    "capitals": "MEN KILLED IN VELM ",
    "initials": "A. B. C. K. Shah ",
    "punctuation": "!?!?.,;:-()[] ",
    "punctuation unbroken": "!",
    "brackets": "( ( killed ( five ) ",
    "brackets never closed": "(",
    "apostrophes": "'s",
    "hyphens": "two-three-",
    "slashes": "and/or/",
    "addresses": "http://",
    "long numbers": "12345678901234567890123456 ",
    "a number without end": "7",
    "a word without end": "a",
    "no spaces": "killed,five,men,",
    "dates": "on 3 May 2021, 4 June and Monday ",
    "days": "11, 12, 13 and 14 June ",
    "weekdays": "Monday Tuesday and Wednesday or Thursday ",
    "years": "2001 2002-2003 2004/05 ",
    "months": "May March June ",
    "places": "in Kabul, Herat, Mosul and Gao ",
    "places without commas": "Kabul Herat Mosul Gao ",
    "places in places": "Lower Side, Old Town, Kabul Province, Afghanistan, near ",
    "directions": "north of the south of the east of ",
    "nested quotes": "“he said ‘she said “they said ",
    "quotes never closed": '"',
    "attributions": "he said that she said that police said that ",
    "titles": "President Prime Minister General Colonel Sheikh ",
    "offices": "the deputy head of the chief of the commander of the ",
    "appositions": "Karim Shah, a commander, the leader, an aide, ",
    "pronouns": "they killed him and he was killed ",
    "nobody": "none of none of no one ",
    "including": "including two women, including three men, ",
    "auxiliaries": "was been being was killed ",
    "corrections": "an earlier version said that five had died, a figure that it later withdrew, ",
    "sentences": "Five men died. ",
    "incidents": "On 3 May five men were killed in Kabul. On 4 June two women died in Herat. ",
    "short lines": "Five men died.\n",
    "blank lines": "a\n\n",
    "bullets": "• Jane Roe says:\n",
    "spaces": "a                    ",
    "tabs": "5\t6\t",
    "zero-width": "5\u200b6 ",
    "overrides": "\u202e041 ",
    "emoji": "👩‍👩‍👧 ",
}
PAGES = {
    "paragraphs": "<p>Five men died in Velm on Monday.</p>",
    "short paragraphs": "<p>A line.</p>",
    "lines": "Five men died.<br>",
    "list items": "<li>Five men died.",
    "links": "<p><a href='/a'>Five men died in Velm today</a></p>",
    "bold": "<b>five</b> men ",
    "bold never closed": "<p>five <b>men",
    "notes": "five men<sup>2</sup> ",
    "cells": "<tr><td>five<td>men",
    "divisions": "<div>Five men died.</div>",
    "divisions never closed": "<div>five",
    "boxes": "<div class='share-tools'>Share this</div>",
    "comments": "<!-- five -->",
    "comments never closed": "<!--",
    "entities": "&amp;&#8238;&shy;",
    "less than": "<",
    "tags never closed": "<a ",
    "quotes in tags": '<="a"',
    "quoted tags": "<a b='<a b=\"",
    "attributes": "<i a=1 b=2 c=3>x</i>",
    "headings": "<h2>Five men died in Velm</h2>",
    "times": "<time datetime='2021-05-03'>3 May</time>",
    "captions": "<figure><img><figcaption>Five men. Photo: Jane Roe</figcaption></figure>",
    "quotations": "<blockquote>five men",
    "scripts": "<script>var a = 1</script>",
    "scripts never closed": "<script>",
    "JSON-LD": '<script type=\'application/ld+json\'>{"@type": "NewsArticle"}</script>',
    "metas": "<meta property='article:published_time' content='2021-05-03'>",
}


Taken = dict[str, float]  # CPU seconds of each stage


def main() -> int:
    """Print the table; returns the exit code."""
    logging.disable(logging.CRITICAL)
    words = sys.argv[1:]
    size = int(words.pop(0)) if words and words[0].isdigit() else SIZE
    pipeline()
    slow = 0
    for kind, units, take in (("text", TEXTS, of_text), ("page", PAGES, of_page)):
        for name, unit in units.items():
            if not words or any(word in name for word in words):
                line, is_slow = judged(unit, size, take)
                slow += is_slow
                print(f"{kind} {name:24}{line}", flush=True)
    print(f"{slow} stages take more than {MOST} times as long for twice the length")
    return 1 if slow else 0


def judged(unit: str, size: int, take: Callable[[str], Taken]) -> tuple[str, int]:
    """The line of a text or page that repeats a unit, and how many of its stages are too slow."""
    ones, twos = least(take, unit * (size // len(unit))), least(take, unit * (2 * size // len(unit)))
    ratios = {stage: twos[stage] / ones[stage] for stage in ones if twos[stage] >= JUDGED}
    doubtful = [stage for stage, ratio in ratios.items() if ratio > MOST]
    if doubtful:
        fours = least(take, unit * (4 * size // len(unit)))
        ratios.update({stage: fours[stage] / twos[stage] for stage in doubtful})
    shown = (f"{stage} {figure(ratios.get(stage))}" for stage in ones)
    return f"{sum(ones.values()):7.3f} s  {' '.join(shown)}", sum(ratio > MOST for ratio in ratios.values())


def figure(ratio: float | None) -> str:
    """A ratio in the table."""
    return "·   " if ratio is None else f"{ratio:.1f}{'!' if ratio > MOST else ' '}"


def least(take: Callable[[str], Taken], text: str) -> Taken:
    """The least time of each stage in some rounds."""
    rounds = [take(text) for _ in range(ROUNDS)]
    return {stage: min(taken[stage] for taken in rounds) for stage in rounds[0]}


def of_text(text: str) -> Taken:
    """The stages of a text, one after the other."""
    taken: Taken = {}
    article = timed(taken, "text", lambda: read_article(Source(id="x", text=text)))
    nlp = pipeline()
    doc = timed(taken, "tokens", lambda: nlp.make_doc(article.text))
    doc._.article, doc._.unread, doc._.facts = article, article.unread, {}
    for name, component in nlp.pipeline:
        timed(taken, name.removeprefix("dateline_"), lambda component=component: component(doc))
    facts = timed(taken, "facts", lambda: facts_of(doc))
    timed(taken, "incidents", lambda: gather(article, facts))
    return taken


def of_page(body: str) -> Taken:
    """The stages of a page with a body."""
    taken: Taken = {}
    data = f"<html><title>Five die in Velm</title><body><h1>Five die in Velm</h1>{body}</body></html>".encode()
    article = timed(taken, "page", lambda: read_article(Source(id="x", page=data)))
    timed(taken, "map", lambda: byte_map(data, article.text))
    return taken


def timed(taken: Taken, stage: str, work: Callable[[], Any]) -> Any:
    """What `work` gives; the time it takes is noted."""
    start = time.process_time()
    result = work()
    taken[stage] = time.process_time() - start
    return result


if __name__ == "__main__":
    sys.exit(main())
