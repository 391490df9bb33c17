"""From a value to the words around it: its sentence, and a link that opens the live page at it."""

from urllib.parse import quote

from dateline.models.record import Record
from dateline.models.span import Span

LONGEST_FRAGMENT = 8  # words; browsers match a text fragment inside one block only, and long ones break first


def sentence_at(record: Record, start: int, stop: int) -> Span:
    """The sentence, or run of sentences, that holds `start:stop` of the record's text; its line where none does (a
    record whose sentences were not kept)."""
    text = record.article.text
    touching = [(a, b) for a, b in record.sentences if a < stop and start < b]
    if not touching:
        after = text.find("\n", stop)
        return Span.of(text, text.rfind("\n", 0, start) + 1, after if after >= 0 else len(text))
    return Span.of(text, min(start, touching[0][0]), max(stop, touching[-1][1]))


def live_link(url: str | None, words: str) -> str | None:
    """`url` with a text fragment (WICG Scroll To Text Fragment) for `words`; None without a web address."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    pieces = words.split()
    if not pieces:
        return url
    plain = url.split("#", 1)[0]
    if len(pieces) <= LONGEST_FRAGMENT:
        return f"{plain}#:~:text={_escaped(pieces)}"
    half = LONGEST_FRAGMENT // 2
    return f"{plain}#:~:text={_escaped(pieces[:half])},{_escaped(pieces[-half:])}"


def _escaped(words: list[str]) -> str:
    """Percent-encoded, the hyphen too: it has a meaning in text fragments."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
