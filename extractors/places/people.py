"""Persons of an article, as far as they help to tell "Jordan Davis" from Jordan and "Jackson said" from Jackson."""

from dateline.extractors.places.reading import Name, Text
from dateline.extractors.places.words import classes

_PARTICLES = frozenset(["al", "bin", "ibn", "von", "van", "de", "der", "-", "abu", "ul"])
_GREAT = 500_000  # people in a town whose name of several words is no person's
_LONGEST = 4  # words of a person's name after the title; small ones are not counted


class People:
    """Where persons' names stand in an article, and the surnames among them."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._spans: dict[int, tuple[int, int]] = {}
        self._surnames: set[str] = set()
        opening, lower = classes()["opens_person"], text.lower
        done = 0
        for start, stop in text.sentences:
            for at in range(start, stop):
                if lower[at] in opening and at >= done:
                    done = self._read(at, stop)

    def holds(self, name: Name) -> bool:
        """Whether these words are (part of) a person's name here. "Prince Edward Island" is more than one."""
        for index in range(name.start, name.stop):
            span = self._spans.get(index)
            if span is not None and not (name.start <= span[0] and span[1] < name.stop):
                return not self._is_whole_place(name, span)
        if not self.knows(name):
            return False
        before = self._text.lower[name.start - 1] if name.start > name.sentence[0] else ""
        after = self._text.lower[name.stop] if name.stop < name.sentence[1] else ""
        return before not in classes()["in"] or after in ("'s", "’s")

    def _is_whole_place(self, name: Name, span: tuple[int, int]) -> bool:
        """Whether what looks like a person is the whole of a town's name: "in Abu Ghraib", "Abu Dhabi"."""
        if span != (name.start, name.stop) or name.stop - name.start == 1:
            return False
        if self._text.lower[name.start] in classes()["article"]:
            return True  # "Al Mayadin"
        before = self._text.lower[name.start - 1] if name.start > name.sentence[0] else ""
        return before in classes()["in"] or max(place.population for place in name.places) >= _GREAT

    def knows(self, name: Name) -> bool:
        """Whether a person of this article has this surname."""
        return name.stop - name.start == 1 and self._text.lower[name.start] in self._surnames

    def add(self, name: Name) -> None:
        """Take note that `name` ends a person's name here: "Ines Marwood" where Marwood is a town."""
        if name.stop - name.start == 1:
            self._surnames.add(self._text.lower[name.start])

    def _read(self, at: int, stop: int) -> int:
        """Look for a person's name at the word `at`; returns where to go on."""
        text, known = self._text, classes()
        word, capital = text.lower[at], text.capital[at]
        if capital and word in known["given"]:
            first = at
        elif word in known["title"]:
            first = at + 1
        else:
            return at + 1
        last, small = first, 0
        while last < stop and last - first - small < _LONGEST and _in_name(text, last, stop):
            small += text.lower[last] in _PARTICLES
            last += 1
        if last - first < (2 if first == at or not capital else 1) or not self._is_person(first, last, first == at):
            return at + 1
        span = (first if first == at or not capital else at, last)
        self._spans.update((index, span) for index in range(first, last))
        self._surnames.add(text.lower[last - 1])
        return last

    def _is_person(self, first: int, last: int, by_given_name: bool) -> bool:
        """Whether a given name and what follows it are a person: not "Virginia State Board", "Georgia Tech"."""
        if not by_given_name:
            return True
        known, second = classes(), self._text.lower[first + 1]
        if second in known["surname"] or self._text.words[first + 1].endswith("."):
            return True
        return not any(second in known[group] for group in ("body", "paper", "team", "compass", "group"))


def _in_name(text: Text, index: int, stop: int) -> bool:
    lower, known = text.lower[index], classes()
    if lower == "-" and index + 1 < stop and text.lower[index - 1] not in _PARTICLES:
        return text.lower[index + 1] in known["person"]  # "Jean-Pierre", but "Chad-Sudan"
    if lower in _PARTICLES and index + 1 < stop:
        return text.capital[index + 1] or text.words[index + 1] == "-"
    if not text.capital[index] or lower in known["never"] or lower in known["townsfolk"]:
        return False
    return lower in known["person"] or (lower not in known["unit"] and lower not in known["title"])
