"""Finding leaders in a sentence: how news introduces a person by title, office and organisation.

Each construction has a rule in rules.yml; the functions here and in appositions.py and predicates.py say what each
means over words and titles. A construction gives an `Introduction`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.names import may_name
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.appositions import apposed, called, named_after_comma
from dateline.extractors.leaders.bodies import body_after, class_in, role_class
from dateline.extractors.leaders.introduction import Introduction, name_following
from dateline.extractors.leaders.lexicon import Range, is_possessive, is_word, title_at
from dateline.extractors.leaders.predicates import appointed, by_verbs, equated
from dateline.extractors.leaders.titles import Title
from dateline.models.fields.leaders import RoleClass

_LONGEST_CHAIN = 4  # titles of one person: "Foreign Minister and Deputy Prime Minister General Sir X"
_SMALL_IN_HEADLINES = frozenset(
    {"with", "from", "over", "into", "after", "amid", "than", "upon", "near", "that", "when", "under", "about"}
)


def introductions(words: Words, titles: Sequence[Title]) -> list[Introduction]:
    """Everyone whom a sentence with these titles gives an office, in the order of their names; one introduction a name,
    the fullest."""
    if not may_name(words):
        return []
    best: dict[Range, Introduction] = {}
    for found in [*_by_titles(words, titles), *by_verbs(words, titles)]:
        known = best.get(found.name)
        best[found.name] = found if known is None else _joined(known, found)
    return _apart([best[name] for name in sorted(best)])


def _joined(first: Introduction, second: Introduction) -> Introduction:
    """Two introductions of one name ("Capt. X, a navy spokesman") as one: the weightier office, the extent of both."""
    main, other = (first, second) if first.weight >= second.weight else (second, first)
    return replace(
        main,
        organisation=main.organisation or other.organisation,
        role_class=other.role_class if main.role_class == "other" else main.role_class,
        start=min(first.start, second.start),
        stop=max(first.stop, second.stop),
    )


def _apart(found: list[Introduction]) -> list[Introduction]:
    """Of overlapping names the longer."""
    kept: list[Introduction] = []
    for one in found:
        if not kept or one.name[0] >= kept[-1].name[1]:
            kept.append(one)
        elif one.name[1] - one.name[0] > kept[-1].name[1] - kept[-1].name[0]:
            kept[-1] = one
    return kept


def _by_titles(words: Words, titles: Sequence[Title]) -> Iterator[Introduction]:
    titled = bool(titles) and is_titled(words)
    begun = {title.bare for title in titles}
    chain: list[Title] = []
    for title in titles:
        chain = [*chain[1 - _LONGEST_CHAIN :], title] if chain and _chains(words, chain[-1], title) else [title]
        called_as = _is_called_as(words, title)
        rule = "leaders.named" if called_as else "leaders.title-name"
        found = _names_after(words, title, title.stop + called_as)
        named = [name for name in found if not titled or _is_sure_in_headline(words, name)]
        for name in named:
            yield _introduced(words, chain, name, rule)
        if named or titled or title.stop in begun:  # the rest of the chain has the name
            continue
        beside = (
            appointed(words, chain)
            or apposed(words, chain)
            or named_after_comma(words, chain)
            or called(words, title)
            or equated(words, chain)
        )
        if beside is not None:
            yield _introduced(words, chain, beside.name, beside.rule)


def _chains(words: Words, first: Title, second: Title) -> bool:
    """Whether two titles belong to one person: "Chief of Army Staff General", "deputy and head of Y"."""
    if first.stop == second.bare:  # but in "President X's adviser Y" a name stands between them
        return not any(is_possessive(words, index) for index in range(second.bare, second.head))
    return first.stop + 1 == second.start and words.lower[first.stop] in ("and", "&")


def _introduced(words: Words, chain: Sequence[Title], name: Range, rule: str) -> Introduction:
    """The introduction of `name` by the first office of `chain`, or by its rank where it holds no office."""
    main = next((title for title in chain if title.is_office), chain[0])
    organisation = main.organisation or next((title.organisation for title in chain if title.organisation), None)
    start, stop = min(chain[0].start, name[0]), max(chain[-1].stop, name[1])
    if organisation is None and words.lower[name[1] : name[1] + 1] == ["of"]:
        organisation = body_after(words, name[1] + 1)  # "Commander X of the Heron Militia"
        stop = organisation[1] if organisation is not None else stop
    return Introduction(
        name=name,
        role=main.role,
        organisation=organisation,
        role_class=_class_of(words, chain, main, organisation),
        rule=rule,
        weight=2 * main.is_office + (organisation is not None) + (rule != "leaders.title-name"),
        start=start,
        stop=stop,
    )


def _class_of(words: Words, chain: Sequence[Title], main: Title, organisation: Range | None) -> RoleClass:
    """The class of an office whose organisation may stand in another title of its chain, or after the name."""
    if organisation is None or organisation == main.organisation:
        others = [title.role_class for title in chain if title.role_class != "other"]
        return main.role_class if main.role_class != "other" or not others else others[0]
    if main.role_class == "state_leader":
        return class_in(words, organisation, state="state_leader")  # "president and CEO of Harbour Lines"
    return role_class(words, main.kind, main.role, organisation, main.head)


def _is_called_as(words: Words, title: Title) -> bool:
    """Whether an "as" after the title leads on to its name: "identified the two commanders as X and Y"."""
    before = words.lower[max(0, title.start - 3) : title.start]
    return words.lower[title.stop : title.stop + 1] == ["as"] and ("named" in before or "identified" in before)


def _names_after(words: Words, title: Title, start: int) -> Iterator[Range]:
    """The name that begins at word `start` after a title ("TTP leader Hakimullah Mehsud"); the names after a plural one
    ("two colonels, X and Y,")."""
    comma = title.plural and words.lower[start : start + 1] == [","]
    name = name_following(words, start + comma)
    if name is None or not _may_be_named(words, title, name):
        return
    names = [name]
    while title.plural and name is not None and name[1] < len(words) and words.lower[name[1]] in (",", "and"):
        begin = name[1] + 1
        name = name_following(words, begin + 1 if words.lower[begin : begin + 1] == ["and"] else begin)
        if name is not None:
            names.append(name)
    full = all(stop - start > 1 for start, stop in names)
    if not comma or (full and len(names) > 1 and words.lower[names[-1][0] - 1] == "and"):
        yield from names


def _may_be_named(words: Words, title: Title, name: Range) -> bool:
    """Whether the words after a title can be its bearer's name, and are not the place or the body it is for."""
    lone = name[1] - name[0] == 1
    if is_word(words, name[1], "place_nouns") or any(is_word(words, index, "portfolio") for index in range(*name)):
        return False  # "Imam Sahib district", "Marlow County Adult Education"
    if name[1] < len(words) and words.text[name[1]][0].isupper() and title_at(words, name[1]) is not None:
        return False  # "Chief Brand Officer"
    if lone and (title.of_name or is_word(words, title.head_stop - 1, "territorial")):
        return False  # "governor of Herat Afghanistan", "Assistant Commissioner Multan"
    owned = words.text[name[1] + 1 : name[1] + 2] if words.lower[name[1] : name[1] + 1] in (["'s"], ["'"]) else []
    return not (owned and owned[0][0].isupper() and owned[0].lower() in grammar().institutions)  # "Queen Anne's County"


def is_titled(words: Words) -> bool:
    """Whether a line is a headline in Title Case: all its longer words are capitalised, and no stop ends it."""
    longer = [text for text in words.text if len(text) > 3 and text[0].isalpha() and text not in _SMALL_IN_HEADLINES]
    if len(longer) < 4 or words.text[-1] in (".", "!", "”", '"', ":"):
        return False
    return all(text[0].isupper() for text in longer)


def _is_sure_in_headline(words: Words, name: Range) -> bool:
    """In a Title Case headline any word may look like a name: two to four parts before a verb of headlines are one."""
    if not 2 <= name[1] - name[0] <= 4 or name[1] >= len(words):
        return False
    return words.lower[name[1]] in grammar().headline_verbs
