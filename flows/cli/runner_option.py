"""The options that say who reads: this machine, or a cluster (docs/large-archives.md)."""

import argparse

RUNNERS = ("local", "dask", "ray")
NAMES = ("runner", "address")  # the fields of a request that these options give


def add_runner_options(parser: argparse.ArgumentParser) -> None:
    """Add `--runner` and `--address`."""
    parser.add_argument(
        "--runner", choices=RUNNERS, default="local", help="who reads: this machine (default), or a cluster"
    )
    parser.add_argument("--address", metavar="URL", help="the cluster's scheduler, like tcp://127.0.0.1:8786 for dask")
