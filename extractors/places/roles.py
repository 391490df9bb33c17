"""The part a place plays: event, dateline, office, origin, metonym or mention. Its words are in lexicon.yml."""

from dateline.extractors.places.containers import in_list, pairs
from dateline.extractors.places.elsewhere import is_court, is_elsewhere, is_tellers
from dateline.extractors.places.reading import Name, Text
from dateline.extractors.places.words import classes
from dateline.models.fields.places import PlaceRole

_REACH = 4  # words to look back over for an office or an origin
_ACTED = 12  # words between what was done to an office holder and where
_POST = 8  # words between an office and its place: "head of the Free Horsemen in Torit"
_CLAUSE = 24  # words between a place and what happened there
_METROPOLIS = 1_000_000  # people in a city that may stand for its government without being a capital
_HEADING = 5  # words of a line that is only places: "Shindand/Herat"
_PLANNED = 14  # words that a plan, threat or fear reaches
_OWNS = frozenset(["'s", "’s", "'", "’"])
_SKIPPED = frozenset(["the", "both", "a", "an", "all", "neighboring", "neighbouring"])
# Behind these a country is on the receiving end, or is the place where something is.
_PLACED = frozenset(
    ["in", "into", "inside", "within", "near", "outside", "across", "throughout", "at", "through", "around"]
)


def set_roles(text: Text, names: list[Name]) -> None:
    """Set `role` of every name. Where a place lies takes the part of the place: "Batman, in southern Turkey"."""
    for name in names:
        name.role = _role(text, name)
    for name in names:
        outer = name.within
        if outer is None or outer.rule is None:
            continue
        if name.role in ("event", "dateline"):
            outer.role = name.role
        elif name.role == "mention" and outer.role == "event":
            name.role = "event"
    _share_in_lists(text, names)
    _leave_to_tellers(text, names)


def _leave_to_tellers(text: Text, names: list[Name]) -> None:
    """ "A mine killed two near Orvan, medics in Tessel said": where they speak, and another town is the event's."""
    for name in names:
        if name.role == "event" and name.place is not None and is_tellers(text, name, *_around(text, name)[:2]):
            others = (one for one in names if one is not name and one.sentence == name.sentence and _is_town(one))
            name.role = "office" if any(one.role == "event" for one in others) else name.role


def _is_town(name: Name) -> bool:
    return name.place is not None and name.place.level == "town"


def _share_in_lists(text: Text, names: list[Name]) -> None:
    """Governments come in lists: "Riga and Tallinn have agreed"; but "in Riga and Tallinn" both say where."""
    for left, right in pairs(names):
        if not in_list(text, left, right):
            continue
        if right.role == "metonym" and _around(text, left)[0] in _PLACED:
            right.role = left.role
        elif right.role == "metonym" and left.role == "mention" and _may_govern(left):
            left.role = "metonym"
        elif right.role == "event" and left.role == "office" and is_elsewhere(text, left, *_around(text, left)[:2]):
            right.role = "office"  # "taken to hospitals in Lima and Quito"
    for left, right in pairs(names):
        if left.role == "metonym" and right.role == "mention" and in_list(text, left, right) and _may_govern(right):
            right.role = "metonym"


def _may_govern(name: Name) -> bool:
    return name.place is not None and (name.place.level == "country" or name.place.capital)


def _role(text: Text, name: Name) -> PlaceRole:
    if name.rule == "places.dateline":
        return "dateline"
    last, before, after = _around(text, name)
    if name.rule == "places.party" or _is_office(text, name, last, before, after):
        return "office"
    if is_court(text, name, last, before) or is_elsewhere(text, name, last, before):
        return "office"
    if _is_origin(last, before, after):
        return "origin"
    if _is_metonym(text, name, last, before, after):
        return "metonym"
    return "event" if _locates_event(text, name, last) else "mention"


def _around(text: Text, name: Name) -> tuple[str, list[str], list[str]]:
    """The word before (articles left out), the words before that, and the words after."""
    start, stop = name.sentence
    before = [word for word in text.lower[max(start, name.start - _REACH - 2) : name.start] if word not in _SKIPPED]
    while before and before[-1] in classes()["compass"]:
        before.pop()
    return before[-1] if before else "", before[-_REACH:-1], text.lower[name.stop : min(stop, name.stop + 5)]


def _is_office(text: Text, name: Name, last: str, before: list[str], after: list[str]) -> bool:
    """ "the mayor of Kisumu", "a commander in Ghor", "Peru's Chief of Staff", "the Kandahar governor"; but in
    "arrested as they hunted a leader in Takhar" Takhar is where it happened."""
    known = classes()
    if last == "in" and _speaks(name, before, after):
        return True
    if last == "in" and (not known["office"].isdisjoint(before) or _is_post(text, name)):
        earlier = text.lower[max(name.sentence[0], name.start - _ACTED) : name.start]
        return known["event"].isdisjoint(earlier) and "at" not in before
    if last == "in" and not known["seat"].isdisjoint(before[-1:]) and "at" not in before:
        return after[:1] in (["that"], ["which"]) or (bool(after) and after[0] in known["says"])
    if last == "to" and not known["appeals"].isdisjoint(before[-1:]):
        return False
    holders = before[:-1] if name.unit == name.start - 2 else before  # not the "department of" a place itself
    if last in ("of", "in", "for", "to") and not known["office"].isdisjoint(holders):
        return known["event"].isdisjoint(before)
    if not after or name.holding or name.unit == name.stop:
        return False  # "Haiti's Artibonite department" is no office
    if after[0] in _OWNS:
        return not known["office_after"].isdisjoint(after[1:3])
    return after[0] in known["office_after"] and after[0] not in ("official", "officials", "police")


