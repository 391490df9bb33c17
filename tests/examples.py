"""Reading the examples files of the field folders: sentences with the answers marked in place.

    # a comment
    @ 2014-06-12                                the publication date of what follows ("@" alone: none)
    Five men died on [Thursday]{dates.weekday earliest=2014-06-12 latest=2014-06-12}.
    It was the first strike in six months.      no mark: this field must stay silent here

A mark holds the rule id and the values to check ("-" is null); values not named are not checked. `\\n` is a line end.
"[5]{…}{…}" marks two facts on the same words; marks may be nested.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_MARK = re.compile(r"\{([^{}]*)\}")


@dataclass
class Expected:
    """One marked answer: `text[start:stop]`, the rule, and the values named."""

    start: int
    stop: int
    rule: str
    values: dict[str, str]


@dataclass
class Example:
    """A sentence or short text and every answer that a field must give for it."""

    text: str
    published: str | None
    line: int
    expected: list[Expected] = field(default_factory=list)


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a file, in its order; ValueError where a bracket has no partner."""
    published: str | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("@"):
            published = line[1:].strip() or None
        elif line.strip() and not line.startswith("#"):
            yield _example(line.replace("\\n", "\n"), published, number)


def _example(line: str, published: str | None, number: int) -> Example:
    example = Example(text="", published=published, line=number)
    text: list[str] = []
    opened: list[int] = []
    at = 0
    while at < len(line):
        marks = line[at] == "]" and _MARK.match(line, at + 1)
        if line[at] == "[" and _is_mark(line, at):
            opened.append(len(text))
            at += 1
        elif marks and opened:
            start = opened.pop()
            at += 1
            while mark := _MARK.match(line, at):
                rule, *values = mark[1].split()
                pairs = dict(value.split("=", 1) for value in _glued(values))
                example.expected.append(Expected(start, len(text), rule, pairs))
                at = mark.end()
        else:
            text.append(line[at])
            at += 1
    if opened:
        raise ValueError(f"line {number}: a mark is opened and not closed")
    example.text = "".join(text)
    return example


def _glued(words: list[str]) -> list[str]:
    """Values may hold spaces: a word without "=" belongs to the value before it."""
    values: list[str] = []
    for word in words:
        if "=" in word:
            values.append(word)
        else:
            values[-1] += f" {word}"
    return values


def _is_mark(line: str, at: int) -> bool:
    """Whether the bracket at `at` opens a mark and is not one of the text's own: its partner is followed by "{"."""
    depth = 0
    for index in range(at, len(line)):
        depth += (line[index] == "[") - (line[index] == "]")
        if depth == 0:
            return line[index + 1 : index + 2] == "{"
    return False
