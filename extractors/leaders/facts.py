"""From persons and their mentions to facts: role, organisation and status, each with the words it stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span

from dateline.extractors.language.words import Words
from dateline.extractors.leaders.antecedents import Place, antecedent, owner
from dateline.extractors.leaders.armed import armed_class, commands, leads_fighters
from dateline.extractors.leaders.bodies import class_with
from dateline.extractors.leaders.lexicon import Range
from dateline.extractors.leaders.lists import Listed
from dateline.extractors.leaders.persons import Mention, Person
from dateline.extractors.leaders.reading import Reading
from dateline.extractors.leaders.status import is_among_them, status_cue, status_of
from dateline.models.fields.leaders import LeaderFact, RoleClass
from dateline.models.ids import content_id, fact_id, text_id
from dateline.models.span import Evidence, EvidenceRole


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


def leader_fact(
    text: str,
    sentences: Sequence[Words],
    person: Person,
    mention: Mention,
    lines: Mapping[int, Listed],
    armed: frozenset[str],
) -> tuple[Span, LeaderFact]:
    """The fact of one mention in `text`, and its span: its own role, or the person's where it only names him or her;
    its own status, or that of the list it stands in. `armed` are the bodies that the article calls fighters."""
    span = sentences[mention.sentence].span(*mention.name)
    start, stop = sentences[mention.sentence].characters(*mention.name)
    source = mention if mention.introduction is not None else person.office
    line = lines.get(source.sentence) if source.rule == "leaders.list-line" else None
    evidence = _Evidence(text)
    role, organisation, role_class = _office(sentences, person, source, line, armed, evidence)
    reading = _status(sentences, mention, line, evidence)
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
    return span, fact


def _office(
    sentences: Sequence[Words],
    person: Person,
    source: Mention,
    line: Listed | None,
    armed: frozenset[str],
    evidence: _Evidence,
) -> tuple[str, str | None, RoleClass]:
    """Role, organisation and class of the office that `source` introduces."""
    office = source.introduction
    if office is None:
        raise ValueError("a person is known by an introduction alone")
    role = evidence.note("role", sentences[source.sentence], office.role)
    place = _body(sentences, person, source, line, armed, evidence)
    if place is None:
        among = office.role_class == "military_or_police" and leads_fighters(sentences[source.sentence], office)
        return role, None, "armed_group" if among else office.role_class
    words = sentences[place[0]]
    organisation = evidence.note("organisation", words, place[1])
    known = class_with(words, office.role_class, place[1])
    fights = commands(sentences[source.sentence], office)
    return role, organisation, armed_class(words, place[1], known, armed, fights=fights)


def _body(
    sentences: Sequence[Words],
    person: Person,
    source: Mention,
    line: Listed | None,
    armed: frozenset[str],
    evidence: _Evidence,
) -> Place | None:
    """Where the body of an office is named: beside it, as what "the group" or "its" means, at the head of its list, or
    ("our leader X") in the same person's fuller introduction."""
    office = source.introduction
    if office is None:
        return None
    if office.organisation is not None:
        named = antecedent(sentences, source.sentence, office.organisation)
        if named is None:
            return source.sentence, office.organisation
        evidence.note("organisation", sentences[source.sentence], office.organisation)
        return named
    if line is not None and line.body is not None:
        return line.body
    fullest = person.office
    known = fullest.introduction
    if known is not None and known.organisation is not None and office.role_class in ("other", known.role_class):
        return fullest.sentence, known.organisation
    owned = office.role_class in ("other", "military_or_police")
    return owner(sentences, source.sentence, office.role, armed) if owned else None


def _status(sentences: Sequence[Words], mention: Mention, line: Listed | None, evidence: _Evidence) -> Reading | None:
    """What happened to the person at this mention; the words that say so, and who claims it last, go to `evidence`."""
    number: int = mention.sentence
    reading: Reading | None = None
    if line is not None and line.status is not None and mention.introduction is line.introduction:
        number, reading = line.status
    else:
        reading = status_of(sentences[number], mention.name, mention.phrase)
        if reading is None and number > 0 and is_among_them(sentences[number], mention.name):
            number, reading = number - 1, status_cue(sentences[number - 1])
    if reading is not None:
        evidence.note("status", sentences[number], reading.cue)
        if reading.hedge is not None:
            evidence.note("attribution", sentences[number], reading.hedge)
    return reading


def plain(text: str) -> str:
    """Words as written, with one space where the text has several or a line end."""
    return " ".join(text.split())
