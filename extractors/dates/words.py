"""Marking: every word that can be part of a date gets its class, numbers theirs by form, in one pass over the text."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from spacy.attrs import ORTH, TAG
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from dateline.extractors.language.lexicon import load
from dateline.extractors.language.rules import Rule, required

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
# Classes that numbers get by their form, beside those of lexicon.yml.
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("DD", re.compile(r"^(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$", re.I)),
    ("YYYY", re.compile(r"^(?:1[89]\d\d|20\d\d|2100)$")),
    ("NUMBER", re.compile(r"^\d{1,3}$")),
    ("DECADE", re.compile(r"^(?:(?:mid|early|late)-)?(?:1[89][1-9]0|20\d0|[2-9]0)s$", re.I)),
    ("PHASE_YEAR", re.compile(r"^(?:mid|early|late|end)-(?:19|20)\d\d$", re.I)),
    ("YEAR_PAIR", re.compile(r"^(?:19|20)\d\d/(?:\d\d|(?:19|20)\d\d)$")),
    ("MONTH_YEAR", re.compile(rf"^{_MONTH}-(?:\d\d|(?:19|20)\d\d)$", re.I)),
    # two digits of a year only after slashes: "3.11.20" is a version
    ("SLASHED", re.compile(r"^\d{1,2}/\d{1,2}/(?:\d\d|(?:19|20)\d\d)$|^\d{1,2}\.\d{1,2}\.(?:19|20)\d\d$")),
    ("SLASHED", re.compile(r"^(?:19|20)\d\d(?:/\d{1,2}/\d{1,2}|\.\d\d\.\d\d)$")),
    ("DOTTED", re.compile(r"^(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.\d\d$")),
    ("DAY_DAY", re.compile(r"^(?:[1-9]|[12]\d|3[01])/(?:[1-9]|[12]\d|3[01])$")),
    ("DAY_YEAR", re.compile(r"^(?:0?[1-9]|[12]\d|3[01]),(?:19|20)\d\d$")),
    ("MONTH_DAY", re.compile(rf"^{_MONTH}\.?(?:[1-9]|[12]\d|3[01])$", re.I)),
    ("DAY_TIME", re.compile(r"^(?:0[1-9]|[12]\d|3[01])T\d\d:?\d\d")),
    ("QUARTER", re.compile(r"^Q[1-4]$")),
    ("HALF_NUMBER", re.compile(r"^H[12]$")),
)  # fmt: skip
_LONGEST_FORM = 26  # "12T10:00:00.000+00:00" and then some
_UNSURE = frozenset({"MONTH", "MONTH_LIKE", "MONTH_SHORT", "WEEKDAY", "WEEKDAY_SHORT"})
_NAMED = "+NAMED"
# Classes that stand in most sentences, "a" among them: rules are looked up by another one, where they need another.
COMMON = frozenset({"COUNT", "DD", "NUMBER", "PHASE", "QUOTE", "REL", "SAME", "AFTER"})
_MOST_KNOWN = 100_000  # word forms: bounds the memory of a long run
# Words before "May" and "March" that make them months.
_NUMBERS = frozenset({"DD", "YYYY", "DAY_YEAR"})
_BEFORE_MONTH = frozenset(
    {
        "REL", "NEAR", "PHASE", "SAME", "in", "since", "until", "till", "by", "of", "from", "to", "between", "through",
        "during", "AFTER", "-", "–",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Need:
    """So many words of one of these classes."""

    classes: frozenset[str]
    count: int


class Words:
    """The classes bound to a vocabulary. `names` are all classes that rules may use."""

    def __init__(self, vocab: Vocab, *, named: frozenset[str]) -> None:
        """`named` are the words (in lower case) that names of days begin with: their places are found as NAMED."""
        classes = load(Path(__file__).parent / "lexicon.yml")
        self.names = list(dict.fromkeys([*classes, *(name for name, _ in FORMS)]))
        self._vocab = vocab
        self._named = named
        self._class_of_word = {word.lower(): name for name, words in classes.items() for word in words}
        self._known: dict[int, str] = {}  # what `_class_of` said of each word form; "" for most

    def needs(self, rule: Rule, pattern: str) -> tuple[Need, ...]:
        """What must stand in a sentence for a pattern to match in it: for each element that it cannot do without, and
        whose words all have a class, one of these classes; those of the rarer `cue` where the rule names it."""
        needed = Counter([frozenset(rule.values["cue"].split("|"))] if "cue" in rule.values else [])
        for what in required(pattern):
            classes = {word if word in self.names else self._class_of_word.get(word, "") for word in what}
            if "" not in classes:
                needed[frozenset(classes)] += 1
        alone = [need for need in needed if not any(other < need for other in needed)]
        return tuple(Need(classes, needed[classes]) for classes in sorted(alone, key=sorted))

    def mark(self, doc: Doc) -> list[tuple[int, str]]:
        """Tag the tokens that have a class; returns their places, in order, with the class as the word alone has it."""
        for index in doc.to_array([TAG]).nonzero()[0].tolist():
            doc[index].tag = 0  # another field's
        known = self._known
        if len(known) > _MOST_KNOWN:
            known.clear()
        marked: list[tuple[int, str]] = []
        for index, orth in enumerate(doc.to_array([ORTH]).tolist()):
            name = known.get(orth)
            if name is None:
                name = known[orth] = self._class_of(self._vocab.strings[orth])
            if name:
                marked.append((index, name))
                doc[index].tag_ = name.removesuffix(_NAMED)
        return marked

    def settle(self, sentence: Span, marked: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
        """The places of each class in a sentence, once the words that may or may not be months and weekdays have been
        decided by their neighbours; their tags too."""
        found: dict[str, list[int]] = {}
        unsure = []
        for index, marked_name in marked:
            name = marked_name.removesuffix(_NAMED)
            if name != marked_name:
                found.setdefault("NAMED", []).append(index)
            if name in _UNSURE:
                unsure.append(index)
            elif name:
                found.setdefault(name, []).append(index)
                if name == "DD" and sentence.doc[index].text[-1].isalpha():
                    found.setdefault("DDTH", []).append(index)
        for index in unsure:
            token = sentence.doc[index]
            token.tag_ = _settled(token, sentence)
            if token.tag:
                found.setdefault(token.tag_, []).append(index)
        return found

    def _class_of(self, word: str) -> str:
        """The class of a word form, marked where it also begins the name of a day."""
        lower = word.lower()
        name = self._class_of_word.get(lower, "")
        if not name and len(word) <= _LONGEST_FORM and word.isascii() and any(char.isdigit() for char in word):
            name = next((form for form, pattern in FORMS if pattern.match(word)), "")
        capital = lower != word or not word.isalpha()
        return name + _NAMED if lower in self._named and capital else name


def _settled(token: Token, sentence: Span) -> str:
    """The class of a word that may be a month or a weekday: in lower case it is none."""
    kind = token.tag_
    if token.is_lower:
        return ""
    if kind in ("MONTH", "WEEKDAY"):
        return kind
    neighbours = [_class(sentence, token.i + distance) for distance in (-2, -1, 1, 2)]
    before, after, after_next = neighbours[1:]
    if after in (",", "."):  # "Tues. 3 March", "Mar., 2011"
        after = after_next
    if kind == "WEEKDAY_SHORT":
        return "WEEKDAY" if {after, after_next} & {"DD", "MONTH", "MONTH_SHORT", "MONTH_LIKE"} else ""
    if {before, after} & _NUMBERS or (before == "of" and neighbours[0] == "DD"):
        return "MONTH"
    if after in ("-", "–") and after_next.startswith("MONTH"):  # "Jan–Mar 2013"
        return "MONTH"
    if kind == "MONTH_LIKE" and (before in _BEFORE_MONTH or (before == "and" and neighbours[0] == "MONTH")):
        return "MONTH"
    return ""


def _class(sentence: Span, index: int) -> str:
    """The class, or else the word in lower case, of the token at `index` of the doc; "" outside the sentence."""
    if not sentence.start <= index < sentence.end:
        return ""
    token = sentence.doc[index]
    return token.tag_ or token.lower_
