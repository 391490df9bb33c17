"""The persons of an article: gathered from their introductions, with their aliases and every later mention."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.names import name_at, name_before, stands_free
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.identity import key, parts, same_person, sounds, without_servant
from dateline.extractors.leaders.introduction import Introduction
from dateline.extractors.leaders.lexicon import Range, offices, title_at

_LONGEST_INSERT = 12  # words between a name and its alias: an apposition, or the name in its own script
_CANDIDATES = 20  # persons of one surname that a name is compared with: families are smaller
_OPENERS = frozenset({",", "(", '"', "“", "‘", "'", "as", "the", ":"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person stands: the sentence, the words of the name, the words to read a status beside, the
    rule, and the introduction if it is one."""

    sentence: int
    name: Range
    phrase: Range
    rule: str
    introduction: Introduction | None = None


@dataclass(slots=True)
class Person:
    """A person of an article: the fullest name, the mention that says most about the office (the weightiest
    introduction, the first of equals), the names known by, and all mentions."""

    name: str
    office: Mention
    names: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def since(self) -> int:
        """The sentence of the first introduction."""
        return self.mentions[0].sentence

    def known_as(self, name: str) -> bool:
        """Whether `name` is one of this person's names, or a short or differently spelled form of one."""
        return any(same_person(known, name) for known in self.names)

    def is_body(self, sentences: Sequence[Words], name: str) -> bool:
        """Whether a lone name is rather the body this person heads: the "Ford" of Ford's William Ford."""
        introduction = self.office.introduction
        body = introduction.organisation if introduction is not None else None
        return body is not None and name.lower() in sentences[self.office.sentence].lower[body[0] : body[1]]


