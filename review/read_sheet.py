"""Sheets that come back: XLSX and CSV, as Dateline wrote them or as LibreOffice, Excel and others saved them since.

Columns may be moved, added and deleted, rows sorted, filtered and deleted, numbers and dates typed anew. What may not
change is what the machine said; and whatever cannot be understood is refused with its cell, and the file with it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dateline.models.decision import Verdict
from dateline.review.cells import bare
from dateline.review.read_cells import Unreadable, day, is_empty, is_same, is_shown, number, whole
from dateline.review.read_tables import Row, rows_of_file
from dateline.review.seal import Broken, Seal, read_seal
from dateline.review.sheets import COMMENT, NOBODY, REVIEWER, SEAL, VERDICT, Column, Sheet, sheet_of

MOST = 1_000_000  # people in one figure


def read(path: Path) -> list[Verdict]:
    """The verdicts in a sheet, in the order of its rows; none where nothing was filled in. ForeignDecisions where
    anything in it cannot be taken: the message names the cell and says what to do."""
    found: dict[tuple[str | None, str | None], tuple[Verdict, Row]] = {}
    for row in rows_of_file(path, needed=(SEAL, VERDICT)):
        if (verdict := _verdict(row)) is None:
            continue
        first, where = found.setdefault((verdict.target, verdict.who), (verdict, row))
        if first != verdict:  # one reviewer says one thing of one value; a row that was copied says it twice
            raise row.wrong(VERDICT, f"another verdict on the same value stands in {where.name}; leave one of them")
    return [verdict for verdict, _ in found.values()]


def _verdict(row: Row) -> Verdict | None:
    seal, sheet = _seal(row)
    _check_machine(row, seal, sheet)
    word = _text(row, VERDICT).casefold()
    corrected = _corrected(row, sheet)
    comment = _text(row, COMMENT)
    if not word and not corrected:
        if comment:
            raise row.wrong(COMMENT, "a comment without a verdict; write accept, reject or correct, or clear it")
        return None
    word = word or "correct"
    if word not in ("accept", "reject", "correct"):
        raise row.wrong(VERDICT, f"“{word[:40]}” is no verdict; write accept, reject or correct, or clear it")
    if (word == "correct") != bool(corrected):
        first = next((one.name for one in sheet.columns if one.corrects and not is_empty(row.get(one.name))), VERDICT)
        what = f"a correction beside the verdict {word}" if corrected else "correct, and no right value beside it"
        raise row.wrong(first, f"{what}; fill the correct_ columns for a correction, and only then")
    return Verdict(
        verdict=word,  # type: ignore[arg-type]  # held against the three just now
        field=seal.field,
        target=seal.target,
        text=seal.text,
        judged=seal.judged,
        corrected=corrected,
        who=_text(row, REVIEWER) or None,
        why=comment,
    )


def _seal(row: Row) -> tuple[Seal, Sheet]:
    written = row.get(SEAL)
    if is_empty(written):
        raise row.wrong(SEAL, "this row has none: rows cannot be added in a sheet; delete it (`dateline decide` adds)")
    try:
        seal = read_seal(str(written))
        return seal, sheet_of(seal.field)
    except (Broken, KeyError) as error:
        why = str(error) if isinstance(error, Broken) else "it is of a sheet that this Dateline does not know"
        raise row.wrong(SEAL, f"{why}; export again and copy your verdicts over") from None


def _check_machine(row: Row, seal: Seal, sheet: Sheet) -> None:
    """What the machine said is as it was: whoever wrote a value into its columns meant something by it."""
    for column in sheet.columns:
        if column.open or column.name == SEAL or column.name not in row.cells:
            continue
        cell = row.cells[column.name]
        judged = column.judged in seal.judged
        if judged and is_same(column, seal.judged[str(column.judged)], cell):
            continue
        if not judged and is_shown(seal.shown.get(column.name, ""), cell):
            continue
        was = f" (it was {_said(seal.judged[str(column.judged)])})" if judged else ""
        right = next((one.name for one in sheet.columns if one.corrects and one.corrects == column.judged), None)
        mend = f"put the right value into {right}" if right else "a correction goes into the correct_ columns"
        raise row.wrong(
            column.name, f"the machine's value was changed to “{str(cell)[:40]}”{was}; put it back, and {mend}"
        )


def _said(value: Any) -> str:
    return "empty" if value is None else str(value)[:60]


def _corrected(row: Row, sheet: Sheet) -> dict[str, Any]:
    """The right values, by column of the store's table; figures and days as wholes."""
    given: dict[str, Any] = {}
    for column in sheet.columns:
        if column.corrects and not is_empty(cell := row.get(column.name)):
            try:
                given[column.corrects] = _value(column, cell)
            except Unreadable as error:
                raise row.wrong(column.name, str(error)) from None
    names = {column.corrects: column.name for column in sheet.columns if column.corrects}
    try:
        return completed(given, names)
    except Unreadable as error:
        first = next(name for corrects, name in names.items() if corrects in given)
        raise row.wrong(first, str(error)) from None


def completed(given: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Corrections as wholes. Of low, best and high: best alone is exactly so many, low alone at least, high alone at
    most, low and high between them. One day alone is that day. Unreadable where they contradict each other."""
    found = dict(given)
    for lead in sorted({name.removesuffix("best") for name in names if name.endswith("best")}):
        figures = _figures(*(given.get(lead + bound, _UNSAID) for bound in ("low", "best", "high")))
        if figures:
            found |= {lead + bound: value for bound, value in zip(("low", "best", "high"), figures, strict=True)}
    if ("earliest" in given) != ("latest" in given):
        found["earliest"] = found["latest"] = given.get("earliest", given.get("latest"))
    if None not in (found.get("earliest"), found.get("latest")) and found["latest"] < found["earliest"]:
        raise Unreadable(f"the first day {found['earliest']} is after the last {found['latest']}")
    return found


_UNSAID = object()


def _figures(low: Any, best: Any, high: Any) -> tuple[int | None, int | None, int | None] | None:
    said = [value is not _UNSAID for value in (low, best, high)]
    if not any(said):
        return None
    if said == [False, True, False]:
        low = high = best
    elif not said[1] and (not said[2] or low == high):
        best = low
    low, best, high = (None if value is _UNSAID else value for value in (low, best, high))
    known = [value for value in (low, best, high) if value is not None]
    if known != sorted(known):
        raise Unreadable(f"low, best and high must rise: {low}, {best}, {high}")
    return low, best, high


def _value(column: Column, cell: object) -> Any:
    """What a person wrote into a correcting cell."""
    text = bare(str(cell)).strip()
    if text.casefold() == NOBODY and not column.choices:
        return None
    if column.kind == "int":
        if not 0 <= (count := whole(cell)) <= MOST:
            raise Unreadable(f"{count} is no number of people")
        return count
    if column.kind == "number":
        return number(cell)
    if column.kind == "day":
        return day(cell)
    if column.choices and text.casefold() not in column.choices:
        raise Unreadable(f"“{text[:40]}” is none of {', '.join(column.choices)}")
    if column.corrects in ("country", "place_country"):
        if len(text) != 2 or not text.isascii() or not text.isalpha():
            raise Unreadable(f"“{text[:40]}” is no country's code of two letters, like PK")
        return text.upper()
    return text.casefold() if column.choices else text


def _text(row: Row, name: str) -> str:
    cell = row.get(name)
    return "" if cell is None else bare(str(cell)).strip()
