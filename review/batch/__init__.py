"""The batch page: one HTML file in which a reviewer reads articles beside what was read in them, and decides.

    page = batch_page([BatchArticle(text_id=..., record=...)], title="June 2014")

The file needs no server and no network, and forbids itself both. What it shows is in it as data, never as markup. The
reviewer's verdicts leave it as a file `dateline-decisions/1` (JSON lines), which `dateline decide import` takes.
"""

from dateline.review.batch.page import batch_page
from dateline.review.batch.shapes import BatchArticle

__all__ = ["BatchArticle", "batch_page"]
