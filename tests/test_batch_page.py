"""The batch page: what stands in it."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.review.batch import batch_page
from dateline.review.batch.page import escaped_json

from .batch_helpers import HOSTILE, article, doubt, other
from .store_helpers import TEXT


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
