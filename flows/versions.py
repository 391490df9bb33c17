"""The versions that a run is recorded with."""

import platform
from importlib.metadata import version

from dateline import __version__


def versions() -> dict[str, str]:
    """Of Dateline, Python and the libraries that decide what is read."""
    names = ("spacy", "trafilatura", "dateparser", "prefect")
    return {"dateline": __version__, "python": platform.python_version(), **{name: version(name) for name in names}}
