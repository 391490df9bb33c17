"""What the relative dates of a text are counted from: its publication date, or else the date it gives as its own.

That is a full date in a dateline ("KABUL, Afghanistan (Jan. 25, 2013) –"), in a headline ("Operational update, Jan. 10,
2011") or on a line of its own. Today's date is never used.
"""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Span

from dateline.extractors.dates.find import Expression, Sentence
from dateline.extractors.dates.resolve import resolve
from dateline.extractors.dates.setting import Anchor, parse_published

# Datelines stand at the top: sentences, and characters, that are looked through.
_SENTENCES, _CHARACTERS = 8, 1200
_ALONE = 4  # tokens beside the date on a line of its own: "Published", a weekday, commas
_STAMPS = frozenset({"published", "posted", "updated", "issued", "dated", "released", "date"})


def anchor_of(published: str | None, sentences: list[Sentence]) -> Anchor | None:
    """The publication date (an ISO day or month) with its place where the text repeats it, else the text's own date."""
    given, own = parse_published(published), own_date(sentences)
    if given is None:
        return own
    if own is not None and own.interval == given.interval:
        return replace(given, start=own.start, stop=own.stop)
    return given


def own_date(sentences: Iterable[Sentence]) -> Anchor | None:
    """The first full date near the top that stands as the text's own; None where there is none."""
    for number, (sentence, expressions) in enumerate(sentences):
        if number >= _SENTENCES:
            return None
        for expression in expressions:
            if expression.span.start_char > _CHARACTERS:
                return None
            if expression.rule.id in ("dates.full", "dates.iso") and _is_own(expression, sentence, number):
                for _, reading in resolve([(sentence, [expression])], None):
                    if reading.interval is not None:
                        return Anchor(reading.interval, "text", expression.span.start_char, expression.span.end_char)
    return None


def _is_own(expression: Expression, sentence: Span, number: int) -> bool:
    doc, span = sentence.doc, expression.span
    before = doc[span.start - 1].text if span.start > sentence.start else ""
    after = doc[span.end].text if span.end < len(doc) else ""
    if before == "(" and after.startswith(")") and doc[max(span.start - 2, 0)].text[0].isupper():
        return True
    if len(sentence) - len(span) <= _ALONE or before.lower() in _STAMPS:
        return True
    if number == 0 and "\n" in doc[sentence.end - 1 : sentence.end + 1].text:  # the headline, at either end of it
        return span.start == sentence.start or span.end >= sentence.end - 1
    return after in ("-", "–", "—", "--") and doc[sentence.start].is_upper
