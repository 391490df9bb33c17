"""What befalls somebody under no name: "The commander was killed", "He died in the strike".

A bare title or a pronoun is no mention and makes no fact. But where it can only mean one person named just before, what
it says happened to him belongs to that mention, with the later words in evidence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.extractors.language.names import full_names
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.lexicon import Range
from dateline.extractors.leaders.persons import Mention, Person
from dateline.extractors.leaders.reading import Reading, tells_fate
from dateline.extractors.leaders.status import status_of
from dateline.extractors.leaders.titles import Title

_REACH = 2  # sentences from the name to "the commander"; further on he may be another
_PRONOUNS = ("he", "she")

Later = dict[tuple[int, int], tuple[int, Reading]]  # sentence and word of a mention: sentence that says what befell it


@dataclass(frozen=True, slots=True)
class _Named:
    """A person's last mention before some sentence."""

    person: Person
    mention: Mention


def later_fates(sentences: Sequence[Words], persons: Sequence[Person], titles: Mapping[int, Sequence[Title]]) -> Later:
    """For mentions at (sentence, first word): the sentence that says of a bare title or a pronoun what befell them.
    `titles` are those of each sentence that has any."""
    mentions = sorted(
        (_Named(person, mention) for person in persons for mention in person.mentions),
        key=lambda named: (named.mention.sentence, named.mention.name),
    )
    found: Later = {}
    at = 0
    for number in sorted({named.mention.sentence + step for named in mentions for step in range(1, _REACH + 1)}):
        while at < len(mentions) and mentions[at].mention.sentence < number:
            at += 1
        near = _within_reach(mentions, at, number)
        if number >= len(sentences) or not near or not tells_fate(sentences[number]):
            continue
        for meant, reading in _said_of(sentences, number, near, titles.get(number, ())):
            found.setdefault((meant.mention.sentence, meant.mention.name[0]), (number, reading))
    return found


def _within_reach(mentions: Sequence[_Named], stop: int, number: int) -> list[_Named]:
    """Of everybody named in the sentences just before `number` the last mention."""
    last: dict[int, _Named] = {}
    while stop > 0 and mentions[stop - 1].mention.sentence >= number - _REACH:
        stop -= 1
        last.setdefault(id(mentions[stop].person), mentions[stop])
    return list(last.values())


def _said_of(
    sentences: Sequence[Words], number: int, near: Sequence[_Named], titles: Sequence[Title]
) -> Iterator[tuple[_Named, Reading]]:
    words = sentences[number]
    if words.lower[0] in _PRONOUNS:
        only = _only_one(sentences, number - 1, near)
        reading = status_of(words, (0, 1), (0, 1)) if only is not None else None
        if only is not None and reading is not None:
            yield only, reading
    for title in titles:
        if title.article != "the" or title.plural or title.organisation is not None:
            continue
        bearers = [named for named in near if words.lower[title.head_stop - 1] in _offices(sentences, named.person)]
        reading = status_of(words, (title.bare, title.stop), (title.start, title.stop)) if len(bearers) == 1 else None
        if reading is not None:
            yield bearers[0], reading


def _only_one(sentences: Sequence[Words], number: int, near: Sequence[_Named]) -> _Named | None:
    """Who alone is named in the sentence before."""
    named = [one for one in near if one.mention.sentence == number]
    if len(named) != 1:
        return None
    own: Range = named[0].mention.name
    others = [name for name in full_names(sentences[number]) if name[0] >= own[1] or name[1] <= own[0]]
    return named[0] if not others else None


def _offices(sentences: Sequence[Words], person: Person) -> set[str]:
    """The words of every role that introduces a person."""
    return {
        word
        for mention in person.mentions
        if mention.introduction is not None
        for word in sentences[mention.sentence].lower[slice(*mention.introduction.role)]
    }