class People:
    """The persons of an article in the order of their introduction, found by how the parts of their names sound."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self._by_sound: dict[str, list[Person]] = {}

    def meant(self, name: str, *, by: int | None = None) -> Person | None:
        """The person a name means: one of as many parts before one it is short for, the last introduced first; of those
        introduced up to the sentence `by`, if it is given."""
        own = parts(name)
        near = self._by_sound.get(key(own[-1]).consonants, [])[-_CANDIDATES:] if own else []
        found = [person for person in near if person.known_as(name) and (by is None or person.since <= by)]
        exact = [person for person in found if any(len(parts(known)) == len(own) for known in person.names)]
        chosen = exact or found
        return chosen[-1] if chosen else None

    def knows_sound(self, name: str) -> bool:
        """Whether any part of a name sounds like part of a known one."""
        return any(key(part).consonants in self._by_sound for part in parts(name))

    def names_among(self, texts: Iterable[str]) -> frozenset[str]:
        """The words with a capital that sound like part of a known name: most sentences have none."""
        known = self._by_sound.keys()
        capitals = (text for text in texts if not text.islower() and len(text) > 1)
        return frozenset(text for text in capitals if not known.isdisjoint(sounds(text)))

    def add(self, name: str, mention: Mention) -> None:
        """Note a mention under a name: the fullest is the one the person goes by."""
        person = self.meant(name)
        if person is None:
            person = Person(name, mention)
            self.persons.append(person)
        elif len(parts(name)) > len(parts(person.name)):
            person.name = name
        if _weight(mention) > _weight(person.office):
            person.office = mention
        self.call(person, name, mention)

    def call(self, person: Person, name: str, mention: Mention) -> None:
        """Note that a person is also known by a name."""
        person.mentions.append(mention)
        if name in person.names:
            return
        person.names.append(name)
        own = parts(name)
        for part in dict.fromkeys((*own, *map(without_servant, own))):
            bearers = self._by_sound.setdefault(key(part).consonants, [])
            if not bearers or bearers[-1] is not person:
                bearers.append(person)


def _spelled(words: Words, name: Range) -> str:
    """A name as written."""
    start, stop = words.characters(*name)
    return words.tokens.source[start:stop]


def _weight(mention: Mention) -> int:
    return mention.introduction.weight if mention.introduction is not None else -1


def gather(sentences: Sequence[Words], introduced: Sequence[tuple[int, Introduction]]) -> list[Person]:
    """The persons of an article from their introductions (number of the sentence, introduction; in text order), with
    all their mentions."""
    people = People()
    if not introduced:
        return []
    cues = _alias_cues()
    aliases = {
        number: list(_aliases(words)) for number, words in enumerate(sentences) if not cues.isdisjoint(words.lower)
    }
    owners = {
        (number, at): owner for number, found in aliases.items() for owner, alias in found for at in range(*alias)
    }
    for number, introduction in introduced:
        owner = owners.get((number, introduction.name[0]))
        if owner is not None and introduction.rule == "leaders.title-name":
            continue  # "nicknamed General Thunder" is no second person
        if owner is not None:  # "X, also known as Y, is a general" introduces X
            introduction = replace(introduction, name=owner, start=min(owner[0], introduction.start))
        phrase = introduction.start, introduction.stop
        mention = Mention(number, introduction.name, phrase, introduction.rule, introduction)
        people.add(_spelled(sentences[number], introduction.name), mention)
    for number, found in aliases.items():
        for owner, alias in found:
            person = people.meant(_spelled(sentences[number], owner))
            if person is not None:
                mention = Mention(number, alias, alias, "leaders.alias")
                people.call(person, _spelled(sentences[number], alias), mention)
    for number, name, person in list(_later_mentions(sentences, people)):
        phrase = _with_address(sentences[number], name), name[1]
        person.mentions.append(Mention(number, name, phrase, "leaders.mention"))
    return people.persons


def _aliases(words: Words) -> Iterator[tuple[Range, Range]]:
    """Every alias of a sentence: the name it belongs to, and its words ("General Thunder")."""
    passed, cues = 1, _alias_cues()
    for index in [index for index, lower in enumerate(words.lower) if lower in cues]:
        cue = offices().alias.at(words, index) if index >= passed else None
        if cue is None:
            continue
        passed = cue[0]  # "better known as" holds "known as"
        alias = _alias_at(words, cue[0])
        owner = _owner(words, index) if alias is not None else None
        if owner is not None and alias is not None:
            yield owner, alias


@cache
def _alias_cues() -> frozenset[str]:
    return offices().alias.first_words()


def _owner(words: Words, cue: int) -> Range | None:
    """The name before an alias cue: right before it, or before its comma, a bracket, or an apposition."""
    stop = cue
    for _ in range(3):
        start = name_before(words, stop)
        if start is not None:
            return start, stop
        if stop > 0 and words.lower[stop - 1] in (",", "(", "-", "–", "—"):
            stop -= 1
        elif stop > 0 and words.lower[stop - 1] == ")":
            stop = next((i for i in range(stop - 1, max(0, stop - _LONGEST_INSERT), -1) if words.lower[i] == "("), stop)
    comma = next((i for i in range(stop - 1, max(0, stop - _LONGEST_INSERT), -1) if words.lower[i] == ","), None)
    start = name_before(words, comma) if comma is not None else None
    return (start, comma) if start is not None and comma is not None else None


def _alias_at(words: Words, index: int) -> Range | None:
    """The name that follows an alias cue, after a quotation mark, with a title that is part of the nickname."""
    while index < len(words) and words.lower[index] in _OPENERS:
        index += 1
    if index >= len(words):
        return None
    title = title_at(words, index)
    begin = title.stop if title is not None and words.text[index][0].isupper() else index
    stop = name_at(words, begin)
    return (index, stop) if stop is not None else None


def _later_mentions(sentences: Sequence[Words], people: People) -> Iterator[tuple[int, Range, Person]]:
    """Every mention of a person that is no introduction: full names anywhere, short ones after the introduction or in
    the headline. A short name means the last person of that name, and nobody where that last one holds no office."""
    taken = {(m.sentence, index) for person in people.persons for m in person.mentions for index in range(*m.name)}
    strangers: dict[str, int] = {}  # the sound of a last name, and the sentence where somebody else bore it
    telling = people.names_among(set().union(*(words.text for words in sentences)))
    for number, words in enumerate(sentences):
        for start, stop in _names(words, people) if not telling.isdisjoint(words.text) else ():
            if (number, start) in taken or (number, stop - 1) in taken:
                continue
            name = _spelled(words, (start, stop))
            own = parts(name)
            short = len(own) == 1
            person = people.meant(name, by=number if short and number > 0 else None)
            if person is None and not short:
                strangers[key(own[-1]).consonants] = number
            if person is None:
                continue
            replaced = strangers.get(key(own[-1]).consonants, -1) >= person.since
            if not short or not (replaced or person.is_body(sentences, name)):
                yield number, (start, stop), person


def _names(words: Words, people: People) -> Iterator[Range]:
    """The names of a sentence, single parts too, that have a part sounding like one of a known person's."""
    passed = 0
    for index in [at for at, text in enumerate(words.text) if not text[0].islower() or text[2:3] == "-"]:
        text = words.text[index]
        if index < passed:
            continue
        begins = text[0].isalpha() and (not text.islower() or text.partition("-")[0] in ("al", "el"))
        stop = name_at(words, index) if begins else None
        if stop is None or not stands_free(words, index):
            nation = grammar().nations.at(words, index)
            passed = nation[0] if nation is not None else index + 1
            continue
        if people.knows_sound(_spelled(words, (index, stop))):
            yield index, stop
        passed = stop


def _with_address(words: Words, name: Range) -> int:
    """The first word of "Mr X": the status is read beside the whole."""
    return name[0] - 1 if name[0] > 0 and words.lower[name[0] - 1] in grammar().address else name[0]
