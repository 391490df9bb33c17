"""From persons and their mentions to facts: role, organisation and status, each with the words it stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from dateline.extractors.language.words import Words
from dateline.extractors.leaders.antecedents import Place, antecedent, owner
from dateline.extractors.leaders.armed import armed_class, commands, leads_fighters
from dateline.extractors.leaders.bodies import class_with
from dateline.extractors.leaders.introduction import Introduction
from dateline.extractors.leaders.later import Later
from dateline.extractors.leaders.lexicon import Range
from dateline.extractors.leaders.lists import Listed
from dateline.extractors.leaders.persons import Mention, Person
from dateline.extractors.leaders.reading import Reading
from dateline.extractors.leaders.status import is_among_them, status_cue, status_of
from dateline.models.fields.leaders import LeaderFact, RoleClass
from dateline.models.ids import content_id, fact_id, text_id
from dateline.models.span import Evidence, EvidenceRole


@dataclass(frozen=True, slots=True)
class Account:
    """An article as it was read: its document, text and sentences, the lines of its lists, the bodies that it calls
    fighters (`armed`), and what it says later of somebody named (`later`)."""

    doc: Doc
    text: str
    sentences: Sequence[Words]
    lines: Mapping[int, Listed]
    armed: frozenset[str]
    later: Later


@dataclass(slots=True)
class _Evidence:
    """The words that a fact stands on in `text`, by the part they play."""

    text: str
    found: list[Evidence] = field(default_factory=list)

    def note(self, role: EvidenceRole, words: Words, at: Range) -> str:
        """Keep some words of a sentence; returns them with one space where the text has several or a line end."""
        evidence = Evidence.of(self.text, role, *words.extent(*at))
        self.found.append(evidence)
        return plain(evidence.quote)


def leader_fact(account: Account, person: Person, mention: Mention) -> tuple[Span, LeaderFact]:
    """The fact of one mention, and its span: its own role, or the person's where it only names him or her; its own
    status, or that of the list it stands in, or what is said later."""
    words, text = account.sentences[mention.sentence], account.text
    start, stop = words.characters(*mention.name)
    evidence = _Evidence(text)
    role, organisation, role_class = _office(account, person, mention, evidence)
    reading = _status(account, mention, evidence)
    attribution = evidence.found[-1].quote if reading is not None and reading.hedge is not None else None
    name = plain(person.name)
    fact = LeaderFact(
        id=fact_id(text, "leaders", start, stop),
        start=start,
        stop=stop,
        quote=text[start:stop],
        rule=mention.rule,
        evidence=tuple(evidence.found),
        name=name,
        role=role,
        organisation=organisation,
        role_class=role_class,
        status=reading.status if reading is not None else "mentioned",
        attribution=plain(attribution) if attribution is not None else None,
        same_as=content_id("person", text_id(text), name),
    )
    return words.span(account.doc, *mention.name), fact


def _line_of(account: Account, source: Mention) -> Listed | None:
    """The line of a list that introduces somebody."""
    return account.lines.get(source.sentence) if source.rule == "leaders.list-line" else None


def _office(
    account: Account, person: Person, mention: Mention, evidence: _Evidence
) -> tuple[str, str | None, RoleClass]:
    """Role, organisation and class of the office that the mention gives, or the person's own introduction."""
    source = mention if mention.introduction is not None else person.office
    office = source.introduction
    if office is None:
        raise ValueError("a person is known by an introduction alone")
    words = account.sentences[source.sentence]
    role = evidence.note("role", words, office.role)
    place = _body(account, person, source, office, evidence)
    if place is None:
        among = office.role_class == "military_or_police" and leads_fighters(words, office)
        return role, None, "armed_group" if among else office.role_class
    held_in = account.sentences[place[0]]
    organisation = evidence.note("organisation", held_in, place[1])
    known = class_with(held_in, office.role_class, place[1])
    fights = commands(words, office)
    return role, organisation, armed_class(held_in, place[1], known, account.armed, fights=fights)


def _body(account: Account, person: Person, source: Mention, office: Introduction, evidence: _Evidence) -> Place | None:
    """Where the body of an office is named: beside it, as what "the group" or "its" means, at the head of its list, or
    ("our leader X") in the same person's fuller introduction."""
    sentences, number = account.sentences, source.sentence
    if office.organisation is not None:
        named = antecedent(sentences, number, office.organisation)
        if named is None:
            return number, office.organisation
        evidence.note("organisation", sentences[number], office.organisation)
        return named
    line = _line_of(account, source)
    if line is not None and line.body is not None:
        return line.body
    fullest = person.office
    known = fullest.introduction
    if known is not None and known.organisation is not None and office.role_class in ("other", known.role_class):
        return fullest.sentence, known.organisation
    owned = office.role_class in ("other", "military_or_police")
    return owner(sentences, number, office.role, account.armed) if owned else None


def _status(account: Account, mention: Mention, evidence: _Evidence) -> Reading | None:
    """What happened to the person at this mention; the words that say so, and who claims it last, go to `evidence`."""
    number, reading = _read_status(account, mention)
    if reading is not None:
        evidence.note("status", account.sentences[number], reading.cue)
        if reading.hedge is not None:
            evidence.note("attribution", account.sentences[number], reading.hedge)
    return reading


def _read_status(account: Account, mention: Mention) -> tuple[int, Reading | None]:
    """The status at a mention, and the number of the sentence that says it."""
    number, sentences = mention.sentence, account.sentences
    line = _line_of(account, mention)
    if line is not None and line.status is not None:
        return line.status
    reading = status_of(sentences[number], mention.name, mention.phrase)
    if reading is None and number > 0 and is_among_them(sentences[number], mention.name):
        return number - 1, status_cue(sentences[number - 1])
    later = account.later.get((number, mention.name[0])) if reading is None else None
    return later if later is not None else (number, reading)


def plain(text: str) -> str:
    """Words as written, with one space where the text has several or a line end."""
    return " ".join(text.split())
