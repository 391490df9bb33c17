"""The words of tolls, read once from groups.yml and words.yml: who counts as people, and what ends a noun phrase."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from dateline.extractors.casualties.sentence import by_first_word
from dateline.extractors.language.data import load_yaml
from dateline.models.fields.casualties import GroupClass

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Word:
    """A word for people. `plural` is None where the word itself does not tell ("personnel"); the class of a `leaning`
    noun gives way to the class of a word beside it."""

    group_class: GroupClass
    plural: bool | None
    leaning: bool = False


@cache
def nouns() -> dict[str, Word]:
    """Words for people, in lower case."""
    data = load_yaml(FOLDER / "groups.yml")
    found: dict[str, Word] = {}
    for section, leaning in (("leaning", True), ("nouns", False)):
        for name, words in data[section].items():
            for word in words:
                found.setdefault(word, Word(_group(name), plural=False, leaning=leaning))
                found.setdefault(plural_of(word), Word(_group(name), plural=True, leaning=leaning))
    for section, number in (("plural", True), ("mass", None)):
        for name, words in data[section].items():
            found.update({word: Word(_group(name), plural=number) for word in words})
    return found


@cache
def beside() -> dict[str, GroupClass]:
    """Words beside a noun that say whose people they are: "police", "Taliban"."""
    data = load_yaml(FOLDER / "groups.yml")["beside"]
    return {word: _group(name) for name, words in data.items() for word in words}


@cache
def adjectives() -> frozenset[str]:
    """Words for people that are adjectives as well."""
    return frozenset(load_yaml(FOLDER / "groups.yml")["adjectives"])


@cache
def collectives() -> frozenset[str]:
    """What people can be counted in: "a busload of 40"."""
    return frozenset(load_yaml(FOLDER / "groups.yml")["collectives"])


@cache
def households() -> frozenset[str]:
    """Nouns for more people than one, of whom nobody says how many: "a family"."""
    return frozenset(load_yaml(FOLDER / "groups.yml")["households"])


@cache
def sized() -> dict[str, int]:
    """Nouns that are a number of people: "an elderly couple"."""
    return {noun: int(number) for noun, number in load_yaml(FOLDER / "groups.yml")["sized"].items()}


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """The classes of words.yml."""
    return {name: frozenset(words) for name, words in load_yaml(FOLDER / "words.yml").items()}


@cache
def grammar(name: str) -> frozenset[str]:
    """A set of small words of grammar.yml."""
    return frozenset(load_yaml(FOLDER / "grammar.yml")["words"][name])


@cache
def grammar_phrases(name: str) -> dict[str, list[tuple[str, ...]]]:
    """A list of phrases of grammar.yml, as `Sentence.phrase_at` wants them."""
    return by_first_word(load_yaml(FOLDER / "grammar.yml")["phrases"][name])


def plural_of(noun: str) -> str:
    """The regular English plural of a singular: "gunmen", "deputies", "coaches", "soldiers"."""
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    return noun + "s"


def _group(name: str) -> GroupClass:
    return cast(GroupClass, name)
