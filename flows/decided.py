"""From what somebody types or sends to verdicts: ids found, values read, files told apart by their content."""

import importlib
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline.models.decision import INCIDENTS, ForeignDecisions, Verdict, VerdictKind
from dateline.models.decision_values import kinds
from dateline.models.store import Store, StoreError
from dateline.models.store_rows import COLUMNS, incident_rows

_FIGURE = re.compile(r"(?P<sign>>=|<=|≥|≤|~|≈)?(?P<low>\d+)(?:[-–](?P<high>\d+)|(?P<more>\+))?")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?")


def figure(said: str) -> dict[str, int | None]:
    """A figure as people write it: 14, 10-16, 12+ (or ">=12"), "<=16", ~12; ValueError where it is none."""
    found = _FIGURE.fullmatch(said.replace(",", "").replace(" ", ""))
    if found is None or (found["sign"] and (found["high"] or found["more"])):
        raise ValueError(f'{said!r} is no figure; write 14, 10-16, 12+, "<=16" or ~12')
    number = int(found["low"])
    if found["high"]:
        return {"low": number, "best": None, "high": int(found["high"])}
    sign = ">=" if found["more"] else {"≥": ">=", "≤": "<=", "≈": "~"}.get(found["sign"], found["sign"])
    return {
        "low": None if sign in ("<=", "~") else number,
        "best": None if sign == "<=" else number,
        "high": number if sign in ("<=", None) else None,
    }


def days(said: str) -> dict[str, str]:
    """A day, or two with .. between them; ValueError where it is neither."""
    found = _DAYS.fullmatch(said.strip())
    if found is None:
        raise ValueError(f"{said!r} is no day; write 2014-06-12 or 2014-06-11..2014-06-12")
    return {"earliest": found[1], "latest": found[2] or found[1]}


def seen(store: Store, ref: str) -> tuple[str, str, dict[str, Any]]:
    """The field, id and values of a fact or incident by the start of its id; StoreError where there is none."""
    try:
        found = store.fact(ref)
    except StoreError as no_fact:
        if "means" in str(no_fact):
            raise
    else:
        return found.field, found.fact.id, {name: getattr(found.fact, name) for name in kinds(found.field)}
    try:
        incident = store.incident(ref).incident
    except StoreError as no_incident:
        if "means" in str(no_incident):
            raise
        raise StoreError(
            f"no fact and no incident has the id {ref}; `dateline show` lists the incidents, "
            "and `dateline show ARTICLE` an article's values"
        ) from None
    (row,) = incident_rows("", (incident,))["incident"]
    values = dict(zip(COLUMNS["incident"], row, strict=True))
    return INCIDENTS, incident.id, {name: values[name] for name in kinds(INCIDENTS)}


def on_value(
    store: Store, ref: str, verdict: VerdictKind, *, corrected: Mapping[str, Any], who: str, why: str, at: str
) -> Verdict:
    """A verdict on a value as it is read now."""
    field, target, judged = seen(store, ref)
    return Verdict(
        verdict=verdict,
        field=field,
        target=target,
        judged=judged,
        corrected=corrected,
        who=who,
        why=why,
        at=at,
    )


def addition(
    store: Store,
    ref: str,
    *,
    field: str,
    quote: str,
    nth: int | None,
    values: Mapping[str, Any],
    who: str,
    why: str,
    at: str,
) -> Verdict:
    """A value that an article has and the machine has not: at its words, the `nth` time that they stand there."""
    article = store.article(ref)
    places = [found.start() for found in re.finditer(re.escape(quote), article.text)] if quote else []
    if not places:
        raise StoreError(f"{article.input_id} does not hold the words {quote!r}; they must be as in the article's text")
    if nth is None and len(places) > 1:
        raise StoreError(
            f"{quote!r} stands {len(places)} times in {article.input_id}; say which with --nth, or quote more"
        )
    if nth is not None and not 1 <= nth <= len(places):
        raise StoreError(f"{quote!r} stands {len(places)} time(s) in {article.input_id}; there is no {nth}th")
    start = places[(nth or 1) - 1]
    return Verdict(
        verdict="add",
        field=field,
        text=article.text_id,
        start=start,
        stop=start + len(quote),
        corrected=values,
        who=who,
        why=why,
        at=at,
    )


def read_file(path: Path) -> list[Verdict]:
    """The verdicts of a file that came back: a sheet (XLSX, CSV), a Label Studio export, or what the batch page saved.
    What it is, its content says. ForeignDecisions where it is none of them or cannot be taken in."""
    reader = importlib.import_module(f"dateline.review.{_reader(path)}")
    found: Sequence[Verdict] = reader.read(path)
    return list(found)


def _reader(path: Path) -> str:
    try:
        with path.open("rb") as file:
            begins = file.read(4096)
        if zipfile.is_zipfile(path) or begins.startswith(b"PK"):
            return "read_sheet"
    except OSError as error:
        raise ForeignDecisions(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    if not begins.strip():
        raise ForeignDecisions(f"{path.name} is empty")
    text = begins.decode("utf-8-sig", "replace").lstrip()
    if not text.startswith(("{", "[")):
        return "read_sheet"
    first = text.split("\n", 1)[0]
    try:
        head = json.loads(first)
    except ValueError:
        head = None
    ours = "dateline-decisions" in first or (isinstance(head, dict) and {"who", "count"} & head.keys())
    return "read_decisions" if ours else "read_label_studio"
