"""What a batch page is made of, beside the shapes of models."""

from dataclasses import dataclass

from dateline.models.record import Record


@dataclass(frozen=True, kw_only=True)
class BatchArticle:
    """An article of the batch. `text_id` names its text in verdicts; `shown` is what its live page shows, folded (see
    `review.fragments`), where that is at hand: links to the words are then surer."""

    text_id: str
    record: Record
    shown: str | None = None
