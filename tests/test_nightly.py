"""Two nights over a collection: what is new, changed, the same and gone; sources that give too little are alarms."""

from pathlib import Path

import pytest

from dateline.flows.collecting import collect
from dateline.flows.request import IngestReport, IngestRequest
from dateline.models.gate import SourceNight, alarm, usual
from dateline.models.store import Store
from dateline.sources import fetch_queue
from tests.night_site import BAD, CHANGED, NEW, NightSite, collection, night_site

STORIES = 20


def _night(folder: Path, site: NightSite, *, expect: str = "") -> IngestReport:
    path = folder / "dateline.toml"
    path.write_text(collection(site.base, expect=expect), encoding="utf-8")
    return collect(IngestRequest(collection=path, db=folder / "night.duckdb"))


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, IngestReport, IngestReport, NightSite]:
    """A collection read on two nights; the store, both reports, and the site of the second night."""
    folder = tmp_path_factory.mktemp("nights")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetch_queue, "BACK_OFF", 0.01)
        with night_site(1, stories=STORIES) as site:
            first = _night(folder, site)
        with night_site(2, stories=STORIES, port=site.server_port) as again:
            second = _night(folder, again, expect="expect = [50, 60]")
    return folder / "night.duckdb", first, second, again


def test_the_first_night_reads_everything_once(nights: tuple[Path, IngestReport, IngestReport, NightSite]) -> None:
    """An address that two sources list is one input; what misbehaves has failed, and costs nothing else."""
    _, first, _, _ = nights
    assert first.outcomes == {"failed": len(BAD), "read": STORIES}


def test_the_second_night_reads_what_is_new(nights: tuple[Path, IngestReport, IngestReport, NightSite]) -> None:
    """What has not changed is not even sent; what has changed is a new version of its article."""
    store, _, second, site = nights
    assert second.outcomes == {
        "failed": len(BAD),
        "read": CHANGED + NEW,
        "unchanged": STORIES - CHANGED - 1,
    }
    assert site.asked["/s/19"] == 0  # it is no longer listed
    with Store.open(store, read_only=True) as opened:
        versions = [one for one in opened.articles() if one.url == f"{site.base}/s/0"]
        assert len(versions) == 1
        assert "5 shepherds" in str(versions[0].title)


def test_what_each_source_gave(nights: tuple[Path, IngestReport, IngestReport, NightSite]) -> None:
    """Listed and ended, by source; the inputs of all are the run's."""
    store, _, second, _ = nights
    with Store.open(store, read_only=True) as opened:
        feed, sitemap, gone = opened.run_sources(2)
    assert (feed.listed, sum(feed.outcomes.values())) == (12 + len(BAD), 12 + len(BAD))
    assert sitemap.listed > sum(sitemap.outcomes.values()) > 0  # the others came through the feed
    assert sum(feed.outcomes.values()) + sum(sitemap.outcomes.values()) == second.inputs
    assert gone.problem == "HTTP 404 Not Found"
    assert second.alarms == {
        "Feed": "gave 20 articles; 50 to 60 are expected",
        "Gone": "gave nothing: HTTP 404 Not Found",
    }


@pytest.mark.parametrize(
    ("listed", "before", "words"),
    [
        (0, [40, 38, 41], "gave 0 articles; 10 to 160 are usual"),
        (9, [40, 38, 42, 44], "gave 9 articles; 10 to 164 are usual"),
        (400, [40, 38, 41], "gave 400 articles; 10 to 160 are usual"),
        (12, [40, 38, 41], None),
        (0, [40, 38], None),
        (0, [2, 0, 3], None),
        (0, [], None),
    ],
)
def test_what_is_usual_is_learned(listed: int, before: list[int], words: str | None) -> None:
    """From three nights on; a source that gives little may give none."""
    assert alarm(SourceNight(source="x", kind="feed", listed=listed), before) == words


def test_what_the_collection_says_goes_before_what_was_learned() -> None:
    """And only the last two weeks count."""
    night = SourceNight(source="x", kind="feed", listed=5, expect=(1, 9))
    assert alarm(night, [40, 38, 41]) is None
    assert usual([40] * 14 + [1000] * 50) == (10, 160)
