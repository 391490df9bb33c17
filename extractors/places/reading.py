"""A document as plain lists, which Python reads ten times quicker than spaCy's tokens; and the names found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.attrs import IDX, LENGTH
from spacy.tokens import Doc

from dateline.extractors.language.sentences import readable
from dateline.extractors.places.fold import fold, keys
from dateline.extractors.places.gazetteer import Gazetteer, Place
from dateline.extractors.places.words import classes, evidence
from dateline.models.fields.places import PlaceRole

QUARTER = "quarter"  # what "the Prado district" asks for where no district is called so
LONGEST = 6  # words in a name: "Democratic Republic of the Congo" has five


@dataclass
class Text:
    """The words of the readable sentences: `words[i]` starts at the character `starts[i]`."""

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    sentences: list[tuple[int, int]]
    capital: list[bool]  # whether each word begins with a capital: "d'Ivoire" does
    # words that stand in lower case somewhere in the article: capitals at the start of a sentence say nothing then
    in_lower_case: frozenset[str] = frozenset()

    @classmethod
    def of(cls, doc: Doc) -> Text:
        """The words of `doc`."""
        whole = doc._.article.text if doc._.article is not None else doc.text  # the same; spaCy joins tokens for it
        # far quicker than tokens; two flat lists, as a list of pairs wakes the collector
        table = doc.to_array([IDX, LENGTH])
        starts: list[int] = table[:, 0].tolist() if len(doc) else []
        lengths: list[int] = table[:, 1].tolist() if len(doc) else []
        words = [whole[start : start + length] for start, length in zip(starts, lengths, strict=True)]
        sentences = [(sentence.start, sentence.end) for sentence in readable(doc)]
        once = {word for start, stop in sentences for word in words[start:stop]}
        plain = frozenset(word for word in once if word.islower())
        lower = [word.lower() for word in words]
        capital = [
            word[0].isupper() or (word != low and _is_capital(word)) for word, low in zip(words, lower, strict=True)
        ]
        return cls(whole, words, lower, starts, sentences, capital, plain)

    def capitals(self, start: int, stop: int) -> list[int]:
        """The words from `start` to `stop` that begin with a capital."""
        return [index for index, capital in enumerate(self.capital[start:stop], start) if capital]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """The characters of the words `start` to `stop`."""
        return self.starts[start], self.starts[stop - 1] + len(self.words[stop - 1])

    def quote(self, start: int, stop: int) -> str:
        """The words `start` to `stop` as they stand."""
        first, last = self.span(start, stop)
        return self.text[first:last]


@dataclass(eq=False)
class Name:
    """A name of the gazetteer as it stands in a text: words `start` to `stop` of the sentence `sentence`."""

    start: int
    stop: int
    sentence: tuple[int, int]
    key: str
    places: tuple[Place, ...]
    quote: str
    respelled: bool = False  # found by a coarse key, in another transliteration
    contradicted: bool = False  # the words around put it where none of its readings lies
    rule: str | None = None
    asks: str | None = None  # the level that the words around ask for: "Herat province"
    within: Name | None = None  # the name that says where this one lies
    holding: list[Name] = field(default_factory=list)  # the names that this one says so of
    unit: int | None = None  # the word that says what kind of place this is
    cue: int | None = None  # the word that says that this is a place
    place: Place | None = None
    unknown: bool = False  # a village that the gazetteer has not; `place` is then the division that it lies in
    role: PlaceRole = "mention"
    doubts: tuple[Place, ...] = field(default=())

    @property
    def is_country(self) -> bool:
        """Whether this may be a country."""
        return self.places[0].level == "country" or any(place.level == "country" for place in self.places)


def find_names(text: Text, gazetteer: Gazetteer) -> list[Name]:
    """The longest names of the gazetteer in every sentence, from the left; whether they are places is not yet asked."""
    spans: list[tuple[int, list[tuple[int, tuple[str, ...]]], tuple[int, int]]] = []
    words, articles = text.words, classes()["article"]
    has_articles = not articles.isdisjoint(text.in_lower_case)
    for sentence in text.sentences:
        start, stop = sentence
        firsts = text.capitals(start, stop)
        if has_articles:
            joined = (at for at in range(start, stop) if words[at] in articles and _joins_name(text, at, stop))
            firsts = sorted([*firsts, *joined])
        for first in firsts:
            ends = [(last, _keys(text.quote(first, last))) for last in _ends(text, first, stop)]
            spans.append((first, ends, sentence))
    known = gazetteer.look_up(key for _, ends, _ in spans for _, keys in ends for key in keys)
    names: list[Name] = []
    done = 0
    for first, ends, sentence in spans:
        found = _longest(ends, known) if first >= done else None
        if found is not None:
            done, key = found
            names.append(Name(first, done, sentence, key, known[key], text.quote(first, done)))
    return names


def national_words(text: Text) -> Counter[str]:
    """How many kinds of words speak for a country without naming it, by country: "sheriff", "garda", "lakh"."""
    known = evidence()
    return Counter(known[word] for word in sorted(known.keys() & set(text.lower)))


def _longest(ends: list[tuple[int, tuple[str, ...]]], known: dict[str, tuple[Place, ...]]) -> tuple[int, str] | None:
    """Where the longest known name ends, and its key."""
    for last, found in reversed(ends):
        for key in found:
            if key in known:
                return last, key
    return None


def _is_capital(word: str) -> bool:
    return len(word) > 2 and word[1] in "'’" and word[2].isupper()


def _joins_name(text: Text, index: int, stop: int) -> bool:
    """Whether the article at `index` is the first part of a name: "al-Bab", "az-Zawiyah"."""
    return index + 2 < stop and text.words[index + 1] == "-" and text.words[index + 2][0].isupper()


def _ends(text: Text, first: int, stop: int) -> Iterator[int]:
    """Where a name that begins at `first` may end: after any capitalised word that hangs together with it."""
    at = first
    if not text.capital[first]:
        at = first + 2
    yield at + 1
    while at + 1 < stop and at - first < LONGEST:
        step = at + 1
        while step < stop and step - at <= 3 and text.lower[step] in classes()["connector"] and not text.capital[step]:
            step += 1
        if step >= stop or not text.capital[step]:
            return
        at = step
        yield at + 1


@lru_cache(maxsize=20_000)  # news says the same names over and over
def _keys(quote: str) -> tuple[str, ...]:
    key = fold(quote)
    return (key, *keys(quote)) if "-" in quote else (key,)
