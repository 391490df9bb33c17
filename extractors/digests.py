"""Digests of the code: which version of a field's rules made a reading.

A digest changes with the field's own files (code, rules, lexicons), with what all fields share, with the lexicons that
users add, and with the version of the library that does the work; never with the day, the machine or the order of a
directory. `examples.txt` is left out: it changes what is tested, not what is read; so is what gathers persons over
articles, which reads no text. Importing this module imports neither spaCy nor trafilatura.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from dateline.extractors.compiled import in_force, version_of
from dateline.extractors.language.data import own_files

FOLDER = Path(__file__).parent
MODELS = FOLDER.parent / "models"
PAGE_LIBRARIES = ("trafilatura", "lxml", "charset-normalizer")
FIELD_LIBRARIES = ("spacy", "dateparser")


@cache
def digests() -> dict[str, str]:
    """The digest of the page code ("page"), of every field by name, and of the incidents, which read all fields."""
    fields = sorted(path.parent.name for path in FOLDER.glob("*/rules.yml") if path.parent.name != "page")
    fields = [name for name in fields if name not in ("language", "incidents")]
    own = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in own_files()]
    shared = _digest([*_shared_files({*fields, "page", "incidents", "persons"}), MODELS / "ids.py"], *own)
    found = {"page": _digest(_files(FOLDER / "page"), shared, *map(_library, PAGE_LIBRARIES))}
    libraries = [_library(name) for name in FIELD_LIBRARIES]
    for name in fields:
        files = [*_files(FOLDER / name), MODELS / "fields" / f"{name}.py"]
        found[name] = _digest(files, shared, *libraries, *_compiled(FOLDER / name))
    every_field = [found[name] for name in fields]
    found["incidents"] = _digest([*_files(FOLDER / "incidents"), MODELS / "incident.py"], shared, *every_field)
    return found


def _shared_files(own: set[str]) -> list[Path]:
    """The modules beside this one, and every folder that is no field's: language, a gazetteer."""
    files = [path for path in FOLDER.glob("*.py") if path != Path(__file__)]
    for folder in FOLDER.iterdir():
        if folder.is_dir() and folder.name not in own:
            files += _files(folder)
    return files


def _compiled(folder: Path) -> list[str]:
    """The versions of the compiled files that are read, which may be users' own in place of the folder's."""
    return [f"{path.name} {version_of(in_force(path))}" for path in sorted(folder.glob("*.sqlite"))]


def _files(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.name != "examples.txt"
        and path.suffix != ".sqlite"
        and path.name[0] != "."
    ]


def _digest(files: Iterable[Path], *more: str) -> str:
    """The hash of these files' names and bytes, in the order of their names, and of other digests."""
    whole = hashlib.sha256()
    for name, path in sorted((path.relative_to(FOLDER.parent).as_posix(), path) for path in files):
        whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    for other in more:
        whole.update(f"{other}\0".encode())
    return whole.hexdigest()[:16]


def _library(name: str) -> str:
    return f"{name} {version(name)}"
