"""Furniture that shows only in several lines together: comments, lists of other stories, topics, repeated quotations.

Each function yields runs of lines, (first, one past the last, rule), and takes `marked`: what is furniture already, by
the index of its line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from dateline.extractors.page.lines import Line, Mark

JOINED = frozenset({"comments", "topic_links"})

# "• Jane Roe says:", "Jane Roe says on 3 June 2014 at 5:04 pm:". Newspapers write "the ministry said in a statement:".
_SAYS = re.compile(
    r"(?P<bullet>[•*·–-]\s*)?(?P<name>[^.!?:“”\"]{1,50}?)\s+says(?P<when>(?: on| at|,)? [^:]{0,30}\d.{0,20}?)?\s*:"
)
# "Jane Roe on June 3, 2014 at 5:04 pm", "Jane Roe • 3 years ago", "Posted by: Jane Roe, 3 June 2014 | 17:04". A place
# and a day alone may head a chronicle.
_DAY = r"(?:\w{3,9}\.? \d\d?,? \d{4}|\d\d? \w{3,9}\.? \d{4}|\d\d?/\d\d?/\d{2,4}|\d{4}-\d\d-\d\d)"
_CLOCK = r" ?[,|]? ?(?:at |@ )?\d\d?[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?(?: \w{2,4})?"
_DATED = re.compile(
    r"(?:[•*·–-]\s*)?(?P<posted>posted )?(?:by:? )?(?P<name>[^.!?:“”\"\d]{2,40}?)[\s,•·|–—-]+(?:on |at )?"
    rf"(?:{_DAY}{_CLOCK}|(?:an?|\d+) \w+ ago)(?: (?:permalink|reply|said\W*))?:?",
    re.IGNORECASE,
)
_STAMP = re.compile(rf"(?:on |posted )?{_DAY}{_CLOCK}(?: (?:permalink|reply|#))?", re.IGNORECASE)
_BELOW = re.compile(
    r"(?:\d+ (?:comments?|responses?|thoughts?|replies)(?: (?:on|to) .*)?|comments?:?|comments? \(\d+\)"
    r"|leave an? (?:reply|comment).*|reader comments|join the conversation)",
    re.IGNORECASE,
)
_SOURCES = re.compile(r"(?:sources|references|notes|footnotes|endnotes):?", re.IGNORECASE)
_CLOSED = re.compile(r"[.!?…,;:][”’\"'»)\]]*$")
_QUOTED = re.compile(r"[“\"'‘«>][^“”\"«»]*[”\"'’»]\.?$")
_LETTERS = re.compile(r"[\W_]+")
# "• Jane Roe says: I do not think so": the whole comment on one line.
_SAYS_ALL = re.compile(r"(?P<bullet>[•*·]\s*)?(?P<name>[^.!?:“”\"]{1,50}?)\s+says(?P<when>)\s*:\s.*")
_NAME = re.compile(r"[^.!?:,;“”\"\d]{2,30}")  # no byline: "By Jane Roe" stands once
_HEADER = 90  # characters of a comment's header at most
_TITLE = 160  # characters of a headline in a list
_TOPIC = 40  # and of a topic
_TOPIC_WORDS = 5
_QUOTE_WORDS = 6  # fewer may be said twice
_NEAR = 3  # lines: a caption and its copy below the picture stand close
_WORD = re.compile(r"[^\W\d_]{2,}")
_BUDGET = 20_000_000  # characters searched for repetitions, so that 100,000 short lines stay linear


Run = tuple[int, int, str]


def comments(lines: Sequence[Line], marked: Mapping[int, Mark], items: frozenset[int] = frozenset()) -> Iterator[Run]:
    """The run of lines from the first comment to the last. `items`: the lines that are known to be items of a list."""
    says = [(index, found) for index, line in enumerate(lines) if index and (found := _said(line, index in items))]
    dated = [(index, found) for index, line in enumerate(lines) if index and (found := _header(_DATED, line))]
    stamped = [index - 1 for index, line in enumerate(lines) if index > 1 and _is_stamp(line, lines[index - 1])]
    below = next((index for index, line in enumerate(lines) if index in marked and _BELOW.fullmatch(line.words)), None)
    starts: list[tuple[int, str]] = []
    names = {found["name"].strip().lower() for _, found in says}
    sure = any(found["bullet"] or found["when"] or index in items for index, found in says)
    # "The minister says:" may stand in an article, and another's too; two names, listed or dated, are a thread.
    if len(names) > 1 and (sure or (len(names) > 2 and _mostly_above(lines, says[0][0]))):
        starts.append((says[0][0], "page.comments.says"))
    if len({found["name"].strip().lower() for _, found in dated}) > 1:
        # "Posted by …" stands below what was posted: the first comment is the line above.
        is_foot = bool(dated[-1][1].groupdict()["posted"]) and dated[-1][0] + 1 >= _last(lines, marked)
        first = dated[0][0] - is_foot
        if first and _mostly_above(lines, first):
            starts.append((first, "page.comments.dated"))
    if len({lines[index].words for index in stamped}) > 1 and _mostly_above(lines, stamped[0]):
        starts.append((stamped[0], "page.comments.dated"))
    if below is not None and _mostly_above(lines, below):
        starts.append((below, "page.comments.dated"))
    if starts:
        start, rule = min(starts)
        yield start, _end(lines, start), rule


def _is_stamp(line: Line, above: Line) -> bool:
    """Whether a line is day and time alone, below a line that may be the name of somebody who comments."""
    return len(line.words) <= _TOPIC and bool(_STAMP.fullmatch(line.words)) and bool(_NAME.fullmatch(above.words))


def _last(lines: Sequence[Line], marked: Mapping[int, Mark]) -> int:
    """One past the last line that is no furniture yet."""
    return next((index + 1 for index in range(len(lines) - 1, -1, -1) if index not in marked), 0)


def _said(line: Line, is_item: bool) -> re.Match[str] | None:
    if found := _header(_SAYS, line):
        return found
    whole = _SAYS_ALL.fullmatch(line.words)
    return whole if whole and (whole["bullet"] or is_item) else None


def _header(form: re.Pattern[str], line: Line) -> re.Match[str] | None:
    return form.fullmatch(line.words) if len(line.words) <= _HEADER else None


def _mostly_above(lines: Sequence[Line], index: int) -> bool:
    """Whether more of the text stands above the line than half of what stands below it."""
    start = lines[index].start
    return start * 2 > lines[-1].stop - start


def _end(lines: Sequence[Line], start: int) -> int:
    """One past the last comment: several short titles at the very end are no comment."""
    stop = len(lines)
    while stop > start + 2 and _is_topic(lines[stop - 1]):
        stop -= 1
    return stop if len(lines) - stop > 1 else len(lines)


def _is_title(line: Line) -> bool:
    return len(line.words) <= _TITLE and not _CLOSED.search(line.words)


def _is_topic(line: Line) -> bool:
    words = line.words.split()
    return len(words) <= _TOPIC_WORDS and len(line.words) <= _TOPIC and words[0][0].isupper() and _is_title(line)


def topic_links(lines: Sequence[Line], marked: Mapping[int, Mark]) -> Iterator[Run]:
    """Short titles at the end, below other furniture: below the article they may be a list that belongs to it."""
    stop = len(lines)
    while stop and stop - 1 in marked and not _is_topic(lines[stop - 1]):
        stop -= 1
    start = stop
    while start and start - 1 not in marked and _is_topic(lines[start - 1]):
        start -= 1
    if stop - start > 1 and start and start - 1 in marked:
        yield start, stop, "page.topic_links.run"


def promo_lists(lines: Sequence[Line], marked: Mapping[int, Mark]) -> Iterator[Run]:
    """The headlines that follow a heading such as "Related stories", until a sentence ends."""
    for index in sorted(marked):
        if marked[index].rule != "page.read_more.heading":
            continue
        stop = index + 1
        while stop < len(lines) and stop not in marked and _is_title(lines[stop]):
            stop += 1
        if stop > index + 1:
            yield index + 1, stop, "page.read_more.list"


def source_lists(lines: Sequence[Line], marked: Mapping[int, Mark]) -> Iterator[Run]:
    """The sources that follow a heading such as "Sources", to the end."""
    for index in sorted(marked):
        if marked[index].rule == "page.source.line" and _SOURCES.fullmatch(lines[index].words):
            yield index + 1, len(lines), "page.source.list"
            return


def repeated(lines: Sequence[Line], marked: Mapping[int, Mark]) -> Iterator[Run]:
    """Lines whose words stand elsewhere in the text as well: set-off quotations, and captions given twice.

    What stands in a longer line goes, and of two equal lines the later one: one place is always left.
    """
    folded = [_fold(line.words) for line in lines]
    prose = " | ".join(words for index, words in enumerate(folded) if index not in marked)
    budget = _BUDGET
    seen: dict[str, int] = {}
    for index, words in enumerate(folded):
        if index in marked or len(words) > 400 or len(_WORD.findall(words)) < _QUOTE_WORDS:
            continue
        budget -= len(prose)
        if budget < 0:
            return
        before = seen.setdefault(words, index)
        if before != index:
            if not before or index - before <= _NEAR or _QUOTED.match(lines[index].words):
                yield index, index + 1, "page.repeated_pull_quote.again"
        elif index and _stands_within(prose, words):  # a headline may be said again
            yield index, index + 1, "page.repeated_pull_quote.quoted"


def _stands_within(prose: str, words: str) -> bool:
    """Whether `words` stand in `prose` as a part of a longer line."""
    at = prose.find(words)
    while at >= 0:
        stop = at + len(words)
        before, after = prose[max(0, at - 2) : at], prose[stop : stop + 2]
        is_line = before in ("", "| ") and after in ("", " |")
        is_words = before[-1:] in ("", " ") and after[:1] in ("", " ")  # "killed" does not stand in "unkilled"
        if is_words and not is_line:
            return True
        at = prose.find(words, stop)
    return False


def _fold(words: str) -> str:
    return _LETTERS.sub(" ", words.lower()).strip()
