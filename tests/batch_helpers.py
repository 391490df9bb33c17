"""Invented batches for the tests of the batch page, and what a reviewer does with it in a browser."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.models.decision import Decision, ReviewState, State, VerdictKind
from dateline.models.ids import text_id
from dateline.models.incident import Incident, Toll
from dateline.models.review_order import Doubt, ToReview
from dateline.models.store_reductions import Contradiction
from dateline.review.batch import BatchArticle

from .chromium import CHROMIUM, Browser
from .store_helpers import TEXT, record, source

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")

HOSTILE = (
    TEXT + '\n\n</script><script>window.hacked = 1</script><img src=x onerror="window.hacked=1"> <!-- <script> '
    "]]> {{script}} \\u003c/script\\u003e ' \" ` ${1} &lt;b&gt; \u202eevil\u202c \x00 \u2028 \u2029 end"
)
JUST = "2021-05-05T09:00:00Z"


def article(
    text: str = TEXT, *, name: str = "velm.html", url: str | None = "https://news.example/velm"
) -> BatchArticle:
    return BatchArticle(text_id=text_id(text), record=record(replace(source(name, text=text), url=url)))


def other(number: int) -> BatchArticle:
    """An article like the first, with its incident elsewhere, at another time, with another toll."""
    one = article(f"{TEXT}\n\nNumber {number}.", name=f"{number}.html")
    incident = one.record.incidents[0]
    assert incident.place
    place = replace(incident.place, name=f"Town {number}", latitude=10.0 + number, longitude=20.0, precision=4)
    moved = replace(
        incident, place=place, earliest=f"2020-01-{number + 1:02}", latest=f"2020-01-{number + 2:02}",
        killed=None if number == 0 else Toll(low=number, best=number, high=number + 1),
    )  # fmt: skip
    return replace(one, record=replace(one.record, incidents=(moved,)))


def state(
    one: BatchArticle, verdict: VerdictKind, standing: State, *, disputed: bool = False, **more: Any
) -> ReviewState:
    """A decision on the toll of an article, taken before."""
    toll = one.record.facts["casualties"][0]
    decision = Decision(
        id="d", position=0, verdict=verdict, field="casualties", target=toll.id, text=one.text_id, start=toll.start,
        stop=toll.stop, quote=toll.quote, before="", after="", judged={"low": 1, "best": 1, "high": 1},
        corrected=more.get("corrected", {}), who="Iven Sol", why="heard so", at=JUST,
    )  # fmt: skip
    here = standing != "orphan"
    return ReviewState(
        decision=decision, state=standing, latest=True, disputed=disputed, counts=here and not disputed,
        fact=toll.id if here else None, text=one.text_id if here else None, start=toll.start if here else None,
        stop=toll.stop if here else None, machine={"low": 2} if here else None,
    )  # fmt: skip


def doubt(one: BatchArticle, why: str) -> ToReview:
    incident = one.record.incidents[0]
    doubts = (Doubt(name="x", weight=1.0, why=why, facts=incident.facts[2:3]),)
    return ToReview(incident=incident.id, text_id=one.text_id, reading_id="r", facts=incident.facts, doubts=doubts)


def contradiction(incident: Incident) -> Contradiction:
    toll = incident.facts[2]
    return Contradiction(
        incident_id=incident.id, outcome="killed", kind="figure", one_id=toll, one_quote="Two",
        one_attribution="a mayor", other_id=toll, other_quote="nine", other_attribution=None,
    )  # fmt: skip


def rows(browser: Browser) -> list[str]:
    found: list[str] = browser.ask("[...document.querySelectorAll('.row .place')].map((row) => row.textContent)")
    return found


def text_of(browser: Browser, selector: str) -> str:
    found: str = browser.ask(f"document.querySelector({json.dumps(selector)})?.textContent ?? ''")
    return found


def save(browser: Browser, who: str = "Ada Fenn") -> Path:
    """Press s, give a name where it is asked for; the file."""
    browser.keys("s")
    if browser.ask("document.querySelector('#name').open"):
        browser.type(who)
        browser.keys("Enter")
    return browser.downloaded()


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def choose(browser: Browser, control: str, value: str) -> None:
    """Set a control of the filters."""
    browser.ask(
        f"(() => {{ const one = document.querySelector('#{control}'); one.value = {json.dumps(value)};"
        " one.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def select(browser: Browser, words: str) -> None:
    """Select words in the article, as a mouse would."""
    browser.ask(
        "(() => { for (const piece of document.querySelectorAll('#text [data-from]')) {"
        f" const at = piece.textContent.indexOf({json.dumps(words)}); if (at < 0) continue;"
        f" getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + {json.dumps(words)}.length);"
        " return; } })()"
    )


def fill(browser: Browser, name: str, value: str) -> None:
    browser.ask(f"document.querySelector('#form-body [name={name}]').select()")
    browser.type(value) if value else browser.ask(f"document.querySelector('#form-body [name={name}]').value = ''")
