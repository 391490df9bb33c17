"""The batch page: what stands in it, and what a reviewer does with it in a browser, by keyboard, until the store says
what was decided. One browser and a handful of pages for the whole module."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.models.article import Article
from dateline.models.decision import Decision, ReviewState, State, VerdictKind
from dateline.models.ids import content_id, text_id
from dateline.models.incident import Incident, Toll
from dateline.models.record import Record
from dateline.models.review_order import Doubt, ToReview
from dateline.models.store import Store
from dateline.models.store_reductions import Contradiction
from dateline.review.batch import BatchArticle, batch_page
from dateline.review.batch.page import escaped_json
from dateline.review.read_decisions import read as read_decisions

from .chromium import CHROMIUM, Browser
from .store_helpers import TEXT, record, run, source

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


# What stands in the file.


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="batch-data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_same_batch_is_the_same_page() -> None:
    made = [batch_page([article(), other(1)], title="One", store="b") for _ in range(2)]
    assert made[0] == made[1]
    assert data_of(made[0])["batch"] != data_of(batch_page([article()], title="One", store="b"))["batch"]


def test_the_page_loads_nothing() -> None:
    page = batch_page([article()])
    head = page.split("</style>")[0]
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', head)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert "*" not in policy[1]
    assert not re.search(r"<(?:link|iframe|img|object|embed|base)\b|<script[^>]*\ssrc|@import|url\(", page)


@pytest.mark.parametrize("what", ["text", "title", "url", "name", "why"])
def test_nothing_in_a_batch_becomes_markup(what: str) -> None:
    """One script that runs and two that hold data, whatever is in the articles."""
    one = article(HOSTILE if what == "text" else TEXT, url=HOSTILE if what == "url" else None)
    record = one.record
    if what == "title":
        record = replace(record, article=replace(record.article, title=HOSTILE, publisher=HOSTILE))
    if what == "name":
        record = replace(record, id=HOSTILE)
    page = batch_page(
        [replace(one, record=record)], title=HOSTILE, order=[doubt(one, HOSTILE)] if what == "why" else []
    )
    assert page.count("<script") == 3
    assert page.count("</script") == 3
    assert "\u202e" not in page.split("</title>")[0]
    page.encode("utf-8")


@given(st.text(st.characters(codec=None), max_size=60))
def test_data_cannot_end_their_element(text: str) -> None:
    written = escaped_json({"a": text, text: 1})
    assert not re.search("[<>&\u2028\u2029]", written)
    shown = re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert json.loads(written.encode())["a"] == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", None])
def test_only_a_web_address_gives_links(url: str | None) -> None:
    (one,) = data_of(batch_page([article(url=url)]))["articles"]
    assert {fact["link"] for fact in one["facts"]} == {None}


def test_values_are_named_as_the_store_names_them() -> None:
    from dateline.models.decision_values import checked, kinds

    data = data_of(batch_page([article()]))
    (one,) = data["articles"]
    for fact in one["facts"]:
        assert fact["values"].keys() == kinds(fact["field"]).keys()
        assert checked(fact["field"], fact["values"]) == fact["values"]
    (incident,) = one["incidents"]
    assert incident["values"].keys() <= kinds("incidents").keys()
    for field, form in data["fields"].items():
        assert {column["name"] for column in form["form"]} <= kinds(field).keys(), field


def test_an_empty_batch_is_a_page() -> None:
    assert data_of(batch_page([]))["articles"] == []


# In the browser.


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """Opens a page, without what an earlier one left in the browser. Nothing may go wrong on it unseen."""

    def opens(articles: Sequence[BatchArticle], **more: Any) -> Browser:
        path = tmp_path / "batch.html"
        path.write_text(batch_page(articles, **more), encoding="utf-8", newline="")
        browser.errors.clear()
        browser.open(path)
        return browser

    yield opens
    browser.ask("localStorage.clear()")
    assert browser.errors == []


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


@needs_browser
@pytest.mark.slow
class TestInTheBrowser:
    def test_from_the_page_to_the_store(self, opened: Any, tmp_path: Path) -> None:
        """Open, accept, reject, correct, add, save; and the store says what was decided."""
        with Store.open(tmp_path / "a.duckdb") as store:
            run(store, [source(), source("z.html", text=f"{TEXT}\n\nNine 🐑 of them fled.")])
            read = [BatchArticle(text_id=stored.text_id or "", record=found) for stored, found in store.records()]
            browser = opened(read, store=store.ledger.birth)
            browser.keys("a")  # the incident
            browser.keys("jr")  # its first value, the place
            browser.keys("c")  # the next one, the toll: at least 2, at most 3
            assert text_of(browser, "#form-heading") == "Correct: 2 killed"
            fill(browser, "high", "1")
            browser.keys("Enter")
            assert "must not fall" in text_of(browser, "#form-error")
            assert browser.ask("document.activeElement.name") == "low"
            fill(browser, "best", "")
            fill(browser, "high", "3")
            browser.keys("Enter")
            browser.wait("!document.querySelector('#form').open")
            browser.keys("n")
            assert text_of(browser, "#progress-words") == "1 of 2 decided · 3 not saved"
            select(browser, "🐑 of")
            browser.keys("+")
            fill(browser, "low", "9")
            browser.keys("Enter")
            browser.wait("document.querySelector('.v.is-add')")
            path = save(browser)
            head, *lines = lines_of(path)
            assert head == {
                "schema": "dateline-decisions/1",
                "who": "Ada Fenn",
                "store": store.ledger.birth,
                "count": 4,
            }
            assert [(one["field"], one["verdict"]) for one in lines] == [
                ("incidents", "accept"), ("places", "reject"), ("casualties", "correct"), ("casualties", "add"),
            ]  # fmt: skip
            assert lines[2]["corrected"] == {"best": None, "high": 3}
            added = read[1].record.article.text
            assert added[lines[3]["start"] : lines[3]["stop"]] == "🐑 of"
            taken = store.decide(read_decisions(path), who=None, at=JUST)
            assert len(taken.taken) == 4
            assert not taken.stale | taken.orphan | taken.disputed
            kept = {(one.field, one.verdict): one for one in store.decisions()}
            assert kept["casualties", "add"].quote == "🐑 of"
            assert {one.who for one in kept.values()} == {"Ada Fenn"}
            assert [one.state for one in store.review_states()] == ["applied"] * 4
            tolls = store.connection.execute("SELECT low, best, high FROM reviewed_casualties WHERE human").fetchall()
            assert sorted(tolls) == [(2, None, 3), (9, None, None)]
            assert store.connection.execute("SELECT count(*) FROM reviewed_places").fetchall() == [(1,)]
            assert not store.decide(read_decisions(path), who=None, at=JUST).taken  # the same file says nothing new
            # What was decided stands on the next page.
            browser = opened(read, store=store.ledger.birth, earlier=store.review_states())
            assert text_of(browser, "#progress-words") == "1 of 2 decided"
            assert browser.ask("document.querySelectorAll('.v.last.is-add').length") == 0
            browser.keys("n")
            assert browser.ask("document.querySelectorAll('.v.last.is-add').length") == 1

    def test_filters(self, opened: Any) -> None:
        articles = [article(), *(other(number) for number in range(4))]
        order = [doubt(articles[3], "a sum"), doubt(articles[1], "no day")]
        found = [contradiction(articles[2].record.incidents[0])]
        browser = opened(articles, order=order, contradictions=found)
        assert [row.split(",")[0] for row in rows(browser)] == ["Town 2", "Town 0", "near Velm", "Town 1", "Town 3"]
        assert "a sum" in text_of(browser, ".row .why")
        for tick, shown in (("only-doubt", 2), ("only-contradiction", 2), ("only-undecided", 5), ("only-again", 1)):
            browser.click(f"#{tick}")
            browser.wait("!document.querySelector('#clear').hidden")
            assert len(rows(browser)) == shown, tick  # the chosen one stays listed
            browser.click("#clear")
            browser.wait("document.querySelector('#clear').hidden")
        browser.keys("/")
        browser.type("TÓWN 3.")
        browser.wait("document.querySelectorAll('.row').length === 2")
        browser.keys("Escape")
        browser.click("#clear")
        choose(browser, "from", "2020-12-31")
        browser.wait("document.querySelectorAll('.row').length === 2")
        assert "2 of 5" in text_of(browser, "#counted")
        choose(browser, "from", "")
        choose(browser, "order", "toll")
        browser.wait("document.querySelectorAll('.row').length === 5")
        assert rows(browser)[0].startswith("Town 3")
        assert rows(browser)[-1].startswith("Town 0")

    def test_undo_and_withdraw(self, opened: Any) -> None:
        browser = opened([article(), other(1)])
        browser.keys("ajr")
        assert browser.ask("document.querySelectorAll('.v.last.is-reject').length") == 1
        browser.keys("u")
        assert browser.ask("document.querySelectorAll('.v.last.is-reject').length") == 0
        browser.keys("u")
        assert text_of(browser, "#progress-words") == "0 of 2 decided"
        browser.keys("u")
        assert text_of(browser, "#said") == "There is nothing to undo."
        select(browser, "shepherds")
        browser.keys("+")
        fill(browser, "low", "4")
        browser.keys("Enter")
        browser.wait("document.querySelector('.v.is-add')")
        browser.keys("x")
        assert browser.ask("document.querySelector('.v.is-add')") is None
        browser.keys("A")  # all of the first, and on to the second
        assert text_of(browser, "#progress-words").startswith("1 of 2 decided")
        assert "Town 1" in text_of(browser, "#subject")

    def test_a_value_is_added_by_keyboard_alone(self, opened: Any) -> None:
        """Without a selection the words are typed, and which of them is meant is chosen."""
        browser = opened([article("😀 " + TEXT)])
        browser.keys("+")
        browser.wait("document.activeElement.name === 'words'")
        browser.type("no such words")
        browser.keys("Enter")
        assert "do not stand in it" in text_of(browser, "#form-error")
        fill(browser, "words", "Velm")
        assert browser.ask("document.querySelector('[name=which]').options.length") == 2
        browser.ask("document.querySelector('[name=which]').focus()")
        browser.keys("ArrowDown", "Tab", "P")  # the second, as a place
        assert browser.ask("document.querySelector('#form-body [name=role]').value") == "event"
        fill(browser, "name", "Velm")
        browser.keys("Enter")
        browser.wait("document.querySelector('.v.is-add')")
        (_, verdict) = lines_of(save(browser))
        text = "😀 " + TEXT
        assert (verdict["field"], verdict["start"]) == ("places", text.index("Velm", 30))
        assert text[verdict["start"] : verdict["stop"]] == "Velm"

    def test_a_saved_file_is_gone_on_with(self, opened: Any, tmp_path: Path) -> None:
        browser = opened([article()])
        browser.keys("a")
        select(browser, "on")
        browser.keys("+")
        fill(browser, "low", "4")
        browser.keys("Enter")
        browser.wait("document.querySelector('.v.is-add')")
        lines = lines_of(save(browser))
        elsewhere = {**lines[1], "text": "0123456789abcdef", "target": "fedcba9876543210", "who": "Iven Sol"}
        path = tmp_path / "again.jsonl"
        whole = [{**lines[0], "count": 3}, *lines[1:], elsewhere]
        path.write_text("".join(json.dumps(line) + "\n" for line in whole), encoding="utf-8")
        browser = opened([article()])
        browser.choose_file("#file", path)
        browser.wait("document.querySelector('#said').textContent.includes('2 decisions loaded; 1 on articles')")
        assert browser.ask("document.querySelectorAll('.v.last.is-add').length") == 1
        again = lines_of(save(browser))
        assert sorted(map(json.dumps, again[1:])) == sorted(map(json.dumps, whole[1:]))
        for damage in ("no JSON\n", "{}\n", json.dumps(whole[0]) + "\n", json.dumps({**whole[0], "store": "x"}) + "\n"):
            path.write_text(damage, encoding="utf-8")
            browser.choose_file("#file", path)
            browser.wait("document.querySelector('#said').textContent.includes('was not loaded')")
            browser.keys("j")
            assert text_of(browser, "#progress-words") == "1 of 1 decided"

    def test_a_closed_page_is_taken_up_again(self, browser: Browser, tmp_path: Path) -> None:
        path = tmp_path / "draft.html"
        path.write_text(batch_page([article()], title="Draft"), encoding="utf-8")
        browser.open(path)
        browser.keys("a")
        # Whoever leaves with decisions that are not saved is asked; the driver says yes.
        browser.ask("history.length")
        browser.open(path)
        browser.wait("document.querySelector('#said').textContent.includes('1 decision of your last visit')")
        assert text_of(browser, "#progress-words") == "1 of 1 decided · 1 not saved"
        asked = "!dispatchEvent(new Event('beforeunload', {cancelable: true}))"
        assert browser.ask(asked)
        save(browser)
        assert not browser.ask(asked)
        browser.ask("localStorage.clear()")

    def test_from_values_to_words_and_back(self, opened: Any) -> None:
        browser = opened([article(), other(1)], contradictions=[contradiction(article().record.incidents[0])])
        browser.click(".figures .quote.f-casualties")
        marked = "[...document.querySelectorAll('.v.chosen')].map((one) => one.textContent).join('')"
        assert browser.ask(marked).replace("Velm", "") == "Two shepherds were killed"
        assert browser.ask("[...document.querySelectorAll('#text .proof')].map((one) => one.textContent)") == ["killed"]
        assert "casualties.passive" in text_of(browser, ".rule")
        link = browser.ask("document.querySelector('.rule a').href")
        assert link.startswith("https://news.example/velm#:~:text=")
        browser.click("#text .v.f-dates")
        assert "3 May 2021" in text_of(browser, "#value-heading")
        assert browser.ask("document.querySelector('#text .v.chosen').textContent") == "3 May 2021"
        assert "Contradiction" in text_of(browser, ".contradiction")
        # The name could also mean another place: one click proposes it.
        browser.click("#text .v.f-places")
        browser.click(".rests .link")
        assert browser.ask("document.querySelector('#form-body [name=country]').value") == "XB"
        browser.keys("Enter")
        (_, verdict) = lines_of(save(browser))
        assert verdict["corrected"]["geonameid"] == 7
        assert verdict["corrected"]["country"] == "XB"

    def test_furniture_is_not_shown(self, opened: Any) -> None:
        """The first word of the invented text is marked as furniture."""
        browser = opened([article()])
        shown = "[...document.querySelectorAll('#text [data-from]')].map((one) => one.textContent).join('')"
        assert browser.ask(shown).startswith(" die in Velm 😀")

    def test_overlapping_values_and_emoji(self, opened: Any) -> None:
        """Values that cross each other, after emoji: each is marked over exactly its words."""
        one = article("🐑🐑 " + TEXT)
        text = one.record.article.text
        first = one.record.facts["casualties"][0]
        start, stop = text.index("were killed"), text.index("on 3 May")
        crossing = replace(first, id="c0ffee", start=start, stop=stop, quote=text[start:stop], evidence=())
        facts = {**one.record.facts, "casualties": (first, crossing)}
        browser = opened([replace(one, record=replace(one.record, facts=facts))])
        for fact in (first, crossing, *one.record.facts["dates"], *one.record.facts["leaders"]):
            browser.click(f"[data-id='{fact.id}']")
            assert (
                browser.ask("[...document.querySelectorAll('.v.chosen')].map((one) => one.textContent).join('')")
                == fact.quote
            )

    def test_every_span_is_marked_over_its_own_words(self, opened: Any) -> None:
        """Spans at random, over each other and over lines, in texts of all scripts: what is marked is what was read."""
        at_random = random.Random(20140611)
        articles = [spans_at_random(text, at_random) for text in NASTY]
        browser = opened(articles)
        marked = browser.ask(MARKED)
        assert browser.errors == []
        for one in articles:
            for fact in one.record.facts["casualties"]:
                shown = re.sub("[\ud800-\udfff]", "\ufffd", fact.quote)
                assert "".join(marked[fact.id].split()) == "".join(shown.split()), (fact.quote, marked[fact.id])

    def test_hostile_articles_do_nothing(self, opened: Any, browser: Browser) -> None:
        one = article(HOSTILE, url="javascript:window.hacked=1")
        record = replace(one.record, article=replace(one.record.article, title=HOSTILE, publisher=HOSTILE))
        hostile = replace(one, record=replace(record, id=HOSTILE))
        opened([hostile], title=HOSTILE, order=[doubt(hostile, HOSTILE)])
        shown = "[...document.querySelectorAll('#text [data-from]')].map((one) => one.textContent).join('').length"
        assert browser.ask(shown) > len(HOSTILE) - 20
        browser.keys("jjjj23c")
        browser.keys("Escape")
        assert browser.ask("window.hacked === undefined")
        assert browser.ask("[...document.links].every((link) => /^(https?:|#|file:)/.test(link.getAttribute('href')) )")
        # Even markup that got in would not run, nor load anything.
        browser.ask(
            "(() => { const script = document.createElement('script'); script.textContent = 'window.hacked = 1';"
            " const box = document.createElement('div'); document.body.append(script, box);"
            " box.innerHTML = '<img src=http://127.0.0.1:9/x onerror=\"window.hacked = 1\">'; })()"
        )
        browser.wait("true")
        assert browser.ask("window.hacked === undefined")
        refused = [one for one in browser.errors if "Content Security Policy" in one]
        assert refused
        browser.errors[:] = [one for one in browser.errors if one not in refused]
        asked = {one["requestId"]: one["request"]["url"] for one in browser.saw("Network.requestWillBeSent")}
        stopped = {
            one["requestId"] for one in browser.saw("Network.loadingFailed") if one.get("blockedReason") == "csp"
        }
        left = [url for number, url in asked.items() if number not in stopped]
        assert {url.split(":")[0] for url in left} <= {"file", "blob", "data"}  # data: the browser's own icons

    def test_incidents_of_one_event_know_each_other(self, opened: Any) -> None:
        articles = [article(), other(1), other(2)]
        told = [one.record.incidents[0].id for one in articles]
        browser = opened(articles, events={told[0]: "e1", told[2]: "e1", told[1]: "e2"})
        assert text_of(browser, ".panel .note").startswith("Told of the same event: ")
        assert browser.ask("document.querySelectorAll('.panel .note li').length") == 1
        browser.click(".panel .note button")
        assert "Town 2" in text_of(browser, "#subject")
        browser.keys("p")
        assert browser.ask("document.querySelector('.panel .note')") is None

    def test_an_article_without_incidents_is_seen_too(self, opened: Any) -> None:
        one = article("🐑 " + TEXT)
        browser = opened([replace(one, record=replace(one.record, incidents=())), other(1)])
        assert text_of(browser, "#progress-words") == "0 of 1 decided"
        assert rows(browser) == ["Town 1, North, Aland", "no place"]
        browser.keys("na")
        assert text_of(browser, "#said").startswith("No incident was read here")
        browser.keys("ja")
        assert browser.ask("document.querySelectorAll('.v.last.is-accept').length") == 1

    def test_what_was_decided_before(self, opened: Any) -> None:
        articles = [article(), other(1), other(2), other(3)]
        earlier = [
            state(articles[0], "accept", "stale"), state(articles[1], "reject", "applied", disputed=True),
            state(articles[2], "correct", "applied", corrected={"low": 5, "best": 5, "high": 5}),
            state(articles[3], "accept", "orphan"),
        ]  # fmt: skip
        browser = opened(articles, earlier=earlier)
        assert [row.split(",")[0] for row in rows(browser)][:2] == ["near Velm", "Town 1"]  # asked again, so first
        assert text_of(browser, ".row .tag") == "stale: ask again"
        browser.click("#text .v.f-casualties")
        assert (
            "Iven Sol: accepted – heard so (2021-05-05) Stale: the machine reads something else now. It was at least: 1"
            in text_of(browser, ".value .standing")
        )
        browser.keys("a")
        assert "stale" not in text_of(browser, ".row .why")
        browser.keys("n")
        assert "disputed" in text_of(browser, ".row[aria-selected=true] .why")
        browser.click("#lost")
        assert "Iven Sol: accepted Toll “Two shepherds were killed”" in text_of(browser, "#lost-body li")

    def test_map_timeline_and_list_follow_each_other(self, opened: Any) -> None:
        articles = [article(), *(other(number) for number in range(4))]
        browser = opened(articles)
        browser.keys("2")
        assert text_of(browser, "#map-words") == "5 incidents placed"
        chosen = "document.querySelector('#{} [aria-selected=true]')?.dataset.number"
        for box in ("map", "time"):
            assert browser.ask(f"document.querySelectorAll('#{box} [role=option]').length") == 5
            browser.ask(f"document.querySelector('#{box}').focus()")
            browser.keys("Home")
            passed = [browser.ask(chosen.format(box))]
            for _ in range(4):
                browser.keys("ArrowRight")
                passed.append(browser.ask(chosen.format(box)))
            assert sorted(passed) == ["0", "1", "2", "3", "4"]
            browser.keys("End", "ArrowLeft")
            numbers = {browser.ask(chosen.format(one)) for one in ("map", "time", "list")}
            assert len(numbers) == 1, numbers
            assert browser.ask(f"document.querySelector('#{box}').getAttribute('aria-activedescendant')")
        browser.click("#time [role=option]")
        assert (
            browser.ask(chosen.format("map"))
            == browser.ask(chosen.format("time"))
            == browser.ask(chosen.format("list"))
        )
        browser.keys("n")
        assert browser.ask(chosen.format("map")) == browser.ask(chosen.format("list"))
        # A toll that nobody gives is a diamond; a place known to the province has a circle around it.
        assert browser.ask("document.querySelectorAll('#map .sign.unknown path').length") == 1
        assert browser.ask("document.querySelectorAll('#map .cloud').length") == 4
        for button in ("map-in", "map-out", "map-world", "map-fit", "time-in", "time-out", "time-fit"):
            browser.click(f"#{button}")
        browser.keys("3")
        assert browser.ask("document.querySelectorAll('#view-table tbody tr').length") == 5

    @pytest.mark.parametrize("dark", [False, True])
    def test_everything_has_a_name_and_can_be_read(self, opened: Any, dark: bool) -> None:
        browser = opened([article(), other(1)], contradictions=[contradiction(article().record.incidents[0])])
        browser.look(dark=dark)
        for view in ("1jja", "2", "3", "1c", "Escape", "?"):
            browser.keys(*([view] if view == "Escape" else view))
            browser.wait("true")
            roles = ("button", "textbox", "searchbox", "combobox", "checkbox", "listbox", "option", "tab", "link",
                     "dialog", "Date", "region", "article", "tabpanel", "progressbar")  # fmt: skip
            for node in browser.tree():
                if node["role"]["value"] in roles:
                    assert node.get("name", {}).get("value", "").strip(), (
                        view,
                        node["role"],
                        node.get("backendDOMNodeId"),
                    )
            pale = browser.ask(CONTRASTS)
            assert pale == [], (view, pale)
        browser.look()

    def test_the_keyboard_reaches_everything_and_is_held_nowhere(self, opened: Any) -> None:
        browser = opened([article(), other(1)])
        browser.ask("document.activeElement.blur()")
        passed: list[str] = []
        where = (
            "(({ id, dataset, attributes }) => id || dataset.do || dataset.key || attributes.href?.value || 'BODY')"
            "(document.activeElement)"
        )
        for _ in range(80):
            browser.keys("Tab")
            here = browser.ask(where)
            if here == passed[0] if passed else False:
                break
            passed.append(here)
            if here != "BODY":
                assert browser.ask("getComputedStyle(document.activeElement).outlineStyle") != "none", here
        for wanted in ("#list", "who", "load", "help", "search", "place", "order", "from", "to", "only-doubt", "list",
                       "tab-article", "text", "incident", "values", "accept", "undo", "next"):  # fmt: skip
            assert wanted in passed, (wanted, passed)
        assert (
            passed.index("search")
            < passed.index("list")
            < passed.index("text")
            < passed.index("values")
            < passed.index("accept")
        )
        browser.keys("Shift+Tab")
        assert browser.ask(where) in (*passed, "BODY")

    def test_keys_can_be_switched_off(self, opened: Any) -> None:
        browser = opened([article()])
        browser.keys("?")
        browser.click("#help-body input[type=checkbox]")
        browser.keys("Escape")
        browser.wait("!document.querySelector('#help-page').open")
        browser.keys("a")
        assert text_of(browser, "#progress-words") == "0 of 1 decided"
        browser.click("[data-do=accept]")
        assert text_of(browser, "#progress-words") == "1 of 1 decided · 1 not saved"

    def test_a_thousand_incidents(self, opened: Any) -> None:
        """Two hundred articles with five incidents each: a key is answered within a few frames."""
        articles = [many(number) for number in range(200)]
        browser = opened(articles)
        assert text_of(browser, "#counted") == "1,000 in all"
        took = browser.ask(TIMED)
        # 2 to 20 ms on a quiet machine; what this catches is work that grows with the square of the batch.
        assert max(took["n"], took["j"], took["a"]) < 250, took
        assert took["map"] < 2500, took


# Milliseconds a key, layout and all.
TIMED = """(() => {
  const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const timed = (key, times) => {
    const begun = performance.now();
    for (let i = 0; i < times; i += 1) { press(key); document.body.offsetHeight; }
    return (performance.now() - begun) / times;
  };
  return { n: timed("n", 10), j: timed("j", 5), a: timed("a", 5), map: timed("2", 1) };
})()"""


NASTY = (
    "🐑🐑 nine men 👩‍👩‍👧 and 𝟙𝟚 others\n\ndied in e\u0301clair 🏴 street.",
    "قُتل 12 شخصا في غارة 🚑 على صنعاء\n\nوقال \u202bمسؤول\u202c إن \u202e14\u202c آخرين جرحوا.",
    "a\r\nb\tc\x0bd\x00e\u2028f\u2029g\u200bh\xadi\n\n\n\nj",
    "half \ud83d a pair \ude00 and a whole 😀 one",
    "<b>12</b> &amp; </script> <!-- ]]> killed\n<img src=x onerror=alert(1)>",
    "𠜎𠜱𠝹𠱓 死者は十二人 𠱸𠲖 ゕ゚ か゚\n負傷者 ３４人 👨🏽‍🚒",
)


def spans_at_random(text: str, at_random: random.Random) -> BatchArticle:
    """An article with twelve tolls anywhere in its text, none of white space alone."""
    toll = record(source()).facts["casualties"][0]
    facts = []
    while len(facts) < 12:
        start = at_random.randrange(len(text))
        stop = min(len(text), start + at_random.randint(1, 30))
        if text[start:stop].strip():
            name = content_id(text.encode("utf-8", "replace"), start, stop)
            facts.append(replace(toll, id=name, start=start, stop=stop, quote=text[start:stop], evidence=()))
    read = Record(id="x", article=Article(result="read", text=text), facts={"casualties": tuple(facts)})
    return BatchArticle(text_id=content_id(text.encode("utf-8", "replace")), record=read)


# The words that are marked for each value, as its list has them, row by row.
MARKED = """(() => {
  const found = {};
  for (const row of document.querySelectorAll(".row")) {
    row.click();
    for (const id of [...document.querySelectorAll("#values [data-id]")].map((one) => one.dataset.id)) {
      document.querySelector(`#values [data-id="${id}"]`).click();
      found[id] = [...document.querySelectorAll("#text .v.chosen")].map((one) => one.textContent).join("");
    }
  }
  return found;
})()"""


def many(number: int) -> BatchArticle:
    one = other(number % 28)
    text = f"{one.record.article.text} {number}"
    incident = one.record.incidents[0]
    several = tuple(replace(incident, id=content_id(number, part), main=part == 0) for part in range(5))
    read = Record(**{**vars(one.record), "article": replace(one.record.article, text=text), "incidents": several})
    return BatchArticle(text_id=text_id(text), record=read)


# Text whose colour is too near to that of its ground (WCAG 2.2, 1.4.3: 4.5 to 1), as [ratio, words, class].
CONTRASTS = """(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const light = ([r, g, b]) => { const f = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const ground = (element) => {
    const above = element.parentElement ? ground(element.parentElement) : [255, 255, 255, 1];
    return over(rgba(getComputedStyle(element).backgroundColor), above);
  };
  const open = document.querySelector("dialog[open]");
  const bad = [];
  for (const element of document.querySelectorAll("body *:not(script):not(svg *)")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.getClientRects().length) continue;
    if (element.closest("[aria-disabled=true], :disabled, option")) continue;
    if (open && !open.contains(element)) continue;
    const under = ground(element), ink = over(rgba(getComputedStyle(element).color), under);
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) bad.push([ratio.toFixed(2), element.textContent.slice(0, 30), element.className]);
  }
  return bad;
})()"""
