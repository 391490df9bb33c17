"""An expression and what it means, as the fact that is kept."""

from collections.abc import Mapping

from dateline.extractors.dates import values
from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.setting import Reading
from dateline.models.fields.dates import DateFact, Granularity
from dateline.models.ids import fact_id
from dateline.models.span import Evidence

# How coarse a date is whose interval is not known, by what it means; "unit" by its unit; the rest are days.
_COARSENESS: Mapping[str, Granularity] = {
    "month_day": "day",
    "day_of_month": "day",
    "weekday_of_month": "day",
    "weeks_from_weekday": "day",
    "after": "day",
    "month": "month",
    "month_near": "month",
    "quarter": "quarter",
    "season": "season",
    "short_year": "year",
    "fiscal_year": "year",
    "week_of_month": "week",
    "day_range": "span",
    "half": "span",
    "first_units": "span",
    "overnight": "span",
    "weekend": "span",
}
_UNITS: Mapping[str, Granularity] = {
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "weekend": "span",
}


def fact(text: str, expression: Expression, reading: Reading) -> DateFact:
    """The fact at the expression's place in `text`; its anchor in evidence where that stands in the text."""
    span, interval, anchor = expression.span, reading.interval, reading.anchor if reading.interval else None
    evidence: tuple[Evidence, ...] = ()
    if anchor is not None and anchor.start is not None and anchor.stop is not None:
        evidence = (Evidence.of(text, "anchor", anchor.start, anchor.stop),)
    return DateFact(
        id=fact_id(text, "dates", span.start_char, span.end_char),
        start=span.start_char,
        stop=span.end_char,
        quote=text[span.start_char : span.end_char],
        rule=span.id_,
        evidence=evidence,
        earliest=interval.first.isoformat() if interval else None,
        latest=interval.last.isoformat() if interval else None,
        precision=interval.precision if interval else None,
        granularity=interval.granularity if interval else _coarseness(expression),
        anchor=anchor.kind if anchor else "none",
    )


def _coarseness(expression: Expression) -> Granularity:
    if expression.ends is not None:
        return "span"
    means = expression.rule.values["means"]
    if means in _COARSENESS:
        return _COARSENESS[means]
    return _UNITS.get(values.unit(expression), "day") if "unit" in expression.parts else "day"
