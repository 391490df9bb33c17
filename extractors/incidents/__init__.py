"""Incidents: the facts of one article gathered into the events it reports. Pure; knows no spaCy."""

from collections.abc import Mapping, Sequence

from dateline.models.article import Article
from dateline.models.facts import Fact
from dateline.models.incident import Incident


def gather(article: Article, facts: Mapping[str, Sequence[Fact]]) -> tuple[Incident, ...]:
    """The incidents of `article`, the main one first."""
    return ()
