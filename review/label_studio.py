"""Tasks for Label Studio: an article each, its values as predictions that reviewers accept, mend, move and add to.

Offsets in tasks are Label Studio's own: JavaScript's, in UTF-16 units. What the machine said goes along as data, which
comes back untouched with the annotations, in code points.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import yaml

from dateline.models.decision import Decision
from dateline.models.facts import Fact
from dateline.models.ids import content_id, text_id
from dateline.models.record import Record
from dateline.review.human import human_columns
from dateline.review.offsets import Offsets

SCHEMA = "dateline-label-studio/1"
REGION, VERDICT, WHY = "value", "verdict", "why"  # names of tags in the configuration


@dataclass(frozen=True, kw_only=True)
class Control:
    """What can be filled in for a region: the tag's name, the column that it holds, number, choices or textarea."""

    name: str
    column: str
    type: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Form:
    """The labels of a field with their colours, and its controls; `label_column` is what the label itself says."""

    field: str
    labels: Mapping[str, str]
    controls: tuple[Control, ...]
    label_column: str | None = None


@cache
def forms() -> dict[str, Form]:
    """The forms of all fields, by field."""
    declared = yaml.safe_load((Path(__file__).parent / "label_studio.yml").read_text(encoding="utf-8"))
    return {
        field: Form(
            field=field,
            labels=given["labels"],
            controls=tuple(Control(**{**one, "choices": tuple(one.get("choices", ()))}) for one in given["controls"]),
            label_column=given.get("label_column"),
        )
        for field, given in declared.items()
    }


def task(record: Record, *, decided: Mapping[str, Sequence[Decision]] | None = None) -> dict[str, Any]:
    """One article as a task with predictions. `decided` are the decisions that hold today, by fact: they are shown as
    data of the task; the predictions are the machine's."""
    article = record.article
    offsets = Offsets(article.text)
    facts = [(name, fact) for name in forms() for fact in record.facts.get(name, ())]
    known = {
        fact.id: {
            "field": name,
            "start": fact.start,
            "stop": fact.stop,
            "judged": judged(name, fact),
            **{key: value for key, value in human_columns((decided or {}).get(fact.id, ())).items() if value},
        }
        for name, fact in facts
    }
    return {
        "data": {
            "text": article.text,
            "title": article.title or record.id,
            "publisher": article.publisher or "",
            "published": article.published or "",
            "url": article.url if (article.url or "").startswith(("http://", "https://")) else "",
            "dateline": sealed({"text": text_id(article.text), "facts": known}),
        },
        "predictions": [
            {
                "model_version": "dateline",
                "result": [part for name, fact in facts for part in _region(name, fact, offsets)],
            }
        ],
    }


def sealed(body: Mapping[str, Any]) -> dict[str, Any]:
    """What goes along with a task, with the hash by which the import knows that it is whole."""
    body = {"schema": SCHEMA, **body}
    return {**body, "check": content_id(json.dumps(body, sort_keys=True), length=8)}


def judged(field: str, fact: Fact) -> dict[str, Any]:
    """What the machine said of a fact, as far as the form shows it."""
    form = forms()[field]
    values = asdict(fact)
    columns = [control.column for control in form.controls] + ([form.label_column] if form.label_column else [])
    return {column: values[column] for column in columns}


def label_of(field: str, values: Mapping[str, Any]) -> str:
    """What a region with these values is called."""
    form = forms()[field]
    return str(values[form.label_column]) if form.label_column else next(iter(form.labels))


def _region(field: str, fact: Fact, offsets: Offsets) -> list[dict[str, Any]]:
    """The results of one fact: its label, and each of its values that is known."""
    values = asdict(fact)
    place = {"start": offsets.units(fact.start), "end": offsets.units(fact.stop), "text": fact.quote}
    found = [_result(fact.id, REGION, "labels", place, labels=[label_of(field, values)])]
    for control in forms()[field].controls:
        value = values[control.column]
        if value is None:
            continue
        key, said = {
            "number": ("number", value), "choices": ("choices", [value]), "textarea": ("text", [str(value)]),
        }[control.type]  # fmt: skip
        found.append(_result(fact.id, control.name, control.type, place, **{key: said}))
    return found


def _result(region: str, name: str, kind: str, place: Mapping[str, Any], **said: Any) -> dict[str, Any]:
    return {"id": region, "from_name": name, "to_name": "text", "type": kind, "value": {**place, **said}}


def configuration() -> str:
    """The project's labeling configuration."""
    labels = [
        f"    <Label value={quoteattr(label)} background={quoteattr(colour)}/>"
        for form in forms().values()
        for label, colour in form.labels.items()
    ]
    controls = [line for form in forms().values() for line in _controls(form)]
    return "\n".join(
        [
            "<View>",
            '  <Header value="$title"/>',
            '  <Header size="5" value="$publisher $published $url"/>',
            f'  <Labels name="{REGION}" toName="text">',
            *labels,
            "  </Labels>",
            '  <Text name="text" value="$text" granularity="symbol"/>',
            '  <View visibleWhen="region-selected">',
            f'    <Choices name="{VERDICT}" toName="text" perRegion="true" choice="single" showInline="true">',
            '      <Choice value="accept" hotkey="a"/>',
            '      <Choice value="reject" hotkey="r"/>',
            "    </Choices>",
            *controls,
            f'    <TextArea name="{WHY}" toName="text" perRegion="true" placeholder="why" maxSubmissions="1"/>',
            "  </View>",
            "</View>",
            "",
        ]
    )


def _controls(form: Form) -> list[str]:
    shown = quoteattr(",".join(form.labels))
    found = [f'    <View visibleWhen="region-selected" whenTagName="{REGION}" whenLabelValue={shown}>']
    for control in form.controls:
        common = f'name="{control.name}" toName="text" perRegion="true"'
        heading = quoteattr(control.column.replace("_", " "))
        found.append(f'      <Header size="5" value={heading}/>')
        if control.type == "number":
            found.append(f'      <Number {common} min="0" step="1"/>')
        elif control.type == "choices":
            found.append(f'      <Choices {common} choice="single" layout="select">')
            found += [f"        <Choice value={quoteattr(choice)}/>" for choice in control.choices]
            found.append("      </Choices>")
        else:
            found.append(f'      <TextArea {common} editable="true" maxSubmissions="1"/>')
    return [*found, "    </View>"]
