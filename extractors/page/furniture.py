"""Furniture among the lines of an article text: one pass for a page's paragraphs and for a text that was given."""

import re
from collections.abc import Iterator

from dateline.extractors.page import runs
from dateline.extractors.page.lines import Line, Mark, split
from dateline.extractors.page.rules import Rule, candidates, kind_of


def find_furniture(text: str, *, items: frozenset[int] = frozenset(), is_page: bool = False) -> list[Mark]:
    """Every stretch of `text` that is furniture, in text order, none overlapping another.

    `items` are the numbers of those lines (blank ones not counted) that are known to be items of a list on a page;
    `is_page`, that the text was taken from a page, which has its dates in its metadata.
    """
    lines = split(text)
    marks: dict[int, Mark] = {}  # by the index of the line
    _mark_lines(lines, marks, is_page)
    for run in (*runs.comments(lines, marks, items), *runs.promo_lists(lines, marks)):
        _mark_run(lines, marks, run)
    _mark_bottom(text, lines, marks)
    for run in (*runs.source_lists(lines, marks), *runs.topic_links(lines, marks), *runs.repeated(lines, marks)):
        _mark_run(lines, marks, run)
    return list(_joined(marks))


def _mark_lines(lines: list[Line], marks: dict[int, Mark], is_page: bool) -> None:
    """Mark what needs nothing but its own words, and what stands at the top."""
    prose = 0
    for index, line in enumerate(lines):
        prose += line.is_prose
        for rule in candidates(line.words):
            if (
                rule.where in ("bottom", "caption")
                or (rule.where == "top" and prose > 1)
                or (rule.page_only and not is_page)
            ):
                continue
            if found := rule.match(line.words):
                marks[index] = _mark(rule, line, found)
                break


def _mark_run(lines: list[Line], marks: dict[int, Mark], run: runs.Run) -> None:
    start, stop, rule = run
    for index in range(start, stop):
        marks[index] = Mark(rule, lines[index].start, lines[index].stop)


def _mark_bottom(text: str, lines: list[Line], marks: dict[int, Mark]) -> None:
    """Mark upwards from the end what is furniture only below the article's prose."""
    first_prose = next((line.start for line in lines if line.is_prose), len(text))
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        if index in marks and marks[index].start == line.start:
            continue
        for rule in candidates(line.words):
            found = rule.match(line.words) if rule.where == "bottom" else None
            if found and not _is_of_the_story(text, found, first_prose, line.start):
                marks[index] = _mark(rule, line, found)
                break
        else:
            if line.is_prose:
                return


def _is_of_the_story(text: str, found: re.Match[str], start: int, stop: int) -> bool:
    """Whether the person that a biography names occurs in the story itself: then it is no biography of its author."""
    name = found.groupdict().get("name")
    return bool(name) and text.find(str(name).split()[-1], start, stop) >= 0


def _mark(rule: Rule, line: Line, found: re.Match[str]) -> Mark:
    start = line.start + found.start() if rule.take in ("tail", "inside") else line.start
    return Mark(rule.id, start, line.start + found.end() if rule.take == "inside" else line.stop)


def _joined(marks: dict[int, Mark]) -> Iterator[Mark]:
    """The marks in order; those of one run (comments, topic links) are one stretch, blank lines included."""
    last: Mark | None = None
    for before, index in zip([-1, *sorted(marks)], sorted(marks), strict=False):
        mark = marks[index]
        kind = kind_of(mark.rule)
        if last and before == index - 1 and kind in runs.JOINED and kind == kind_of(last.rule):
            last = Mark(last.rule, last.start, mark.stop)
            continue
        if last:
            yield last
        last = mark
    if last:
        yield last
