"""Rosters: named dead listed line by line below a sentence that ends in "including:", each "Name: what he was"."""

from dateline.extractors.casualties.compose import Claim
from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.figures import exact
from dateline.extractors.casualties.names import name_after
from dateline.extractors.casualties.sentence import Sentence

LONGEST = 60  # tokens of a line that can be an entry; a paragraph ends the list
OPENINGS = frozenset(
    {"including", "include", "includes", "are", "were", "as", "follows", "following", "killed", "dead"}
)


def opens_roster(sentence: Sentence, cues: list[Cue]) -> Cue | None:
    """The cue of deaths of a sentence that ends in a colon after "including" or the like."""
    last = sentence.stop - 1
    while last > sentence.start and not sentence.word(last).strip():
        last -= 1
    if sentence.word(last) != ":" or sentence.word(last - 1) not in OPENINGS:
        return None
    return next((cue for cue in reversed(cues) if cue.outcomes == ("killed",)), None)


def entry(sentence: Sentence, cue: Cue) -> Claim | None:
    """The claim of a line of the list: its name, by the cue of the list's head. None where the line is no entry."""
    at = sentence.start
    while at < sentence.stop and not sentence.word(at)[0].isalpha():
        at += 1  # bullets
    if sentence.stop - at > LONGEST:
        return None
    name = name_after(sentence, at, frozenset())
    if name is None or sentence.word(name.stop) not in (":", ",", "–", "—", "-", "("):
        return None
    return Claim(
        name.start,
        name.stop,
        "killed",
        exact(1),
        "casualties.roster",
        cue,
        (),
        ((name.start, name.stop),),
        "unspecified",
    )