def _speaks(name: Name, before: list[str], after: list[str]) -> bool:
    """ "five died, officials in Ghor said": of a whole division, which is no place of its own for what they tell."""
    known = classes()
    division = name.place is not None and name.place.level != "town"
    return division and not known["office"].isdisjoint(before) and not known["says"].isdisjoint(after[:1])


def _is_post(text: Text, name: Name) -> bool:
    """ "head of the Free Horsemen in Torit", "who commands the river sector in Pibor"."""
    known = classes()
    for at in range(name.start - 2, max(name.sentence[0], name.start - _POST), -1):
        word = text.lower[at]
        if word in known["leads"] or (word == "of" and text.lower[at - 1] in known["office"]):
            return True
        if text.words[at][0].isupper():
            continue  # "director of Hands Across in Mali"
        if word in known["in"] or word in known["says"] or word in ("at", "to", "from", ",", "of"):
            return False
    return False


def _is_origin(last: str, before: list[str], after: list[str]) -> bool:
    """ "two miners from Potosi", "a resident of Lima", "a Dallas man"."""
    known = classes()
    if last == "from":
        return not before or not known["origin_before"].isdisjoint(before)
    if last == "of" and not known["belongs"].isdisjoint(before[-1:]):
        return True
    return bool(after) and after[0] in known["origin_after"]


def _is_metonym(text: Text, name: Name, last: str, before: list[str], after: list[str]) -> bool:
    """Whether a government is meant: "Lisbon rejected", "blamed Oslo for", "US warplanes"."""
    known, place = classes(), name.place
    following = after[0] if after else ""
    if place is None or name.unknown or place.level not in ("country", "town", "admin1", "region"):
        return False
    if place.level == "country" and following in known["government_thing"]:
        return True
    if last in _PLACED:
        return False
    capital = place.level == "country" or place.capital
    if place.level == "country" and "-" in (following, last) and known["border"].isdisjoint(after):
        return len(after) > 1
    if following in _OWNS:
        return capital and not known["government_noun"].isdisjoint(after[1:3])
    if last in known["acts_on"] or (last in ("of", "from", "by") and not known["government_noun"].isdisjoint(before)):
        return capital
    if (last == "on" and not known["calls"].isdisjoint(before[-1:])) or (
        last == "to" and not known["appeals"].isdisjoint(before[-1:])
    ):
        return capital
    if last in ("on", "of", "from", "to", "against"):
        return capital and last == "of" and "government" in before
    if following in known["government_verb"] and last not in known["in"]:
        return capital or (place.population > _METROPOLIS and last != ",")
    return capital and last in known["government_object"]


def _locates_event(text: Text, name: Name, last: str) -> bool:
    """Whether something that happened is placed here: an event within the clause and a word that places it."""
    known = classes()
    start, stop = name.sentence
    if name.rule == "places.body" and text.lower[name.stop] in known["event"]:
        return True
    if last == "from" and name.start - 2 >= start and text.lower[name.start - 2] in known["spoke"]:
        return False
    heading = stop - start <= _HEADING
    if last not in known["located"] and name.within is None and name.start > start and not heading:
        return False
    after = text.lower[name.stop : min(stop, name.stop + 4)]
    if after[:1] and after[0] in _OWNS and known["event"].isdisjoint(after) and known["unit"].isdisjoint(after):
        return False  # "Peru's sovereignty" is not where anything happened
    if (
        name.place is not None
        and name.place.level == "country"
        and "both" in text.lower[max(start, name.start - 3) : name.start]
    ):
        return False  # "in both Chile and Peru" names no place of one event
    if name.place is not None and name.place.level != "country" and last in known["in"]:
        ahead = text.lower[name.stop : min(stop, name.stop + 4)]
        if not known["when"].isdisjoint(ahead):
            return True
    if last in known["in"] and text.lower[max(start, name.start - 3) : name.start - 1] == ["went", "off"]:
        return True  # "It went off in Orvan"
    if known["event"].isdisjoint(_clause(text, name)):
        return False
    return known["planned"].isdisjoint(text.lower[max(start, name.start - _PLANNED) : name.start])


def _clause(text: Text, name: Name) -> list[str]:
    """The words around the name, as far as no "who", "which" or the like cuts them off."""
    known = classes()
    start, stop = name.sentence
    first = max(start, name.start - _CLAUSE)
    if stop - start <= _HEADING:
        return text.lower[start : stop + _CLAUSE]  # a heading is of what comes under it
    before = text.lower[first : name.start]
    for index in range(len(before) - 1, -1, -1):
        if before[index] in known["cut"] and not _is_caught(before[index : index + 3]):
            before = before[index + 1 :]
            break
    after: list[str] = []
    for word in text.lower[name.stop : min(stop, name.stop + _CLAUSE)]:
        if word in known["cut"]:
            break
        after.append(word)
    return before + after


def _is_caught(words: list[str]) -> bool:
    """Whether a "who" tells what people did when it happened to them: "killed two men who were fishing near Orvan"."""
    return words[0] == "who" and words[1:2] in (["was"], ["were"]) and words[-1].endswith("ing")
