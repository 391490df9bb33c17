"""Text fragments: links that open the live page at some words (WICG, URL Fragment Text Directives).

    #:~:text=[prefix-,]textStart[,textEnd][,-suffix]

What browsers make of them, by the draft and as tried in Chromium: every part must stand inside one block and begin and
end at the border of a word; prefix and suffix must adjoin, punctuation included; case and accents do not count; the
first match on the page wins. So a long quotation, or one over several blocks, is given by its first and last words, and
words that stand on the page more than once get as much of their line before and behind them as tells them apart.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from dateline.models.record import Record

LONGEST = 8  # words given as a whole; long ones break first when a page is edited
EDGE = 4  # words of each end of a longer quotation
CONTEXT = 6  # words of a prefix or suffix at most

_BREAK = re.compile(r"[\n\t]")  # where a text goes from one block of the page to the next
_WORD = re.compile(r"\S+")
# A word as browsers bound it (Unicode, UAX 29): "Mali’s", "U.S", "3,735" are one; "pre-dawn" is two.
_WHOLE = re.compile(r"\w+(?:(?:['’‘.·](?=\w)|(?<=\d)[,;](?=\d))\w+)*")
_REACH = 200  # characters around the words in which their prefix and suffix are sought

Place = tuple[int, int]


def live_link(record: Record, start: int, stop: int, *, shown: str | None = None) -> str | None:
    """The record's URL with a text fragment for `text[start:stop]`; None without a web address. `shown` is what the
    page shows (see `folded`), where that is at hand; else what the record knows of the page."""
    url = record.article.url
    if not url or not url.startswith(("http://", "https://")):
        return None
    return f"{url.split('#', 1)[0]}#:~:{text_directive(record.article.text, start, stop, shown or shown_by(record))}"


def shown_by(record: Record) -> str:
    """What a record knows that its page shows, folded: headline, text, what stands beside it."""
    article = record.article
    beside = (piece.text for pieces in (article.regions, article.furniture) for piece in pieces)
    return folded("\n".join([article.text, *beside]))


def folded(words: str) -> str:
    """Words as browsers compare them: without case and accents; and here without white space."""
    if not words.isascii():
        words = "".join(one for one in unicodedata.normalize("NFKD", words) if not unicodedata.combining(one))
    return "".join(words.casefold().split())


def text_directive(text: str, start: int, stop: int, shown: str) -> str:
    """`text=…` for `text[start:stop]`; `shown` is all that the page shows, folded. Where the page shows these words in
    another way (with the mark of a note in them), the words before and behind them are given as its ends."""
    start, stop = _whole_words(text, start, stop)
    first, last = _ends(text, start, stop)
    if first == last and folded(text[start:stop]) not in shown:
        before, behind = _neighbours(text, start, stop)
        if before and behind:
            first, last = (before[:EDGE][-1], start), (stop, behind[:EDGE][-1])
            start, stop = first[0], last[1]
    left, right = _best(_contexts(text, start, stop), text, first, last, shown)
    parts = [text[slice(*first)]] + ([text[slice(*last)]] if last != first else [])
    prefix = [f"{_escaped(text[left:start])}-"] if left < start else []
    suffix = [f"-{_escaped(text[stop:right])}"] if stop < right else []
    return "text=" + ",".join([*prefix, *map(_escaped, parts), *suffix])


def _whole_words(text: str, start: int, stop: int) -> Place:
    """A stretch without the white space at its ends, which are moved out to the borders of words."""
    quoted = text[start:stop]
    stop -= len(quoted) - len(quoted.rstrip())
    start += len(quoted) - len(quoted.lstrip())
    first, last = start, stop
    for word in _WHOLE.finditer(text, max(0, start - _REACH), stop + _REACH):
        if word.start() < start < word.end():
            first = word.start()
        if word.start() < stop < word.end():
            last = word.end()
    return first, last


def _ends(text: str, start: int, stop: int) -> tuple[Place, Place]:
    """Where the first and the last words of a stretch stand; both are the whole of it where it is short."""
    words = [found.span() for found in _WORD.finditer(text, start, stop)]
    if len(words) <= LONGEST and not _BREAK.search(text, start, stop):
        return (start, stop), (start, stop)
    broken = [found.start() for found in _BREAK.finditer(text, start, stop)]
    head = [word for word in words if not broken or word[1] <= broken[0]][:EDGE]
    tail = [word for word in words if not broken or word[0] > broken[-1]][-EDGE:]
    return (start, head[-1][1]), (tail[0][0], stop)


def _neighbours(text: str, start: int, stop: int) -> tuple[list[int], list[int]]:
    """Where the words before `start:stop` begin, and where those behind it end, in its block, the nearest first."""
    top, end = max(0, start - _REACH), min(stop + _REACH, len(text))
    left = max((found.end() for found in _BREAK.finditer(text, top, start)), default=top)
    right = min((found.start() for found in _BREAK.finditer(text, stop, end)), default=end)
    words = [found for found in _WORD.finditer(text, left, start) if _is_whole(text, found.start(), found.start() - 1)]
    before = [found.start() for found in words if _tells(found[0])]
    words = [found for found in _WORD.finditer(text, stop, right) if _is_whole(text, found.end() - 1, found.end())]
    return before[::-1][:CONTEXT], [found.end() for found in words if _tells(found[0])][:CONTEXT]


def _contexts(text: str, start: int, stop: int) -> Iterator[Place]:
    """Ever wider stretches of the line around `start:stop`: none, then some words before, behind, and on both sides."""
    before, behind = _neighbours(text, start, stop)
    yield start, stop
    for size in range(CONTEXT):
        a = before[: size + 1][-1] if before else start
        b = behind[: size + 1][-1] if behind else stop
        yield from ((a, stop), (start, b), (a, b))


def _is_whole(text: str, inside: int, outside: int) -> bool:
    """Whether a word ends between these two characters."""
    return not 0 <= outside < len(text) or text[outside].isspace() or not text[inside].isalnum()


def _tells(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _best(contexts: Iterable[Place], text: str, first: Place, last: Place, shown: str) -> Place:
    """The narrowest context in which the words stand on the page once; the widest that stands there where none does."""
    best = first[0], last[1]
    for left, right in contexts:
        if first == last:
            counts = [shown.count(folded(text[left:right]))]
        else:  # the page may have other words between the ends; what ends it must not stand between them too
            end = folded(text[last[0] : right])
            counts = [shown.count(folded(text[left : first[1]])), folded(text[first[1] : right]).count(end)]
            counts.append(min(1, shown.count(end)))
        if 0 not in counts:
            best = left, right
            if max(counts) == 1:
                break
    return best


def _escaped(words: str) -> str:
    """Percent-encoded, the hyphen too: comma, ampersand and hyphen have a meaning in text fragments."""
    return quote(" ".join(words.split()), safe="", errors="replace").replace("-", "%2D")
