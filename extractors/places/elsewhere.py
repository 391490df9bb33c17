"""Places that a report names and where nothing of what it tells happened: where the hurt were taken, where they were
tried for it, where somebody sits who speaks of it, and the country next door. The words are in lexicon.yml."""

from itertools import pairwise

from dateline.extractors.places.reading import Name, Text
from dateline.extractors.places.words import classes

_CARE = 14  # words from what became of the hurt to the town: "died of her wounds in a clinic across the river in Orvan"
_GRAVE = 10  # words from a burial to the town
_HURT = 24  # words around in which they are called hurt
_COURT = 4  # words of a court's name behind its town: "Orvan magistrate's court"
_TRIAL = 24  # words to either side in which a court does its work


def is_elsewhere(text: Text, name: Name, last: str, before: list[str]) -> bool:
    """Whether the place is only where people were taken or died of their wounds, where somebody sits or was reached, or
    what the place of the event lies next to. `last` and `before` are the words before the name, articles left out."""
    known = classes()
    if last in ("in", "at") and not known["sits"].isdisjoint(before[-1:]):
        return True
    if last == "to" and before[-1:] == ["next"] and name.is_country:
        return True
    return _is_of_care(text, name) or _is_of_burial(text, name)


def _is_of_burial(text: Text, name: Name) -> bool:
    """ "will be buried in his home village near Orvan"; but a landslide buries people where it happens."""
    known = classes()
    words = text.lower[max(name.sentence[0], name.start - _GRAVE) : name.start]
    verb = next((at for at, word in enumerate(words) if word in known["buried"]), None)
    if verb is None:
        return False
    at_home = any(one == "home" and other in known["unit"] for one, other in pairwise(words[verb + 1 :]))
    return at_home or not known["grave"].isdisjoint(words[verb + 1 :])


def is_tellers(text: Text, name: Name, last: str, before: list[str]) -> bool:
    """Whether it is where somebody sits who tells of it: "two medical sources in Orvan said"."""
    known = classes()
    ahead = text.lower[name.stop : min(name.sentence[1], name.stop + 1)]
    return last == "in" and not known["tellers"].isdisjoint(before[-1:]) and not known["says"].isdisjoint(ahead)


def _is_of_care(text: Text, name: Name) -> bool:
    """ "airlifted to Orvan", "died of their wounds on the way to Orvan", "are being treated at a clinic in Orvan"; but
    in "died in a strike on a clinic in Orvan" it is where they were hit."""
    known = classes()
    start, stop = name.sentence
    first = max(start, name.start - _CARE)
    words = text.lower[first : name.start]
    verb = next((at for at in range(len(words) - 1, -1, -1) if words[at] in known["care_verb"]), None)
    if verb is None:
        across = words[-5:]  # "in a clinic across the border in"
        return "border" in across and not known["care"].isdisjoint(across)
    between = words[verb + 1 :]
    if not known["care_ends"].isdisjoint(between):
        return False
    if words[verb] == "died" and words[-1] == "in" and not known["away"].isdisjoint(words[:verb]):
        return True  # "who was flown out with a bullet in the neck died in Orvan"
    if words[verb] in known["moves"]:
        around = text.lower[max(start, first - _HURT) : min(stop, name.stop + _HURT)]
        hurt = words[verb] in ("airlifted", "evacuated") or not known["hurt"].isdisjoint(around)
        return "to" in between and hurt
    return not known["care"].isdisjoint(between)


def is_court(text: Text, name: Name, last: str, before: list[str]) -> bool:
    """ "sentenced in the Orvan High Court", "a court in Orvan jailed"; but a bomb goes off outside one."""
    known = classes()
    if last in known["near"]:
        return False
    if last in ("in", "at") and before[-1:] == ["courtroom"]:
        return True
    start, stop = name.sentence
    named = not known["court"].isdisjoint(text.lower[name.stop : min(stop, name.stop + _COURT)])
    seated = last in ("in", "at", "of") and not known["court"].isdisjoint(before[-1:])
    around = text.lower[max(start, name.start - _TRIAL) : min(stop, name.stop + _TRIAL)]
    return (named or seated) and not known["trial"].isdisjoint(around)
