"""Which organisation "the group" is: the last body of its kind named before it."""

from collections.abc import Iterable, Sequence

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.bodies import body_class
from dateline.extractors.leaders.lexicon import Range, body_at, offices

_KINDS = {
    "armed_group": frozenset(
        {"group", "network", "militia", "faction", "outfit", "organisation", "organization", "movement"}
    ),
    "party_or_parliament": frozenset({"party"}),
}
_DEFINITE = frozenset({"the", "this", "that"})
_OWN = frozenset({"its", "their"})
_REACH = 3  # sentences back; further away "the group" has been somebody else

_LONGEST_SENTENCE = 60  # words
_LONGEST_NAME = 6  # words

Place = tuple[int, Range]  # sentence and words


def antecedent(sentences: Sequence[Words], number: int, body: Range) -> Place | None:
    """Where "the group" at words `body` of sentence `number` was last named; None where the words are no such
    reference, or nothing of its kind was named before."""
    words = sentences[number]
    kinds = [kind for kind, nouns in _KINDS.items() if words.lower[body[0]] in nouns]
    definite = body[0] > 0 and words.lower[body[0] - 1] in _DEFINITE
    if body[1] - body[0] != 1 or not kinds or not definite:
        return None
    for back in range(number, max(-1, number - _REACH - 1), -1):
        limit = body[0] if back == number else len(sentences[back])
        found = _last_body(sentences[back], limit, kinds[0])
        if found is not None:
            return back, found
    return None


def owner(sentences: Sequence[Words], number: int, role: Range, armed: frozenset[str]) -> Place | None:
    """The armed group that "its" before words `role` of sentence `number` means: the last body named before it, or
    the first of the sentence before, if that is one, by its own name or because the article says so (`armed`)."""
    if role[0] == 0 or sentences[number].lower[role[0] - 1] not in _OWN:
        return None
    before = range(role[0] - 2, max(-1, role[0] - _LONGEST_SENTENCE), -1)
    found = _first_owner(sentences[number], before, role[0] - 1, armed)
    if found is None and number > 0:  # the sentence before is about its subject
        words = sentences[number - 1]
        found = _first_owner(words, range(min(len(words), _LONGEST_SENTENCE)), len(words), armed)
        number -= 1
    return (number, found[0]) if found is not None and found[1] else None


def _first_owner(words: Words, reach: Iterable[int], limit: int, armed: frozenset[str]) -> tuple[Range, bool] | None:
    """The first body met at the words `reach` that ends before `limit`, and whether it is an armed group."""
    for index in reach:
        stop = _body_stop(words, index)
        if stop is not None and stop > limit:
            continue
        begin = _run_start(words, index)
        if stop is not None:
            known = body_class(words, (begin, stop)) == "armed_group" or words.joined(begin, stop) in armed
            return (begin, stop), known
        if armed and words.joined(begin, index + 1) in armed:
            return (begin, index + 1), True
    return None


def _run_start(words: Words, index: int) -> int:
    """The first of the capitalised words that stand together before word `index`."""
    start = index
    while start > max(0, index - _LONGEST_NAME) and words.text[start - 1][0].isupper():
        if words.lower[start - 1] in grammar().small:
            break
        start -= 1
    return start


def _body_stop(words: Words, index: int) -> int | None:
    """The index after a body, a noun of bodies or a capitalised name that ends with word `index`; None for a nation."""
    body = body_at(words, index)
    if body is not None:
        return body[0] if body[1] != "nation" else None
    noun = offices().body_nouns.at(words, index)
    if noun is not None:
        return noun[0]
    return None


def _last_body(words: Words, limit: int, kind: str) -> Range | None:
    """The last known body of a class that ends before word `limit`."""
    for index in range(limit - 1, max(-1, limit - _LONGEST_SENTENCE), -1):
        found = body_at(words, index)
        if found is not None and found[0] <= limit and found[1] == kind:
            while index > 0 and (longer := body_at(words, index - 1)) is not None and longer[0] >= found[0]:
                index -= 1
            return index, found[0]
    return None
