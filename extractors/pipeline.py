"""The spaCy pipeline: our tokenizer and sentences, then every field's component.

A field is a folder beside this file that holds a `rules.yml`; nothing here names one.
"""

import importlib
from collections.abc import Collection
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from dateline.extractors.language import sentences  # noqa: F401 - registers its component
from dateline.extractors.language.tokenizer import blank_english
from dateline.extractors.language.tokens import tokens_of
from dateline.models.article import Article
from dateline.models.facts import Fact

Doc.set_extension("article", default=None)
Doc.set_extension("facts", default=None)


@cache
def field_names() -> list[str]:
    """The fields that have a folder here, in alphabetical order."""
    return sorted(path.parent.name for path in Path(__file__).parent.glob("*/rules.yml") if _is_field(path.parent))


def _is_field(folder: Path) -> bool:
    return folder.name not in ("page", "language", "incidents")


@cache
def pipeline() -> Language:
    """The pipeline with all fields, built once a process."""
    nlp = blank_english()
    nlp.max_length = 100_000_000  # characters; spaCy's million is for parsers and taggers, of which there is none here
    nlp.add_pipe("dateline_sentences")
    for name in field_names():
        importlib.import_module(f"dateline.extractors.{name}.component")
        nlp.add_pipe(f"dateline_{name}")
    return nlp


def parse(article: Article, *, only: Collection[str] | None = None) -> Doc:
    """`article.text` with the facts of every field (or of `only` these) in `doc._.facts` and its sentences in
    `doc.sents`. No field reads what another has found."""
    nlp = pipeline()
    left_out = set() if only is None else {f"dateline_{name}" for name in field_names() if name not in only}
    doc = nlp.make_doc(article.text)
    doc._.article, doc._.unread, doc._.facts = article, article.unread, {}
    tokens_of(doc, article.text)
    for name, component in nlp.pipeline:
        if name not in left_out:
            doc = component(doc)
    return doc


def facts_of(doc: Doc) -> dict[str, tuple[Fact, ...]]:
    """The facts of a parsed doc, by field, in text order."""
    return {name: tuple(sorted(facts, key=_order)) for name, facts in doc._.facts.items()}


def sentences_of(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Where the readable sentences of a parsed doc stand: half-open offsets, white space at their ends left out."""
    stretches = ((sentence, sentence.text) for sentence in doc._.readable)
    return tuple(
        (sentence.start_char + len(text) - len(text.lstrip()), sentence.start_char + len(text.rstrip()))
        for sentence, text in stretches
    )


def read_facts(article: Article) -> dict[str, tuple[Fact, ...]]:
    """The facts of every field in `article.text`. Furniture (`article.unread`) yields none."""
    return facts_of(parse(article))


def _order(fact: Fact) -> tuple[int, int, str, str]:
    return fact.start, fact.stop, fact.rule, fact.id
