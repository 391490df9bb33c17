"""What all tests share: a new store is a copy of one that was made once, and slow files come first."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dateline.models import store as stores
from dateline.models import store_connection, store_schema
from dateline.models.store_connection import Connection

if TYPE_CHECKING:
    from dateline.review.batch import BatchArticle

    from .chromium import Browser


class Template:
    """A store as it is made, to be copied: making its tables and views takes ten times as long as opening them."""

    def __init__(self, path: Path) -> None:
        self.path, self.used = path, True
        self._connect = stores.connect
        stores.Store.open(path).close()

    def connect(self, path: Path, *, read_only: bool, patience: float = 0.0) -> Connection:
        """Like `connect`; a file that is not there yet begins as a copy, with a birth of its own."""
        made = self.used and not read_only and path.parent.is_dir() and not path.exists()
        if made:
            shutil.copyfile(self.path, path)
        connection = self._connect(path, read_only=read_only, patience=patience)
        if made:
            store_schema.bear(connection, datetime.now(UTC).isoformat())
        return connection


# The files that take longest, the longest first: begun last, one of them would keep a single process busy at the end.
SLOWEST = (
    "test_rebuild", "test_docs", "test_ingest_command", "test_runners_dask", "test_rerun", "test_events", "test_ingest",
    "test_events_nightly", "test_batch_browser", "test_verify", "test_nightly", "test_persons", "test_problems",
    "test_publish",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Leave the order of files to us; pytest-xdist would begin with those of the most tests."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest files first; within a file nothing moves."""
    order = {name: place for place, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


@pytest.fixture(scope="session", autouse=True)
def _template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    template = Template(tmp_path_factory.mktemp("template") / "new.duckdb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores, "connect", template.connect)
        patch.setitem(store_connection._CONFIGURATION, "threads", "1")  # for few rows, others take longer to start
        yield template


@pytest.fixture
def made_for_real(_template: Template) -> Iterator[None]:
    """For tests of how a store is made: every new one is made statement by statement."""
    _template.used = False
    yield
    _template.used = True


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Browser]":
    """One Chromium for all tests of a file."""
    from .chromium import Browser

    with Browser(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture
def opened(browser: "Browser", tmp_path: Path) -> Iterator[Any]:
    """Opens a batch page, without what an earlier one left in the browser. Nothing may go wrong on it unseen."""
    from dateline.review.batch import batch_page

    def opens(articles: "Sequence[BatchArticle]", **more: Any) -> "Browser":
        path = tmp_path / "batch.html"
        path.write_text(batch_page(articles, **more), encoding="utf-8", newline="")
        browser.errors.clear()
        browser.open(path)
        return browser

    yield opens
    browser.ask("localStorage.clear()")
    assert browser.errors == []
