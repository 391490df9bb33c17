"""The tests. Where they import Prefect, nobody is told of it."""

import os

os.environ.setdefault("DO_NOT_TRACK", "1")
