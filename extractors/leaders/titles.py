"""Title phrases: "the group's deputy commander", "Pakistan's Chief of Army Staff", "governor of Lowgar province".

Read in one pass over a sentence's words: a title word from the lexicon, what stands before it (modifiers.py) and after
it (complements.py).
"""

from dataclasses import dataclass

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.names import name_at
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.bodies import body_class, role_class
from dateline.extractors.leaders.complements import complement
from dateline.extractors.leaders.lexicon import Range, TitleWord, is_word, offices, title_at
from dateline.extractors.leaders.modifiers import ends_body, modifiers
from dateline.models.fields.leaders import RoleClass

_PRONOUNS = ("who", "which", "he", "she")
_MODIFIERS_BETWEEN = 3  # "Deputy national police commander" has two


@dataclass(frozen=True, slots=True)
class Title:
    """A title phrase, as half-open ranges of words.

    `start` is its first word, `article` included (`bare` without); `stop` the word after its last ("of Lowgar province"
    included). `kind` is the class in titles.yml, "rank", "open", "lesser" and "specialist" among them; `role_class` the
    class read. `of_name` says that a capitalised name stands in its complement.
    """

    start: int
    bare: int
    head: int
    head_stop: int
    stop: int
    role: Range
    organisation: Range | None
    kind: str
    role_class: RoleClass
    plural: bool
    article: str
    of_name: bool

    @property
    def is_office(self) -> bool:
        """Whether it says more than a rank or a standing."""
        return self.kind not in ("rank", "lesser", "specialist")

    @property
    def indefinite(self) -> bool:
        """Whether it is one of many: "a commander"."""
        return self.article in ("a", "an")


def titles_in(words: Words) -> list[Title]:
    """The titles of a sentence, in order; none overlaps another."""
    found: list[Title] = []
    passed = floor = 0
    openers = offices().openers
    for index in [index for index, lower in enumerate(words.lower) if lower in openers]:
        head = title_at(words, index) if index >= passed else None
        if head is None or _is_modifier(words, index, head.stop) or _is_other(words, index):
            continue
        title = _title(words, index, head, floor)
        if title is not None:
            found.append(title)
            floor = title.stop
        passed = title.stop if title is not None else head.stop
    return found


def _is_modifier(words: Words, index: int, stop: int) -> bool:
    """Whether a title word only begins a longer title: "Deputy police commander", "fighter facilitator"."""
    following = title_at(words, stop)
    if following is not None and words.text[index].islower() and following.kind == "specialist":
        return True
    if stop - index > 1 or not _qualifies(words, index):
        return False
    at = stop
    while at < stop + _MODIFIERS_BETWEEN and _qualifies(words, at):
        if title_at(words, at) is not None:
            return True  # "deputy police chief"
        at += 1
    return title_at(words, at) is not None


def _qualifies(words: Words, index: int) -> bool:
    return is_word(words, index, "standing") or is_word(words, index, "portfolio")


def _is_other(words: Words, index: int) -> bool:
    """Whether a title word is none here: the verb of "who heads", the given name of "Amir Khan"."""
    before = words.lower[index - 1] if index > 0 else ""
    if (
        is_word(words, index - 1, "christened")
        and words.text[index - 1][0].isupper()
        and words.text[index][0].isupper()
    ):
        return True  # "USS Admiral Stone"
    if ends_body(words, index):
        return True  # "Maroon Brigade commander" is a commander of the Maroon Brigade
    if words.lower[index] == "heads" and before in _PRONOUNS:
        return True
    if words.lower[index] not in grammar().given or name_at(words, index) is None:
        return False
    owned = index > 0 and words.text[index - 1][0].isupper() and title_at(words, index - 1) is None
    return not owned


def _title(words: Words, head: int, found: TitleWord, floor: int) -> Title | None:
    before, after = modifiers(words, head, floor), complement(words, found.stop)
    organisation = before.organisation
    role = before.role, max(found.stop, after.role_stop)
    if _is_elsewhere(words, before.start, head, organisation):
        return None
    if found.kind == "spokesperson" and organisation is None:
        organisation = _body_before(words, before.role, head)
        role = (head if organisation is not None else role[0]), role[1]
    if organisation is not None and is_word(words, head, "personal") and _is_person(words, organisation):
        role, organisation = (before.start, role[1]), None  # "Karim's successor" holds no office in a body called Karim
    organisation = organisation or after.organisation
    joined = floor > 0 and before.start - 1 == floor and words.lower[floor] == "and"  # "leader and ideologue X"
    if (
        found.kind in ("lesser", "specialist")
        and not joined
        and not _is_high(words, found.kind, before.start, head, organisation)
    ):
        return None
    start = _with_article(words, before.start, floor)
    return Title(
        start=start,
        bare=before.start,
        head=head,
        head_stop=found.stop,
        stop=after.stop,
        role=role,
        organisation=organisation,
        kind=found.kind,
        role_class=role_class(words, found.kind, role, organisation, head),
        plural=found.plural,
        article=words.joined(start, before.start),
        of_name=after.of_name,
    )


def _is_elsewhere(words: Words, start: int, head: int, organisation: Range | None) -> bool:
    """Whether a title word gives no office of our kind: "film director", a team's "captain", "a major exhibition"."""
    text = words.text[head]
    if text.islower() and is_word(words, head, "adjectives"):
        noun = words.joined(head - 2, head) == "promoted to"
        noun = noun or (words.lower[head - 1 : head] == ["the"] and is_word(words, head + 1, "auxiliaries"))
        return (
            start == head and not noun
        ) or text == "major"  # "the official version", but "a health ministry official"
    if any(is_word(words, index, "elsewhere") for index in range(start - 1, head)):
        return True
    return text == "captain" and (organisation is None or body_class(words, organisation) is None)


def _body_before(words: Words, start: int, stop: int) -> Range | None:
    """The army or police of "a navy spokesman": the first body noun before the title."""
    for index in range(start, stop):
        noun = offices().body_nouns.at(words, index)
        if noun is not None and noun[0] <= stop:
            return index, noun[0]
    return None


def _is_person(words: Words, owner: Range) -> bool:
    return body_class(words, owner) is None and name_at(words, owner[0]) == owner[1]


def _is_high(words: Words, kind: str, start: int, head: int, organisation: Range | None) -> bool:
    """Whether a "member" or an "operative" holds an office: of standing, of a council, or (a specialist) of a body."""
    if any(is_word(words, index, "high") for index in range(start, head)):
        return True
    if organisation is None:
        return False
    if kind == "specialist":
        return body_class(words, organisation) not in (None, "nation")
    return is_word(words, organisation[0], "councils") or is_word(words, organisation[1] - 1, "councils")


def _with_article(words: Words, bare: int, floor: int) -> int:
    """The first word of "the", "one of the" and the like that ends before the phrase."""
    for size in (3, 2, 1):
        found = offices().determiners.at(words, bare - size) if bare - size >= floor else None
        if found is not None and found[0] == bare:
            return bare - size
    return bare
