"""The figures on annotated collections, held against those of the last change.

    python -m benchmarks.figures GOLD_FOLDER            print them beside the kept ones; exit 1 where one has fallen
    python -m benchmarks.figures GOLD_FOLDER --keep     write them to benchmarks/figures.json

GOLD_FOLDER holds `score.py` and its .jsonl files, which are not part of this repository (their licences allow
evaluation only). Each file is read with `dateline extract FILE -o RECORDS` and scored with `score.py FILE RECORDS`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

KEPT = Path(__file__).with_name("figures.json")
TOLERANCE = 0.0005  # rounding; a figure that falls by more has fallen


def measure(gold: Path, score: Path, *, baseline: bool) -> dict[str, float]:
    """The figures of one gold file, by name."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        command = [sys.executable, "-m", "dateline.flows.cli", "extract", str(gold), "-o", str(records), "--jobs", "2"]
        if baseline:
            command = [sys.executable, "-m", "benchmarks.baseline", str(gold)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        if baseline:
            records.write_text(run.stdout, encoding="utf-8")
        scored = subprocess.run(
            [sys.executable, str(score), str(gold), str(records)], capture_output=True, text=True, check=True
        )
    rows = (line.rsplit(" ", 1) for line in scored.stdout.splitlines())
    return {name: round(float(value), 4) for name, value in rows if value != "nan"}


def main() -> int:
    """Measure every gold file, print the table, and keep or compare; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--keep", action="store_true", help="write the figures to benchmarks/figures.json")
    parser.add_argument("--only", help="measure only the files whose name holds this")
    options = parser.parse_args()
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    fallen = 0
    for gold in sorted(path for path in options.gold.iterdir() if ".jsonl" in path.name):
        if options.only and options.only not in gold.name:
            continue
        now = measure(gold, options.gold / "score.py", baseline=False)
        plain = {} if gold.suffix == ".gz" else measure(gold, options.gold / "score.py", baseline=True)
        before = kept.get(gold.name, {}).get("dateline", {})
        print(f"\n{gold.name}\n  {'':34}{'now':>9}{'kept':>9}{'baseline':>10}")
        for name, value in now.items():
            fell = _fell(name, value, before.get(name))
            fallen += fell
            cells = "".join(
                f"{cell:>{width}}" for cell, width in ((value, 9), (before.get(name, ""), 9), (plain.get(name, ""), 10))
            )
            print(f"  {name:34}{cells}{'  FELL' if fell else ''}")
        kept[gold.name] = {"dateline": now, "baseline": {name: plain[name] for name in now if name in plain}}
    if options.keep:
        KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    return 1 if fallen and not options.keep else 0


def _fell(name: str, value: float, before: float | None) -> bool:
    if before is None:
        return False
    lower_is_better = name in ("spans_that_do_not_read_back", "without_record", "segments.furniture_kept")
    return value > before + TOLERANCE if lower_is_better else value < before - TOLERANCE


if __name__ == "__main__":
    sys.exit(main())
