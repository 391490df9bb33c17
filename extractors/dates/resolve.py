"""Values for the expressions of a text, in its order: each may count from publication or from one told of before."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from spacy.tokens import Span

from dateline.extractors.dates import absolute, intervals, values
from dateline.extractors.dates.datelines import is_dateline, near
from dateline.extractors.dates.find import Expression, Sentence
from dateline.extractors.dates.meanings import MEANINGS
from dateline.extractors.dates.setting import UNKNOWN, Anchor, Reading, Setting, SlashOrder, Told
from dateline.extractors.dates.tense import Direction, direction
from dateline.extractors.language.statements import is_statement

Resolved = tuple[Expression, Reading]
# Tokens that may stand between "a day after" and its date ("gunmen attacked the airport on Sunday"), and those that
# part the two.
_NEAR = 12
_PARTING = frozenset({",", ";", ":", "–", "—", "(", ")", "said", "told", "announced", "says", "reported", "\n"})
_STATEMENT = 20  # tokens around a day in which the words of a statement can stand
_MOST_JOINED = 12  # months or days in one list: bounds the look ahead
_JOINS = frozenset({"and", "or", ",", "&"})


def resolve(sentences: Iterable[Sentence], published: Anchor | None) -> list[Resolved]:
    """Every expression that is a date, with what it means."""
    listed = list(sentences)
    slashes, habit = _slash_order(listed), _habit(listed)
    resolved: list[Resolved] = []
    told, given = Told(), published
    for sentence, expressions in listed:
        here = Told()
        for index, expression in enumerate(expressions):
            setting = Setting(
                published=published,
                told=told,
                here=here,
                direction=partial(_direction, expression, sentence),
                following=lambda: None,
                slashes=slashes,
                habit=habit,
            )
            if following := _leans_on(expressions, index):
                setting = replace(setting, following=partial(_following, following, sentence, setting))
            if (main := _main_day(expressions, index)) is not None:
                setting = replace(setting, main=partial(_following, main, sentence, setting))
            reading = meaning(expression, setting)
            if reading is None:
                continue
            resolved.append((expression, reading))
            if anchor := _as_anchor(expression, reading):
                if anchor.day and (here.day or told.day) and _is_said(expression, sentence):
                    here.said = anchor
                else:
                    here.add(anchor)
                if anchor.day and is_dateline(expression, sentence) and near(anchor, given):
                    published = given if given and given.interval == anchor.interval else anchor
        for anchor in (here.latest, here.day):
            if anchor is not None:
                told.add(anchor)
        told.said = here.said or told.said
    return resolved


def meaning(expression: Expression, setting: Setting) -> Reading | None:
    """What one expression means; None where it is no date. A day that no calendar has is none."""
    try:
        if expression.ends is not None:
            return _range(expression.ends, setting)
        return MEANINGS[expression.rule.values["means"]](expression, setting)
    except (ValueError, OverflowError):
        return None


def _range(ends: tuple[Expression, Expression], setting: Setting) -> Reading | None:
    """The last end first: a first end that names no year is the latest such date not after it."""
    last = meaning(ends[1], setting)
    if last is None or last.interval is None:
        return last
    counted_from = Anchor(intervals.day(last.interval.last), "text")
    before = replace(setting, published=counted_from, direction=lambda: "past", here=Told(), following=lambda: None)
    first = meaning(ends[0], before)
    if first is None or first.interval is None:
        return UNKNOWN
    return Reading(intervals.span(first.interval, last.interval), last.anchor)


def _is_said(expression: Expression, sentence: Span) -> bool:
    """Whether it is the day of a statement, from which nothing else is counted: "eight died on Monday, officials said
    on Friday. A day later"."""
    span = expression.span
    around = span.doc[max(sentence.start, span.start - _STATEMENT) : min(sentence.end, span.end + _STATEMENT)]
    start = around.start_char
    return is_statement(around.text, span.start_char - start, span.end_char - start)


def _direction(expression: Expression, sentence: Span) -> Direction | None:
    """Where the words around put an expression; a range ("runs from March until June") else by those before its end."""
    around = direction(expression.span, sentence)
    return around or (direction(expression.ends[1].span, sentence) if expression.ends else None)


def _leans_on(expressions: list[Expression], index: int) -> Expression | None:
    """The expression that this one may be counted from, or share its year with."""
    expression = expressions[index]
    if index + 1 == len(expressions):
        return None
    following = expressions[index + 1]
    gap = expression.span.doc[expression.span.end : following.span.start]
    if expression.rule.values.get("means") in ("after", "week_of") or _is_night_of(expression, following):
        apart = len(gap) > _NEAR or any(token.lower_ in _PARTING for token in gap)
        return None if apart else following
    if following.rule.values.get("means") in ("ago", "unit") and not any(token.text != "," for token in gap):
        return following if values.unit(following) == "year" else None  # "on 3 June two years ago"
    for following in expressions[index + 1 : index + _MOST_JOINED]:  # "in May, June and July 2013"
        gap = expression.span.doc[expression.span.end : following.span.start]
        if len(gap) != 1 or gap[0].lower_ not in _JOINS:
            return None
        if _says_year(following):
            return following
        expression = following
    return None


def _main_day(expressions: list[Expression], index: int) -> Expression | None:
    """The expression of the clause that follows the one that an "a day after" opens."""
    expression = expressions[index]
    if expression.rule.values.get("means") != "after" or index + 1 == len(expressions):
        return None
    following = expressions[index + 1]
    gap = expression.span.doc[expression.span.end : following.span.start]
    return following if any(token.text == "," for token in gap) else None


def _is_night_of(expression: Expression, following: Expression) -> bool:
    """Whether an "overnight" is told of together with its weekday: "an overnight raid near the river on Monday"."""
    plain = expression.rule.values.get("means") == "overnight" and "weekday" not in expression.parts
    return plain and following.rule.values.get("means") == "weekday"


def _says_year(expression: Expression) -> bool:
    return "year" in expression.parts or ("rel" in expression.parts and expression.word("unit") == "year")


def _following(expression: Expression, sentence: Span, setting: Setting) -> Anchor | None:
    reading = meaning(expression, replace(setting, direction=partial(direction, expression.span, sentence)))
    return None if reading is None else _as_anchor(expression, reading)


def _as_anchor(expression: Expression, reading: Reading) -> Anchor | None:
    """The reading as something to count from."""
    if reading.interval is None:
        return None
    span = expression.span
    # 9/11 has a year and does not say it
    names_year = (reading.anchor is None and "name" not in expression.parts) or _says_year(expression)
    names_year = names_year or (expression.rule.values.get("means") == "ago" and values.unit(expression) == "year")
    return Anchor(reading.interval, "text", span.start_char, span.end_char, names_year=names_year)


def _slash_order(sentences: list[Sentence]) -> SlashOrder:
    """The order in which this text writes slashed dates, where one of them settles it and none contradicts."""
    orders = {
        absolute.order_of(expression.parts["date"].text)
        for _, expressions in sentences
        for expression in expressions
        if "date" in expression.parts
    } - {None}
    return next(iter(orders)) if len(orders) == 1 else None


def _habit(sentences: list[Sentence]) -> SlashOrder:
    """The order in which this text writes days and months in words, where it is always the same."""
    orders: set[SlashOrder] = {
        "day-month" if expression.parts["day"].start < expression.parts["month"].start else "month-day"
        for _, expressions in sentences
        for expression in expressions
        if "day" in expression.parts and "month" in expression.parts
    }
    return next(iter(orders)) if len(orders) == 1 else None
