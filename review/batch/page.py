"""The batch page as one string: template, style, scripts and data put together, under a policy that lets in no more.

The policy names the hashes of the one style sheet and the one script; a script or a style that got in by any other way
is not run by the browser. The data stand in a script element of type application/json, which is never run; `<`, `>`
and `&` are written as escapes there, so that no text of an article can end the element.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from dateline.models.decision import ReviewState
from dateline.models.review_order import ToReview
from dateline.models.store_reductions import Contradiction
from dateline.review.batch.data import batch_data
from dateline.review.batch.shapes import BatchArticle

# Later files use what earlier ones define; all of them stand in one function.
SCRIPTS = (
    "basics", "offsets", "batch", "decisions", "filters", "listbox", "list", "article", "standing",
    "panel", "forms", "adding", "scales", "map", "timeline", "table", "views", "deciding", "files", "keys", "start",
)  # fmt: skip
_UNSAFE = re.compile("[<>&\u2028\u2029]")
_LONE = re.compile("[\ud800-\udfff]")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def batch_page(
    articles: Iterable[BatchArticle],
    *,
    title: str = "Dateline",
    store: str | None = None,
    contradictions: Iterable[Contradiction] = (),
    earlier: Iterable[ReviewState] = (),
    order: Iterable[ToReview] = (),
    events: Mapping[str, str] | None = None,
) -> str:
    """The page as HTML, to be written as UTF-8. The same arguments give the same page.

    `store` is the birth of the store, which the file of decisions names; `events` gives an incident's event by the
    incident's id. `order` is what needs eyes first; what it does not name comes last, in the order of the articles.
    """
    data = batch_data(
        articles,
        title=title,
        store=store,
        contradictions=contradictions,
        earlier=earlier,
        order=order,
        events=events or {},
    )
    style, script = _asset("page.css"), _script()
    parts = {
        "title": html.escape(_UNSHOWN.sub("", _LONE.sub("\ufffd", title))),
        "policy": _policy(style, script),
        "style": style,
        "script": script,
        "data": escaped_json(data),
        "world": escaped_json(json.loads(_asset("world.json"))),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _asset("page.html"))


def escaped_json(data: Any) -> str:
    """JSON that cannot end the element it stands in, and is UTF-8 whatever a text holds: half a surrogate pair becomes
    U+FFFD, which is as long, so that offsets hold."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", _LONE.sub("\ufffd", written))


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


@cache
def _script() -> str:
    modules = "\n".join(_asset(f"js/{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{modules}\n}})();\n'


@cache
def _asset(name: str) -> str:
    return files("dateline.review.batch").joinpath(name).read_text(encoding="utf-8")
