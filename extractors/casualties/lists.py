"""Lists: counts that are spoken of together ("a judge, his wife and two guards")."""

from dateline.extractors.casualties.quantities import DASHES
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Count
from dateline.extractors.casualties.vocabulary import grammar, grammar_phrases, word_classes

LONGEST_NAME = 9  # tokens of a name, office or age between two items of a list
LONGEST_OWNER = 12  # tokens of an "of …" after an item: "the head of the group's Karachi network"


def runs(sentence: Sentence, counts: list[Count], cue_words: frozenset[int]) -> list[list[Count]]:
    """Counts in order, those joined by commas and a last "and" together; in a headline by a comma alone."""
    found: list[list[Count]] = []
    commas: list[Count] = []  # behind a comma, and not yet known to belong to a list
    before: Count | None = None
    for count in counts:
        if before is not None and count.kind == "plural" and _is_owner(sentence, before, count):
            continue  # "the leader of the Taliban, and two guards"
        joint = None if before is None else _joint(sentence, before, count)
        if joint == "comma" and before is not None and _is_apposition(sentence, before, count):
            before = count
            continue
        if joint == "and":
            run = [*found[-1], *commas, count]
            found[-1] = run[:1] if _is_spelt_out(sentence, run) else run
            commas = []
        elif joint == "comma" and before is not None and _is_headline(sentence, before, count, cue_words):
            found[-1].append(count)
        elif joint == "comma":
            commas.append(count)
        else:
            found.extend([late] for late in commas)
            commas = []
            found.append([count])
        before = count
    found.extend([late] for late in commas)
    return found


def _is_spelt_out(sentence: Sentence, run: list[Count]) -> bool:
    """Whether the items of a list only say who the people before them are: "four people, two drivers, a cook and a
    guard"."""
    numbers = [count.figure.best for count in run]
    rest = [number for number in numbers[1:] if number is not None]
    if len(rest) < 2 or len(rest) + 1 < len(numbers) or numbers[0] != sum(rest):
        return False
    return sentence.word(run[0].stop - 1) in grammar("anybody")


def _is_owner(sentence: Sentence, left: Count, right: Count) -> bool:
    """Whether people without a number are whom those before belong to: "members of the Taliban"."""
    if sentence.word(left.stop) not in ("of", "from") or left.kind == "plural":
        return False
    return right.start < _past_owner(sentence, left.stop + 1, sentence.stop)


def _is_headline(sentence: Sentence, left: Count, right: Count, cue_words: frozenset[int]) -> bool:
    """Whether two counts open a headline, which has commas for "and": "Nine gunmen, two marines dead in fighting"."""
    opens = left.start == sentence.start and left.stop + 1 == right.start and right.stop in cue_words
    kin = right.kind == "bare" and right.group_class in ("women", "children")  # "Police chief, wife killed in blast"
    counted = (right.number is not None or kin) and (left.number is not None or left.kind == "bare")
    return (
        opens
        and counted
        and left.group is not None
        and right.group is not None
        and left.group_class != right.group_class
        and "them" not in _words(sentence, right)
    )


def _words(sentence: Sentence, count: Count) -> list[str]:
    return [sentence.word(at) for at in range(count.start, count.stop)]


def _is_apposition(sentence: Sentence, left: Count, right: Count) -> bool:
    """Whether "the …" after a comma only says who the one named before it is: "Karim Shah, the leader of the group, and
    two guards"."""
    named = left.group is not None and left.stop > left.group[1]
    return named and left.many is False and (sentence.word(right.start) == "the" or right.kind == "bare")


def _joint(sentence: Sentence, left: Count, right: Count) -> str | None:
    """How two neighbouring counts are joined: by "and", by a comma, or not at all."""
    if right.start - left.stop > LONGEST_NAME + LONGEST_OWNER or "zero" in (left.kind, right.kind):
        return None
    if right.kind == "pronoun" or (right.kind == "bare" and _is_same_person(sentence, left, right)):
        return None
    at = _past_name(sentence, left, right.start)
    comma = sentence.word(at) == ","
    if comma and right.kind == "plural":
        return None  # "killed 500 people, and officials are concerned"
    if comma and sentence.word(left.start - 1) in ("at", "to"):
        return None  # "it stood at 14 people, and three more died"
    at += comma
    length = sentence.phrase_at(at, grammar_phrases("joints"))
    if length:
        at += length
        while at < right.start and sentence.word(at) in grammar("before_item"):
            at += 1
        return "and" if at == right.start else None
    return "comma" if comma and at == right.start else None


def _is_same_person(sentence: Sentence, left: Count, right: Count) -> bool:
    """Whether a second noun without an article says more of one person: "a scholar and administrator", "poet and
    activist Karim Shah was"; "his wife and driver" are two, and so are "a doctor and nurse" who "were" killed."""
    one = left.kind in ("one", "the") and left.group_class not in ("women", "children")
    if not one and left.kind != "bare":
        return False
    at = right.stop
    if sentence.word(at) in ("of", "from"):
        at = _past_owner(sentence, at + 1, sentence.stop)
    return sentence.word(at) not in grammar("many") if one else sentence.word(at) in grammar("one")


def _past_name(sentence: Sentence, left: Count, stop: int) -> int:
    """Past what may follow a listed person: a name ("his sons Amir and Tal"), an age between commas, a bracket, an
    "of …"."""
    at = start = left.stop
    while at < stop and at - start < LONGEST_NAME:
        word = sentence.word(at)
        if word == "(":
            closing = next((i for i in range(at, min(at + 12, stop)) if sentence.word(i) == ")"), None)
            if closing is None:
                return at
            at = closing + 1
        elif word == "and" and at > start and left.many and sentence.is_title(at + 1) and at + 1 < stop:
            at += 2
        elif word == "," and sentence.word(at + 1).isdigit() and sentence.word(at + 2) in (",", "and"):
            at += 2  # "a retired miner, 68, and …"
        elif word in ("of", "from") and at == start:
            at = _past_owner(sentence, at + 1, stop)
        elif (sentence.joined(at) and sentence.word(at - 1) in DASHES) or _of_name(sentence, at):
            at += 1
        else:
            break
    return at


def _of_name(sentence: Sentence, at: int) -> bool:
    return sentence.is_title(at) or sentence.word(at) in grammar("name_particles")


def _past_owner(sentence: Sentence, at: int, stop: int) -> int:
    """Past whom an "of" belongs to: everything up to the next word that ends noun phrases."""
    boundary = word_classes()["BOUNDARY"] - {"the", "a", "an", "his", "its"}
    end = min(stop, at + LONGEST_OWNER)
    while at < end and sentence.word(at) not in boundary and sentence.word(at) not in (",", "("):
        at += 1
    return at
