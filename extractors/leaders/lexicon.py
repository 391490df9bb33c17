"""The words that leaders are read by: titles.yml of the language, offices.yml and organisations.yml here."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.extractors.language.data import LANGUAGE, load_lexicon, load_yaml
from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.phrases import Phrases, phrases
from dateline.extractors.language.words import Words

_HERE = Path(__file__).parent
_PREFIXES = ("ex-", "then-", "acting-", "vice-", "deputy-", "sub-", "shadow-", "pro-")
_ENDINGS = ("-elect", "-designate")  # "mayor-elect"
_LONGEST_SHORT_FORM = 3  # letters of "PM", "Lt", "Gen"
LONGEST_ABBREVIATION = 4  # letters; "LET" and "WHO" are bodies in capitals only


_JOINTS = ("e-", "i-", "ul-", "al-", "us-", "ur-", "o-", "as-")

Range = tuple[int, int]  # words, half-open


@dataclass(frozen=True, slots=True)
class TitleWord:
    """A title word or phrase: the index after it, its class in titles.yml, and whether it is plural."""

    stop: int
    kind: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Offices:
    """Titles, the words around them, and bodies. `openers` are all words that a title can begin with, `body_openers`
    those of a body, a nation or a noun of bodies."""

    titles: Phrases
    plurals: Phrases
    openers: frozenset[str]
    bodies: Phrases
    body_nouns: Phrases
    nations: Phrases
    body_openers: frozenset[str]
    alias: Phrases
    determiners: Phrases
    words: dict[str, frozenset[str]]


@cache
def offices() -> Offices:
    """The lexicon, read once a process."""
    titles = load_lexicon(LANGUAGE / "titles.yml")
    data: dict[str, Any] = load_yaml(_HERE / "offices.yml")
    words = {name: frozenset(listed) for name, listed in data.items() if isinstance(listed, list)}
    known = phrases(titles)
    plurals = phrases({name: [_plural(title) for title in listed] for name, listed in titles.items()})
    single = [title for listed in titles.values() for title in listed if " " not in title]
    words["cues"] = words["leading"] | words["led_by"] | words["took_office"] | words["reigns"]
    bodies = phrases(_with_article(load_lexicon(_HERE / "organisations.yml")))
    body_nouns = phrases(data["bodies"])
    nations = phrases(load_yaml(LANGUAGE / "nations.yml"))
    return Offices(
        titles=known,
        plurals=plurals,
        openers=known.first_words()
        | plurals.first_words()
        | {prefix + word for prefix in _PREFIXES for word in single}
        | {word + ending for ending in _ENDINGS for word in single},
        bodies=bodies,
        body_nouns=body_nouns,
        nations=nations,
        body_openers=words["armed_openers"]
        | words["armed_of"]
        | bodies.first_words()
        | body_nouns.first_words()
        | nations.first_words(),
        alias=phrases({"alias": data["alias"]}),
        determiners=phrases({"determiner": data["determiners"]}),
        words=words,
    )


def _with_article(bodies: dict[str, list[str]]) -> dict[str, list[str]]:
    """The names of bodies, with both spellings of those that begin with the Arabic article: "al Qaeda", "al-Qaeda"."""
    return {
        name: [*listed, *(f"al-{body.removeprefix('al ')}" for body in listed if body.startswith("al "))]
        for name, listed in bodies.items()
    }


def is_word(words: Words, index: int, kind: str) -> bool:
    """Whether the word at `index` (which may lie outside the sentence) is in the list `kind` of offices.yml."""
    lower = words.lower
    return 0 <= index < len(lower) and lower[index] in offices().words[kind]


def is_possessive(words: Words, index: int) -> bool:
    """Whether the word at `index` is the "'s" of the word before it, or the "'" of a plural: no quotation mark."""
    if not 0 < index < len(words):
        return False
    if words.lower[index] == "'s":
        return True
    return words.lower[index] == "'" and words.touches_next(index - 1) and words.lower[index - 1].endswith("s")


def body_at(words: Words, index: int) -> tuple[int, str] | None:
    """The index after the body or nation that is named at word `index`, and its class ("nation" for a nation).

    A body of one short word is read in capitals only; any other has a capital somewhere ("al Qaeda").
    """
    known = offices()
    lower = words.lower[index] if 0 <= index < len(words.lower) else ""
    if lower not in known.body_openers and "-" not in lower:
        return None  # most words
    found = known.bodies.at(words, index)
    if found is not None:
        written = "".join(words.text[index : found[0]])
        if written.isupper() or (len(written) > LONGEST_ABBREVIATION and not written.islower()):
            return found
    armed = _armed_shape(words, index)
    if armed is not None:
        return armed, "armed_group"
    nation = known.nations.at(words, index)
    if (
        nation is not None
        and words.text[index][0].isupper()
        and (len(words.text[index]) > 2 or words.text[index].isupper())
    ):
        return nation[0], "nation"
    return None


def _armed_shape(words: Words, index: int) -> int | None:
    """The index after an armed group's name that no list knows, by its shape: "Ansar al-Badiya", "Lashkar-e-Noor",
    "Sons of the Delta"."""
    text, lower = words.text[index], words.lower[index]
    if not text[0].isupper():
        return None
    openers = offices().words
    head, hyphen, rest = lower.partition("-")
    if head in openers["armed_openers"]:
        if hyphen and rest.startswith(_JOINTS) and rest.rpartition("-")[2]:
            return index + 1
        following = words.lower[index + 1] if index + 1 < len(words) else ""
        return index + 2 if not hyphen and following.startswith(("al-", "ul-", "as-", "ash-", "at-")) else None
    if index > 0 and lower in openers["armed_of"] and words.lower[index + 1 : index + 2] == ["of"]:
        stop = index + 3 if words.lower[index + 2 : index + 3] == ["the"] else index + 2
        begin = stop
        while stop < len(words) and words.text[stop][0].isupper() and words.lower[stop] not in grammar().small:
            stop += 1
        return stop if stop > begin else None
    return None


def title_at(words: Words, index: int) -> TitleWord | None:
    """The title at word `index`, seen through prefixes ("ex-president"); None where none begins there."""
    known = offices()
    word = words.lower[index] if 0 <= index < len(words.lower) else ""
    if word not in known.openers:
        return None  # most words
    found = known.titles.at(words, index)
    if found is not None:
        return TitleWord(*found) if _is_written_so(words, index) and not _names_body(words, found[0]) else None
    plural = known.plurals.at(words, index)
    if plural is not None:
        return TitleWord(*plural, plural=True)
    for prefix in _PREFIXES if "-" in word else ():
        if word.startswith(prefix) and (kind := known.titles.value(word.removeprefix(prefix))) is not None:
            return TitleWord(index + 1, kind)
    for ending in _ENDINGS if "-" in word else ():
        if word.endswith(ending) and (kind := known.titles.value(word.removesuffix(ending))) is not None:
            return TitleWord(index + 1, kind)
    return None


def _is_written_so(words: Words, index: int) -> bool:
    """Whether a short form has the capital of a title and is no time of day: "PM", not "5 pm"."""
    if len(words.lower[index]) > _LONGEST_SHORT_FORM:
        return True
    return words.text[index][0].isupper() and not (index > 0 and words.text[index - 1][:1].isdigit())


def _names_body(words: Words, stop: int) -> bool:
    """Whether a title is part of a body's or a building's name: "General Hospital", "Governor House"."""
    if stop >= len(words) or not (words.text[stop - 1][0].isupper() and words.text[stop][0].isupper()):
        return False
    known = grammar()
    body = words.lower[stop] in known.institutions and words.lower[stop] not in known.given
    return body and words.lower[stop] not in offices().words["portfolio"]


def _plural(title: str) -> str:
    """The plural of a title: its head noun, which stands before "of", "in" or "general", takes the ending."""
    words = title.split()
    at = next((i - 1 for i, word in enumerate(words) if i > 0 and word in ("of", "in", "general", "-")), len(words) - 1)
    if (
        words[-1] == "general"
        and len(words) == 2
        and words[0] not in ("attorney", "solicitor", "secretary", "inspector", "consul", "director")
    ):
        at = 1
    word = words[at]
    if word.endswith("man"):
        word = word[:-3] + "men"
    elif word.endswith("y") and word[-2] not in "aeou":
        word = word[:-1] + "ies"
    else:
        word += "es" if word.endswith(("s", "ch", "x")) else "s"
    return " ".join([*words[:at], word, *words[at + 1 :]])
