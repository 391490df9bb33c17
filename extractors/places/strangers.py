"""Names that are no places here: persons, papers, clubs, streets, illnesses, organisations, and plain words."""

from functools import cache

from dateline.extractors.places.containers import is_abbreviation
from dateline.extractors.places.fold import fold
from dateline.extractors.places.people import People
from dateline.extractors.places.reading import Name, Text
from dateline.extractors.places.words import classes, common

_SHORT = 3  # letters of names that only count as they are usually written: US, UK, UAE
_SET_OFF = frozenset([",", ":", "(", "-", "–", "—", "--"])  # behind the town of a dateline
_RUN = 5  # words of an organisation's name behind the place's
_OWNS = frozenset(["'", "’", "'s", "’s"])
_IZAFAT = frozenset(["e", "i", "ye", "yi"])  # what joins the words of a Persian name
_GROUP_REACH = 6  # words to look back over for the head of an organisation's name


def is_stranger(text: Text, name: Name, people: People) -> bool:
    """Whether the name is a part of something that is no place, or no name at all."""
    if name.places[0].level == "people":
        return True
    if is_short_form(name):
        return not (is_abbreviation(text, name) or _is_postal(text, name))
    if name.stop - name.start > 1 and name.key in classes()["never"]:
        return True
    if name.stop - name.start == 1 and not _is_written_as_name(text, name):
        return True
    before, after = neighbours(text, name)
    if (
        _is_in_phrase(text, name)
        or _ends_compound(text, name)
        or (before in classes()["club"] and capital_at(text, name.start - 1, name))
        or (before in classes()["called"] and name.within is None and not name.is_country)
    ):
        return True
    if _is_followed_by_stranger(text, name, after) or _is_in_group(text, name):
        return True
    if people.holds(name):
        return name.within is None or name.is_country
    return before == "the" and not _takes_article(text, name, after)


def neighbours(text: Text, name: Name) -> tuple[str, str]:
    """The words before and after `name` in its sentence, in lower case; "" where there is none."""
    start, stop = name.sentence
    before = text.lower[name.start - 1] if name.start > start else ""
    after = text.lower[name.stop] if name.stop < stop else ""
    return before, after


def capital_at(text: Text, index: int, name: Name) -> bool:
    """Whether the word `index` is in the sentence of `name` and has a capital."""
    return name.sentence[0] <= index < name.sentence[1] and text.capital[index]


def is_ordinary(text: Text, name: Name) -> bool:
    """Whether the name is also a word, or stands in lower case elsewhere in the article."""
    if name.is_country and len(name.key) <= _SHORT:
        return False
    if name.stop - name.start > 1:
        return False
    return name.key in common() or text.lower[name.start] in text.in_lower_case


def is_person_like(name: Name) -> bool:
    """Whether the name is a common given name or surname."""
    return name.key in classes()["person"]


def is_short_form(name: Name) -> bool:
    """Whether this is a state's abbreviation: "Mo.", "PA", "Ms." ("NSW" is one that is said, and stands alone)."""
    place = name.places[0]
    if place.level != "admin1" or place.country not in ("US", "CA", "AU") or name.quote in classes()["acronym"]:
        return False
    return len(name.key) <= 2 or name.key in _short_forms()


@cache
def _short_forms() -> frozenset[str]:
    return frozenset(fold(form) for form in classes()["abbreviation"])


def _is_postal(text: Text, name: Name) -> bool:
    """ "Erie, PA": two capitals behind a name and a comma."""
    if not (len(name.quote) == 2 and name.quote.isupper()):
        return False
    return text.lower[name.start - 1] == "," and capital_at(text, name.start - 2, name)


def _is_written_as_name(text: Text, name: Name) -> bool:
    word, lower = text.words[name.start], text.lower[name.start]
    if (
        word.isupper()
        and word.isalpha()
        and len(word) > 2
        and _stands_out(text, name)
        and word not in classes()["acronym"]
    ):
        return False  # "SWAT", "ROMA": an acronym of something else
    following = text.text[text.span(name.start, name.stop)[1] :][:1] if len(word) <= _SHORT else ""
    if (lower in classes()["never"] and word != "US") or following == "$" or word.endswith("$"):
        return False
    if not word.isupper() and word.upper() in classes()["acronym"]:
        return False  # "Act" is no territory of Australia, "Car" no republic
    letters = sum(character.isalpha() for character in word)
    if letters <= _SHORT and (name.is_country or letters < _SHORT) and not word.isupper():
        return "." in word
    return letters > 1


