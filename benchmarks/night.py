"""Two nights over an invented site (tests/night_site.py), read by what `dateline ingest` calls: what came of each.

    python -m benchmarks.night [--stories 200] [--seconds 2]

On the second night some stories have changed, one has vanished and some are new; what loops, drips, hangs, swells and
fails does so on both. Exit code 1 where the inputs are not the sum of the outcomes, or a night is not as the site was.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from dateline.flows.collecting import collect
from dateline.flows.request import IngestRequest
from dateline.models.store import Store
from tests.night_site import BAD, CHANGED, NEW, STORIES, collection, night_site

# Of the captures that a run read: whose address had another capture before, and whose text another address had.
_VERSIONS = """SELECT count(*) FROM outcome JOIN capture USING (capture_id)
    WHERE run_id = $run AND outcome = 'read' AND EXISTS (FROM outcome AS before JOIN capture AS kept USING (capture_id)
        WHERE before.run_id < $run AND kept.input_id = capture.input_id AND kept.capture_id <> capture.capture_id)"""
_ELSEWHERE = """SELECT count(*) FROM outcome JOIN page USING (page_id)
    WHERE run_id = $run AND outcome = 'read' AND EXISTS (FROM outcome AS other JOIN page AS theirs USING (page_id)
        WHERE other.run_id <= $run AND theirs.text_id = page.text_id AND other.input_id <> outcome.input_id)"""


@dataclass(frozen=True, kw_only=True)
class Night:
    """What came of one: `answers` of the site by status, `outcomes` of the inputs, `reasons` of those that failed."""

    answers: Counter[int]
    inputs: int
    outcomes: dict[str, int]
    versions: int
    elsewhere: int
    reasons: Counter[str]
    alarms: dict[str, str]
    seconds: float

    @property
    def faults(self) -> list[str]:
        """What does not add up."""
        said = {
            "the inputs are not the sum of the outcomes": self.inputs != sum(self.outcomes.values()),
            "not every failure has a reason": self.reasons.total() != self.outcomes.get("failed", 0),
            "what had not changed was not all answered with 304": self.answers[304]
            != self.outcomes.get("unchanged", 0),
        }
        return [words for words, wrong in said.items() if wrong]


def nights(folder: Path, *, stories: int, seconds: float) -> list[Night]:
    """Read both."""
    found, port = [], 0
    path, db = folder / "dateline.toml", folder / "night.duckdb"
    for number in (1, 2):
        with night_site(number, port=port, stories=stories) as site:
            port = site.server_port
            path.write_text(collection(site.base, seconds=seconds), encoding="utf-8")
            began = time.monotonic()
            report = collect(IngestRequest(collection=path, db=db))
            took = time.monotonic() - began
            with Store.open(db, read_only=True) as store:
                versions, elsewhere = (
                    store.connection.execute(query, {"run": report.run_id}).fetchone() or (0,)
                    for query in (_VERSIONS, _ELSEWHERE)
                )
                (inputs,) = store.connection.execute(
                    "SELECT inputs FROM run WHERE run_id = ?", [report.run_id]
                ).fetchone() or (0,)
                problems = store.problems(run_id=report.run_id)
            reasons = Counter(str(one.reason).replace(site.base, "") for one in problems if one.outcome == "failed")
            found.append(
                Night(
                    answers=site.answered,
                    inputs=inputs,
                    outcomes=report.outcomes,
                    versions=versions[0],
                    elsewhere=elsewhere[0],
                    reasons=reasons,
                    alarms=report.alarms,
                    seconds=took,
                )
            )
    return found


def _print(found: list[Night]) -> None:
    print(f"{'':40}{'night 1':>10}{'night 2':>10}")
    rows = {
        "inputs": [one.inputs for one in found],
        "  read": [one.outcomes.get("read", 0) for one in found],
        "    of them new versions of an address": [one.versions for one in found],
        "    of them texts of another address": [one.elsewhere for one in found],
        "  unchanged": [one.outcomes.get("unchanged", 0) for one in found],
        "  failed": [one.outcomes.get("failed", 0) for one in found],
        "sum of outcomes": [sum(one.outcomes.values()) for one in found],
        "answers 200 (pages, feeds, sitemaps)": [one.answers[200] for one in found],
        "answers 304": [one.answers[304] for one in found],
        "seconds": [round(one.seconds) for one in found],
    }
    for name, numbers in rows.items():
        print(f"{name:40}" + "".join(f"{number:10,}" for number in numbers))
    for number, one in enumerate(found, 1):
        print(f"\nnight {number}, failed:")
        for reason, count in sorted(one.reasons.items()):
            print(f"  {count} {reason}")
        for source, words in one.alarms.items():
            print(f"  alarm: {source} {words}")


def main() -> int:
    """Print the figures; 1 where they do not add up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=STORIES)
    parser.add_argument("--seconds", type=float, default=2.0, help="that a page may take to be fetched")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="night-") as folder:
        first, second = nights(Path(folder), stories=options.stories, seconds=options.seconds)
    _print([first, second])
    faults = first.faults + second.faults
    if first.outcomes != {"failed": len(BAD), "read": options.stories}:
        faults.append("the first night did not read every story")
    expected = {"failed": len(BAD), "read": CHANGED + NEW, "unchanged": options.stories - CHANGED - 1}
    if second.outcomes != expected or second.versions != CHANGED:
        faults.append(f"the second night was to be {expected}, with {CHANGED} new versions")
    print("\n" + ("\n".join(faults) or "every input has one outcome, and both nights are what the site was"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
