"""One article's way, end to end: what was given, its page, its facts, its incidents. Pure: no clock, no network."""

from dataclasses import replace

from dateline.extractors.incidents import gather
from dateline.extractors.page import read_page, read_text
from dateline.extractors.page.decode import NO_TEXT, decode, refusal
from dateline.extractors.page.opened import page_facts, with_facts
from dateline.extractors.pipeline import facts_of, parse, sentences_of
from dateline.models.again import Again
from dateline.models.article import Article, Source
from dateline.models.record import Record


def read(source: Source) -> Record:
    """Read one input. Never raises for what it is given: whatever cannot be read is recorded with its reason."""
    article = read_article(source)
    if source.note and article.reason is None:
        article = replace(article, reason=source.note)
    if article.result != "read":
        return Record(id=source.id, article=article)
    doc = parse(article)
    facts = facts_of(doc)
    incidents = gather(article, facts)
    return Record(id=source.id, article=article, facts=facts, incidents=incidents, sentences=sentences_of(doc))


def read_again(again: Again) -> Record:
    """What is to be read again in a text: the facts of its `fields`, and where wanted the incidents of all of them."""
    facts, sentences = dict(again.facts), again.sentences
    if again.fields:
        doc = parse(again.article, only=again.fields)
        facts, sentences = facts | facts_of(doc), sentences_of(doc)
    incidents = gather(again.article, facts) if again.incidents else ()
    return Record(id=again.id, article=again.article, facts=facts, incidents=incidents, sentences=sentences)


def read_article(source: Source) -> Article:
    """The article of an input: its page cleaned, or its given text with the furniture marked."""
    if source.problem is not None:
        return Article(result="failed", reason=source.problem, url=source.url, title=source.title)
    if source.page is not None:
        return read_page(source)
    if source.plain is None:
        return read_text(source)
    if refused := refusal(source.plain):
        failed = Article(result="failed", reason=refused, url=source.url, title=source.title)
        return with_facts(failed, page_facts(source.plain, NO_TEXT))
    decoded = decode(source.plain, source.charset)
    return with_facts(read_text(replace(source, plain=None, text=decoded.html)), page_facts(source.plain, decoded))
