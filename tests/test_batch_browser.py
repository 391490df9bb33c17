"""The batch page in a browser: what a reviewer does by keyboard, until the store says what was decided."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.models.store import Store
from dateline.review.batch import BatchArticle, batch_page
from dateline.review.read_decisions import read as read_decisions

from .batch_helpers import (
    JUST,
    article,
    choose,
    contradiction,
    doubt,
    fill,
    lines_of,
    needs_browser,
    other,
    rows,
    save,
    select,
    text_of,
)
from .chromium import Browser
from .store_helpers import TEXT, run, source


@needs_browser
@pytest.mark.slow
class TestDeciding:
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
