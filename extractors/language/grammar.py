"""The word lists that names are told by: names.yml, and what is no part of a name. Importing this imports no spaCy."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.extractors.language.data import load_lexicon, load_yaml
from dateline.extractors.language.phrases import Phrases, phrases


@dataclass(frozen=True, slots=True)
class Grammar:
    """The word lists of names.yml, and whatever is no part of a name: `no_part` unless another list says otherwise,
    `never` whatever stands beside it. `openers` begin a nation or a title."""

    particles: frozenset[str]
    beginners: frozenset[str]
    hyphened: frozenset[str]
    honorifics: frozenset[str]
    address: frozenset[str]
    suffixes: frozenset[str]
    institutions: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    prefixes: frozenset[str]
    compounds: frozenset[str]
    directions: frozenset[str]
    headline_verbs: frozenset[str]
    small: frozenset[str]
    no_part: frozenset[str]
    never: frozenset[str]
    openers: frozenset[str]
    peoples: frozenset[str]
    nations: Phrases
    titles: Phrases


@cache
def grammar() -> Grammar:
    """The grammar, read once a process."""
    folder = Path(__file__).parent
    data = {kind: frozenset(words) for kind, words in load_yaml(folder / "names.yml").items()}
    nations = load_yaml(folder / "nations.yml")
    titles = load_lexicon(folder / "titles.yml")
    single = {word for listed in (*titles.values(), *nations.values()) for word in listed if " " not in word}
    small = data.pop("words") | data.pop("calendar")
    bodies = data["institutions"] | data["address"] | data["prefixes"] | data["headline_verbs"]
    known_nations, known_titles = phrases(nations), phrases(titles)
    no_part = small | data["directions"] | bodies | single
    return Grammar(
        **data,
        small=small,
        no_part=no_part,
        never=no_part - data["given"] - data["surnames"] - data["honorifics"],
        peoples=frozenset(nations["peoples"]),
        openers=known_nations.first_words() | known_titles.first_words(),
        nations=known_nations,
        titles=known_titles,
    )
