"""From a stored article back to its capture: the bytes as they came, and where in them some words stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dateline.models.capture import Capture
from dateline.models.ids import sha256
from dateline.models.record import Record
from dateline.models.span import Traced
from dateline.models.store import Store, StoredArticle, archive_folder

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Captured:
    """What an article was read from. `data` is None where the archive cannot give it, and `problem` says why; then
    `text_map` may still tell which stretch of the page held some words, where it was kept."""

    capture: Capture
    text: str
    data: bytes | None = None
    problem: str | None = None
    text_map: Sequence[Traced] = field(default=())

    @cached_property
    def html(self) -> str | None:
        """The decoded page, in which its offsets count; None where there is none, or a text was given."""
        if self.data is None or self.capture.kind != "page":
            return None
        from dateline.extractors.page.byte_map import page_html

        return page_html(self.data, self.capture.charset)

    @property
    def shown(self) -> str | None:
        """What the page shows, as text fragments compare it; None where that is not at hand."""
        if (html := self.html) is None:
            return None
        from dateline.extractors.page.stream import visible
        from dateline.review.fragments import folded

        return folded(visible(html).characters)

    def trace(self, places: Sequence[Place]) -> list[list[Traced]]:
        """Where the words at these places of the text stand in the capture; without it, the kept stretches that hold
        them, which may be longer."""
        if self.data is None:
            return [[part for part in self.text_map if part.start < b and a < part.stop] for a, b in places]
        from dateline.extractors.page.byte_map import trace, trace_given

        find = trace if self.capture.kind == "page" else trace_given
        return find(self.data, self.text, places, charset=self.capture.charset)


def captured(store: Store, article: StoredArticle, record: Record) -> Captured:
    """The capture of an article, its bytes held against their hash."""
    from dateline.sources.archive import read_payload

    capture = store.capture(article)
    folder = archive_folder(store.path)
    data, problem = None, None
    try:
        data = read_payload(folder, capture.archive_file, capture.archive_offset)
    except FileNotFoundError:
        problem = f"{folder / capture.archive_file} is not there"
    except (OSError, ValueError) as error:
        problem = f"{folder / capture.archive_file}: {error}"
    if data is not None and sha256(data) != capture.sha256:
        data, problem = None, f"{folder / capture.archive_file} holds other bytes than were read"
    return Captured(capture=capture, text=record.article.text, data=data, problem=problem, text_map=record.text_map)
