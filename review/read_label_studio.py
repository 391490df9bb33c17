"""Annotations from Label Studio (its export format JSON) as verdicts.

A value that came back as it went out says nothing; accept and reject are said in the form; a changed value is a
correction; a region that is new is an addition. A region that was deleted from an annotation that began as our
prediction is a rejection, and one that was moved is a rejection and an addition. Offsets come as UTF-16 units; some
tools on the way make code points of them: those that hold the quoted words are taken.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from dateline.models.decision import ForeignDecisions, Verdict
from dateline.models.ids import text_id
from dateline.review.label_studio import REGION, SCHEMA, VERDICT, WHY, Form, forms, label_of, sealed
from dateline.review.offsets import Offsets
from dateline.review.read_cells import Unreadable, day, whole
from dateline.review.read_sheet import MOST

Json = dict[str, Any]


@dataclass
class Region:
    """A stretch of the text as somebody labelled it, with what the form says of it; offsets are code points."""

    label: str
    start: int
    stop: int
    values: dict[str, Any] = field(default_factory=dict)  # by control


def read(path: Path) -> list[Verdict]:
    """The verdicts in an export, task by task. ForeignDecisions where it is no whole export of our own tasks."""
    found: list[Verdict] = []
    for number, task in enumerate(_tasks(path), 1):
        found += _Task(task, f"task {task.get('id', number) if isinstance(task, dict) else number}").verdicts()
    return found


def _tasks(path: Path) -> list[Any]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ForeignDecisions(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise ForeignDecisions(f"{path.name} is no UTF-8: export it again") from None
    except json.JSONDecodeError as error:
        raise ForeignDecisions(f"{path.name} line {error.lineno}: no whole JSON ({error.msg}); export again") from None
    except RecursionError:
        raise ForeignDecisions(f"{path.name}: nested too deeply for an export of Label Studio") from None
    if not isinstance(tasks, list):
        raise ForeignDecisions(f"{path.name} is no list of tasks; export as JSON from Label Studio")
    return tasks


class _Task:
    """One task of an export, checked, and what its annotations say."""

    def __init__(self, given: Any, name: str) -> None:
        self.name = name
        if not isinstance(given, dict):
            self.wrong("it is no task")
        if "annotations" not in given and "dateline" in given:
            self.wrong("this is JSON-MIN, which loses which value a verdict is on; export as JSON")
        data = given.get("data")
        known = data.get("dateline") if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(known, dict) or known.get("schema") != SCHEMA:
            self.wrong("it was not made by `dateline export --format label-studio`")
        body = {key: value for key, value in known.items() if key not in ("schema", "check")}
        if sealed(body) != known:
            self.wrong("what Dateline said in it was changed (data.dateline); export from Label Studio again")
        text = data.get("text")
        if not isinstance(text, str) or text_id(text) != known["text"]:
            self.wrong("its text is not the one that was exported")
        self.text = text
        self.text_id: str = known["text"]
        self.facts: dict[str, Json] = known["facts"]
        self.offsets = Offsets(self.text)
        annotations = given.get("annotations", [])
        if not isinstance(annotations, list):
            self.wrong("its annotations are no list")
        self.annotations = annotations

    def wrong(self, why: str) -> NoReturn:
        raise ForeignDecisions(f"{self.name}: {why}")

    def verdicts(self) -> list[Verdict]:
        """What every annotation says that was not cancelled."""
        found: list[Verdict] = []
        for number, annotation in enumerate(self.annotations, 1):
            if not isinstance(annotation, dict) or not isinstance(annotation.get("result"), list):
                self.wrong(f"annotation {number} has no results; export as JSON from Label Studio")
            if not annotation.get("was_cancelled"):
                found += self._annotation(annotation)
        return found

    def _annotation(self, annotation: Json) -> Iterator[Verdict]:
        regions = self._regions(annotation["result"])
        matched = self._matched(regions)
        who, at = _who(annotation), annotation.get("updated_at") or annotation.get("created_at")
        said: Json = {"text": self.text_id, "who": who, "at": at if isinstance(at, str) else None}
        for fact_id, fact in self.facts.items():
            about: Json = {**said, "field": fact["field"], "target": fact_id, "judged": fact["judged"]}
            if fact_id in matched:
                yield from self._judged(regions[matched[fact_id]], fact, about)
            elif annotation.get("parent_prediction") is not None or any(_is(fact_id, key) for key in regions):
                yield Verdict(verdict="reject", why="deleted or moved in Label Studio", **about)
        for key in regions.keys() - set(matched.values()):
            yield self._added(regions[key], said)

    def _judged(self, region: Region, fact: Json, about: Json) -> Iterator[Verdict]:
        form = forms()[fact["field"]]
        values = self._values(region, form)
        was = fact["judged"]
        changed = {name: value for name, value in values.items() if _plain(value) != _plain(was.get(name))}
        if set(changed) == {"best"} and was["low"] == was["best"] == was["high"]:
            changed |= dict.fromkeys(("low", "high"), changed["best"])  # one figure was mended: "it is 14"
        self._check(region, {**was, **changed})
        word = region.values.get(VERDICT)
        why = str(region.values.get(WHY) or "")
        if word == "reject":
            yield Verdict(verdict="reject", why=why, **about)
        elif changed:
            yield Verdict(verdict="correct", corrected=changed, why=why, **about)
        elif word == "accept":
            yield Verdict(verdict="accept", why=why, **about)
        elif word is not None:
            self.wrong(f"“{str(word)[:40]}” is no verdict; the configuration was changed")
        elif why:
            self.wrong(f"a comment without a verdict at {region.start}: choose accept or reject, or mend a value")

    def _added(self, region: Region, said: Json) -> Verdict:
        form = next(one for one in forms().values() if region.label in one.labels)
        values = {name: value for name, value in self._values(region, form).items() if value is not None}
        if set(values) & {"low", "best", "high"} == {"best"}:
            values |= dict.fromkeys(("low", "high"), values["best"])
        if ("earliest" in values) != ("latest" in values):
            values["earliest"] = values["latest"] = values.get("earliest", values.get("latest"))
        self._check(region, values)
        why = str(region.values.get(WHY) or "")
        return Verdict(
            verdict="add", field=form.field, start=region.start, stop=region.stop, corrected=values, why=why, **said
        )

    def _check(self, region: Region, values: Mapping[str, Any]) -> None:
        figures = [values[name] for name in ("low", "best", "high") if values.get(name) is not None]
        if figures != sorted(figures):
            self.wrong(f"low, best and high of “{self._words(region)}” must rise: {', '.join(map(str, figures))}")
        if (values.get("earliest") or "") > (values.get("latest") or "9"):
            self.wrong(f"the first day of “{self._words(region)}” is after the last")

    def _words(self, region: Region) -> str:
        return self.text[region.start : region.stop][:40]

    def _values(self, region: Region, form: Form) -> Json:
        """What the form says, by column; None where it says nothing."""
        found: Json = {form.label_column: region.label} if form.label_column else {}
        for control in form.controls:
            said = region.values.get(control.name)
            try:
                if said in (None, "") or (isinstance(said, str) and said.strip().casefold() == "none"):
                    found[control.column] = None
                elif control.type == "number":
                    found[control.column] = _count(said)
                elif control.choices and said not in control.choices:
                    raise Unreadable(f"“{str(said)[:40]}” is none of {', '.join(control.choices)}")
                else:
                    found[control.column] = day(said) if control.kind == "day" else str(said)
            except Unreadable as error:
                self.wrong(f"{control.name} of “{self._words(region)}”: {error}")
        return found

    def _regions(self, results: list[Any]) -> dict[str, Region]:
        """The labelled stretches by their ids, with all that is said of each."""
        found: dict[str, Region] = {}
        for result in results:
            if not isinstance(result, dict) or not isinstance(result.get("value"), dict):
                self.wrong("a result is none of Label Studio's")
            if result.get("from_name") == REGION:
                label = next(iter(result["value"].get("labels") or [None]), None)
                if not any(label in form.labels for form in forms().values()):
                    self.wrong(f"the label “{str(label)[:40]}” is none of ours; the configuration was changed")
                found[str(result.get("id"))] = Region(str(label), *self._place(result["value"]))
        for result in results:
            if result.get("from_name") != REGION:
                if (region := found.get(str(result.get("id")))) is None:
                    self.wrong(f"{str(result.get('from_name'))[:40]} is said of no labelled words")
                region.values[str(result.get("from_name"))] = _said(result)
        return found

    def _place(self, value: Json) -> tuple[int, int]:
        """Where a region stands, in code points; refused where its words do not stand there."""
        start, end, quote = value.get("start"), value.get("end"), value.get("text")
        if not isinstance(start, int) or not isinstance(end, int):
            self.wrong("a region has no offsets")
        places = []
        for place in (self.offsets.code_points, int):
            try:
                places.append((place(start), place(end)))
            except ValueError:
                continue
        for a, b in places:
            if 0 <= a < b <= len(self.text) and (quote is None or _plain(self.text[a:b]) == _plain(str(quote))):
                return a, b
        return self.wrong(f"the words “{str(quote)[:40]}” do not stand at {start}–{end} of its text")

    def _matched(self, regions: Mapping[str, Region]) -> dict[str, str]:
        """Which region is which fact, by their ids: by id (Label Studio adds #… to it, or gives a new one), else by
        place and label, else by place and field."""
        free = dict(regions)
        found: dict[str, str] = {}
        for alike in (self._same_id, self._same_label, self._same_field):
            for fact_id, fact in self.facts.items():
                if fact_id in found:
                    continue
                key = next((key for key, region in free.items() if alike(key, region, fact_id, fact)), None)
                if key is not None:
                    found[fact_id] = key
                    del free[key]
        return found

    def _same_id(self, key: str, region: Region, fact_id: str, fact: Json) -> bool:
        return _is(fact_id, key) and self._same_field(key, region, fact_id, fact)

    def _same_label(self, key: str, region: Region, fact_id: str, fact: Json) -> bool:
        return region.label == label_of(fact["field"], fact["judged"]) and self._same_field(key, region, fact_id, fact)

    def _same_field(self, key: str, region: Region, fact_id: str, fact: Json) -> bool:
        place = (fact["start"], fact["stop"])
        return (region.start, region.stop) == place and region.label in forms()[fact["field"]].labels


def _is(fact_id: str, key: str) -> bool:
    """Whether a region's id was a fact's: Label Studio writes the annotation behind it."""
    return key.partition("#")[0] == fact_id


def _said(result: Json) -> Any:
    """What one control says; None where it was left empty."""
    said = result["value"].get(_KEYS.get(str(result.get("type")), ""))
    if isinstance(said, list):
        return "\n".join(map(str, said)) if said else None
    return said


_KEYS = {"number": "number", "choices": "choices", "textarea": "text"}


def _count(said: Any) -> int:
    count = whole(said)
    if not 0 <= count <= MOST:
        raise Unreadable(f"{count} is no number of people")
    return count


def _plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _who(annotation: Json) -> str | None:
    """Who annotated: an address where the export has it, else the number of the account."""
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    return None if who in (None, "") else (f"label-studio:{who}" if isinstance(who, int) else str(who))
