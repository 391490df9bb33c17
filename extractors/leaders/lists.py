"""Lists of leaders: "Key leaders killed include:" and lines of "Name: role". A line inherits what its head says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.extractors.language.names import LONGEST_NAME, name_at
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.bodies import body_after
from dateline.extractors.leaders.introduction import DASHES, Introduction
from dateline.extractors.leaders.lexicon import Range, body_at, is_word
from dateline.extractors.leaders.reading import Reading
from dateline.extractors.leaders.status import status_cue
from dateline.extractors.leaders.titles import Title

_BULLET = re.compile(r"^(?:[•·*‣▪–—-]|\d{1,2}[.)]?|[a-z]\))$")
_MARKS = frozenset({":", ",", *DASHES})
_LATEST_TITLE = 12  # words between the mark and the title of a line's role
_OF_THE_GROUP = ("other", "military_or_police")
_TAIL_SUBJECTS = frozenset({"these", "they", "all", "the", "both", "each"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a list: the number of the line's sentence, the introduction, and what the list says: the status with
    the number of the sentence that says it, and the body of the list's head with its sentence."""

    line: int
    introduction: Introduction
    status: tuple[int, Reading] | None = None
    body: tuple[int, Range] | None = None


def listed(sentences: Sequence[Words], titles: Mapping[int, Sequence[Title]]) -> Iterator[Listed]:
    """The persons of every list among the sentences of a text, and of lines that are one person's by themselves.
    `titles` are those of each sentence that has any."""
    index = 0
    while index < len(sentences):
        lines = list(_lines(sentences, titles, index + 1)) if sentences[index].lower[-1] == ":" else []
        if lines:
            yield from _read(sentences, titles.get(index, ()), index, lines)
            index = lines[-1][0] + 1
            continue
        alone = _line(sentences[index], titles[index]) if index in titles else None
        if alone is not None and _stands_alone(sentences[index], alone):
            yield Listed(index, alone.introduction)
        index += 1


def _read(
    sentences: Sequence[Words], titles: Sequence[Title], head: int, lines: Sequence[tuple[int, Introduction]]
) -> Iterator[Listed]:
    cue = status_cue(sentences[head])
    status = (head, cue) if cue is not None else _from_tail(sentences, lines[-1][0] + 1)
    body = _body_of(sentences[head], titles)
    armed = any(introduction.role_class == "armed_group" for _, introduction in lines)
    for line, introduction in lines:
        if armed and introduction.organisation is None and introduction.role_class in _OF_THE_GROUP:
            introduction = replace(introduction, role_class="armed_group")  # one group's leaders stand together
        own = introduction.organisation is not None or body is None
        yield Listed(line, introduction, status, None if own or body is None else (head, body))


def _body_of(words: Words, titles: Sequence[Title]) -> Range | None:
    """The body that the head of a list is about: that of its title ("key leaders of Y"), an armed group in it, or the
    first body it has after "of"."""
    for title in titles:
        if title.organisation is not None:
            return title.organisation
    for index in range(len(words)):
        body = body_at(words, index)
        if body is not None and body[1] == "armed_group":
            return index, body[0]
        if words.lower[index] == "of" and (named := body_after(words, index + 1)) is not None:
            return named
    return None


def _from_tail(sentences: Sequence[Words], index: int) -> tuple[int, Reading] | None:
    """What the sentence after a list says of all of it: "These men ... before they were killed"."""
    if index < len(sentences) and sentences[index].lower[0] in _TAIL_SUBJECTS:
        cue = status_cue(sentences[index])
        return (index, cue) if cue is not None else None
    return None


def _lines(
    sentences: Sequence[Words], titles: Mapping[int, Sequence[Title]], start: int
) -> Iterator[tuple[int, Introduction]]:
    for index in range(start, len(sentences)):
        if all(_BULLET.match(text) or text == "." for text in sentences[index].text):
            continue  # "1." stands as a sentence of its own
        line = _line(sentences[index], titles.get(index, ()))
        if line is not None:
            yield index, line.introduction
        elif _mark(sentences[index]) is None:  # "Name: cook" belongs to the list, and gives no office
            return


@dataclass(frozen=True, slots=True)
class _Line:
    mark: int
    title: Title
    introduction: Introduction


def _line(words: Words, titles: Sequence[Title]) -> _Line | None:
    """A line "Name: role", "Name – role" or "Name, role", with or without a bullet."""
    name = _mark(words)
    if name is None:
        return None
    begin, mark = name
    title = _main_title(words, titles, mark + 1)
    if title is None:
        return None
    role, body = title.role, title.organisation
    introduction = Introduction((begin, mark), role, body, title.role_class, "leaders.list-line", 4, begin, len(words))
    return _Line(mark, title, introduction)


def _mark(words: Words) -> Range | None:
    """The name that a line begins with, after its bullet and before its colon, dash or comma."""
    if _MARKS.isdisjoint(words.lower[: LONGEST_NAME + 3]):
        return None  # most lines
    begin = 0
    while begin < min(2, len(words)) and _BULLET.match(words.text[begin]):
        begin += 1
    mark = name_at(words, begin)
    if mark is None or mark + 1 >= len(words) or words.lower[mark] not in _MARKS:
        return None
    return begin, mark


def _stands_alone(words: Words, line: _Line) -> bool:
    """Whether a line outside a list is one person's: a full name, a colon or dash, a title at once, and no more."""
    if words.lower[line.mark] == "," or line.mark - line.introduction.name[0] < 2 or line.title.start > line.mark + 1:
        return False
    return line.title.stop >= len(words) or words.lower[line.title.stop] in (",", ".", ";", "and", "(")


def _main_title(words: Words, titles: Sequence[Title], start: int) -> Title | None:
    """The role of a line: its first title, or the next of the same breath that names a body ("X's deputy and head of
    Y"); None where somebody speaks first ("Khan: he said the governor …")."""
    found = [title for title in titles if start <= title.start <= start + _LATEST_TITLE]
    if not found or any(is_word(words, index, "speech") for index in range(start, found[0].start)):
        return None
    joined = [found[0]]
    for title in found[1:]:
        if title.start - joined[-1].stop <= 1:
            joined.append(title)
    return next((title for title in joined if title.organisation is not None), found[0])
