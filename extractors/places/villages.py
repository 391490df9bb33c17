"""Villages that no gazetteer has: "the village of Karez Tangi, Andar district". The words say that they are places, and
often which division they lie in; UCDP codes such a place at the division's point, with the division's precision."""

from collections.abc import Iterator

from dateline.extractors.places.containers import is_inward, is_outward
from dateline.extractors.places.fold import fold
from dateline.extractors.places.reading import Name, Text
from dateline.extractors.places.words import classes

_LONGEST = 4  # words of a village's name
_APART = 7  # words between a village and the division that it lies in
_CONTAINERS = ("admin1", "admin2", "area", "country")


def add_villages(text: Text, places: list[Name]) -> list[Name]:
    """`places`, and in the order of the text the villages that are not among them. A place that is only a part of a
    village's name is none."""
    known = {(name.start, name.stop) for name in places}
    found = [village for village in _villages(text) if (village.start, village.stop) not in known]
    if not found:
        return places
    taken = {index for village in found for index in range(village.start, village.stop)}
    others = [name for name in places if taken.isdisjoint(range(name.start, name.stop))]
    names = sorted([*others, *found], key=lambda name: name.start)
    _locate(text, names)
    return names


def _villages(text: Text) -> Iterator[Name]:
    kinds = classes()["village"]
    if kinds.isdisjoint(text.in_lower_case):
        return
    done = 0
    for sentence in text.sentences:
        for at in range(*sentence):
            if text.words[at] not in kinds or at < done:
                continue
            for first, stop in _after(text, at, sentence[1]) or _before(text, at, max(done, sentence[0])):
                quote, done = text.quote(first, stop), stop
                yield Name(first, stop, sentence, fold(quote), (), quote, rule="places.village", unit=at, unknown=True)


def _after(text: Text, at: int, end: int) -> list[tuple[int, int]]:
    """ "the village of Karez Tangi", "the villages of Borsk and Kalyn"."""
    found = []
    first = at + 2
    if at + 1 < end and text.lower[at + 1] in ("of", "called", "named"):
        while (stop := _name_from(text, first, end)) > first:
            found.append((first, stop))
            step = stop + 1 if text.lower[stop : stop + 2] != [",", "and"] else stop + 2
            if not text.words[at].endswith("s") or stop >= end or text.lower[stop] not in (",", "and"):
                break
            first = step
    return found


def _name_from(text: Text, first: int, end: int) -> int:
    """Where the name that begins at `first` ends; `first` where none does."""
    stop = first
    while stop < min(end, first + _LONGEST) and _is_of_name(text, stop):
        stop += 1
        while stop + 2 < end and text.words[stop] == "-" and text.words[stop + 1][0].isalpha():
            stop += 2  # "Qala-e-Naw"
    return stop if stop == end or text.lower[stop] not in classes()["unit"] else first


def _before(text: Text, at: int, start: int) -> list[tuple[int, int]]:
    """ "raided Dan Gurgu village": with a preposition or verb and no article, for "a Druze village" has no name."""
    first = at
    while first > start and at - first < _LONGEST and _is_of_name(text, first - 1):
        first -= 1
    known = classes()
    before = text.lower[first - 1] if first > start else ""
    if first == at or not (before in known["in"] or before in known["weak"] or before in known["event"]):
        return []
    return [(first, at)]


def _is_of_name(text: Text, index: int) -> bool:
    return text.capital[index] and text.lower[index] not in classes()["never"]


def _locate(text: Text, names: list[Name]) -> None:
    """Let each village stand for the division that the words around put it in. From the end, so that the members of a
    list share it: "the villages of Borsk and Kalyn in Luhansk"."""
    for number in range(len(names) - 1, -1, -1):
        name = names[number]
        if not name.unknown:
            continue
        following = names[number + 1] if number + 1 < len(names) else None
        if following is not None and following.sentence == name.sentence:
            gap = text.lower[name.stop : following.start]
            if following.unknown and following.unit == name.unit:
                name.within, name.place = following.within, following.place
            elif len(gap) <= _APART and is_inward([word for word in gap if word not in classes()["village"]]):
                _put_into(name, following)
        before = names[number - 1] if number > 0 else None
        if name.place is None and before is not None and before.sentence == name.sentence:
            gap = [word for word in text.lower[before.stop : name.start] if word not in classes()["village"]]
            if len(gap) <= _APART and is_outward(gap):
                _put_into(name, before)


def _put_into(name: Name, container: Name) -> None:
    """A village in "Luhansk" is in the division, and not in the town that it is called after."""
    place = container.place
    if place is not None and place.level == "town":
        place = next((unit for unit in container.places if unit.id in (place.admin1, place.admin2)), None)
    if place is not None and place.level in _CONTAINERS:
        name.within, name.place = container, place