def _stands_out(text: Text, name: Name) -> bool:
    """Whether a word in capitals stands among words that are not: no dateline, no headline in capitals."""
    start, stop = name.sentence
    if name.stop < stop and text.words[name.stop] in _SET_OFF:
        return False
    around = text.words[max(start, name.start - 2) : name.start] + text.words[name.stop : min(stop, name.stop + 2)]
    letters = [word for word in around if word.isalpha() and len(word) > 1]
    return bool(letters) and not any(word.isupper() for word in letters)


def _is_followed_by_stranger(text: Text, name: Name, after: str) -> bool:
    """ "Boston Globe", "Toledo Blade", "Chicago Bears", "Madison Street", "Marburg virus", "US$"."""
    known = classes()
    if after in known["ailment"]:
        return True
    if not capital_at(text, name.stop, name):
        return (after in ("university", "college") or after in known["small_street"]) and not name.is_country
    if after in known["something_else"]:
        return name.within is None
    if after in known["paper"] and after not in known["unit"]:
        return True
    # "Dover State Journal", "Utah State University"
    second = text.lower[name.stop + 1] if capital_at(text, name.stop + 1, name) else ""
    if after in known["group"] or second in ("university", "college", "journal", "times"):
        return True
    return _ends_organisation(text, name)


def _ends_organisation(text: Text, name: Name) -> bool:
    """ "Kurdistan Workers' Party": a party, front or army some capitalised words further on."""
    known = classes()
    at = name.stop
    while at < name.stop + _RUN and (capital_at(text, at, name) or (at < name.sentence[1] and text.lower[at] in _OWNS)):
        at += 1
    return at > name.stop + 1 and not known["group_end"].isdisjoint(text.lower[name.stop + 1 : at])


def _ends_compound(text: Text, name: Name) -> bool:
    """ "Dasht-e-Barchi" is not Barchi."""
    start = name.start
    return start - 2 >= name.sentence[0] and text.words[start - 1] == "-" and text.words[start - 2] in _IZAFAT


def _is_in_phrase(text: Text, name: Name) -> bool:
    """Whether the name stands in the whole name of a group that is known: "Al-Qaeda in the Arabian Peninsula"."""
    return any(
        at <= name.start and tuple(text.lower[name.start - at : name.start - at + len(phrase)]) == phrase
        for phrase, at in _phrases().get(text.lower[name.start], ())
    )


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """The phrases by each of their words, with that word's place."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for phrase in sorted(classes()["phrase"]):
        words = tuple(phrase.split())
        for at, word in enumerate(words):
            found.setdefault(word, []).append((words, at))
    return found


def _is_in_group(text: Text, name: Name) -> bool:
    """ "Movement for the Liberation of Bolivia", "Bank of America", "Free Bavaria Movement", "Agence France"."""
    known = classes()
    at = name.start - 1
    floor = max(name.sentence[0], name.start - _GROUP_REACH)
    while at >= floor:
        word = text.lower[at]
        if word in known["group"] and text.capital[at]:
            return at > name.sentence[0] or text.lower[at + 1] == "of" or word in ("agence", "radio", "television")
        if word not in known["group_link"]:
            return False
        at -= 1
    return False


def _takes_article(text: Text, name: Name, after: str) -> bool:
    """Whether "the" may stand before this: "the Bahamas", "the Karachi bombing", "the Toronto police"."""
    if name.quote.endswith("s") or any(place.level not in ("town", "admin2") for place in name.places):
        return True
    known = classes()
    if after in known["unit"] or after in known["body"] or after in known["event"] or after in ("-", "–"):
        return True
    return (
        after.isalpha()
        and after not in known["function"]
        and after not in known["says"]
        and not is_ordinary(text, name)
    )
