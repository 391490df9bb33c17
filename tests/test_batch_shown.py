"""The batch page in a browser: what it shows, to whom, and how fast. One browser for the whole module."""

import random
import re
from dataclasses import replace
from typing import Any

import pytest

from dateline.models.article import Article
from dateline.models.ids import content_id, text_id
from dateline.models.record import Record
from dateline.review.batch import BatchArticle

from .batch_helpers import HOSTILE, article, contradiction, doubt, needs_browser, other, rows, state, text_of
from .chromium import Browser
from .store_helpers import TEXT, record, source


@needs_browser
@pytest.mark.slow
class TestShown:
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
