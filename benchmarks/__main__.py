"""CPU time of the whole way, stage by stage, as ratios of what one would use instead on the same pages in one run.

    python -m benchmarks [FOLDER_OR_JSONL ...]     default: the pages in tests/fixtures

The yardstick is `trafilatura.bare_extraction(with_metadata=True, include_comments=False)`, which gives a text and no
facts. Start-up is left out, one process, the best of ROUNDS rounds.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 5
FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures" / "pages"


def main() -> None:
    """Print one line a stage: milliseconds an article, and the ratio to the yardstick."""
    import trafilatura

    from dateline.extractors.article import read_article
    from dateline.extractors.incidents import gather
    from dateline.extractors.pipeline import facts_of, pipeline
    from dateline.models.article import Source
    from dateline.sources.inputs import sources

    inputs = sys.argv[1:] or [str(FIXTURES)]
    given = [source for source in sources(inputs) if source.problem is None]
    pages = [source for source in given if source.page is not None]

    def yardstick(source: Source) -> None:
        trafilatura.bare_extraction(source.page, with_metadata=True, include_comments=False)

    articles = [article for source in given if (article := read_article(source)).result == "read"]
    nlp = pipeline()
    timed = {"yardstick: trafilatura": cpu(yardstick, pages), "page": cpu(read_article, pages)}
    docs: list[Any] = []

    def tokens() -> None:
        docs.clear()
        for article in articles:
            doc = nlp.make_doc(article.text)
            doc._.article, doc._.unread, doc._.facts = article, article.unread, {}
            docs.append(doc)

    timed["tokens"] = best(tokens)
    for name, component in nlp.pipeline:
        timed[name.removeprefix("dateline_")] = cpu(component, docs)
    facts = [(doc._.article, facts_of(doc)) for doc in docs]
    timed["incidents"] = cpu(lambda pair: gather(*pair), facts)
    total = sum(seconds for name, seconds in timed.items() if not name.startswith("yardstick"))
    timed["the whole way"] = total
    words = sum(len(doc) for doc in docs)
    print(f"{len(pages)} pages, {len(articles)} articles, {words:,} tokens; CPU time, best of {ROUNDS}")
    for name, seconds in timed.items():
        ratio = seconds / timed["yardstick: trafilatura"] if pages else float("nan")
        print(f"  {name:24}{seconds * 1000 / max(1, len(articles)):9.2f} ms an article   {ratio:6.2f} of the yardstick")


def cpu(work: Callable[[Any], Any], over: list[Any], *, rounds: int = ROUNDS) -> float:
    """CPU seconds of `work` over all items, best of the rounds."""

    def once() -> None:
        for item in over:
            work(item)

    return best(once, rounds=rounds)


def best(work: Callable[[], None], *, rounds: int = ROUNDS) -> float:
    """CPU seconds of one call, best of the rounds."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
