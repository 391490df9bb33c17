"""Which organisation "the group" is: the last body of its kind named before it."""

from collections.abc import Sequence

from dateline.extractors.language.words import Words
from dateline.extractors.leaders.lexicon import Range, body_at

_KINDS = {
    "armed_group": frozenset(
        {"group", "network", "militia", "faction", "outfit", "organisation", "organization", "movement"}
    ),
    "party_or_parliament": frozenset({"party"}),
}
_DEFINITE = frozenset({"the", "this", "that"})
_REACH = 3  # sentences back; further away "the group" has been somebody else

_LONGEST_SENTENCE = 60  # words

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


def _last_body(words: Words, limit: int, kind: str) -> Range | None:
    """The last known body of a class that ends before word `limit`."""
    for index in range(limit - 1, max(-1, limit - _LONGEST_SENTENCE), -1):
        found = body_at(words, index)
        if found is not None and found[0] <= limit and found[1] == kind:
            while index > 0 and (longer := body_at(words, index - 1)) is not None and longer[0] >= found[0]:
                index -= 1
            return index, found[0]
    return None
