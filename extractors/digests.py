"""Digests of the code: which version of a field's rules made a reading.

A digest changes with the field's own files (code, rules, lexicons), with what all fields share, with the lexicons that
users add, and with the version of the library that does the work; never with the day, the machine or the order of a
directory. `examples.txt` is left out: it changes what is tested, not what is read; so is what gathers persons and
events over articles, by which no field is read. Importing this module imports neither spaCy nor trafilatura.

`parts` says what each digest is made of, so that whoever finds two digests apart can name the file.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from dateline.extractors.compiled import in_force, version_of
from dateline.extractors.language.data import OWN, own_files

FOLDER = Path(__file__).parent
MODELS = FOLDER.parent / "models"
PAGE_LIBRARIES = ("trafilatura", "lxml", "charset-normalizer")
FIELD_LIBRARIES = ("spacy", "dateparser")
NO_FIELDS = ("page", "incidents", "persons", "events")  # folders of their own whose files no field reads by


@cache
def digests() -> dict[str, str]:
    """The digest of the page code ("page"), of every field by name, and of the incidents, which read all fields."""
    fields = _fields()
    own = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in own_files()]
    shared = _digest([*_shared_files({*fields, *NO_FIELDS}), MODELS / "ids.py"], *own)
    found = {"page": _digest(_files(FOLDER / "page"), shared, *map(_library, PAGE_LIBRARIES))}
    libraries = [_library(name) for name in FIELD_LIBRARIES]
    for name in fields:
        files = [*_files(FOLDER / name), MODELS / "fields" / f"{name}.py"]
        found[name] = _digest(files, shared, *libraries, *_compiled(FOLDER / name))
    every_field = [found[name] for name in fields]
    found["incidents"] = _digest([*_files(FOLDER / "incidents"), MODELS / "incident.py"], shared, *every_field)
    return found


@cache
def parts() -> dict[str, dict[str, str]]:
    """What each digest covers, by the same names: files by their path in the project and users' lexicons by
    `DATELINE_LEXICONS/NAME`, each with a hash of its bytes; compiled files and `library NAME` with their version; and
    for incidents `field NAME` with that field's digest. Two digests of a field differ only where a part does."""
    fields = _fields()
    shared = _hashed([*_shared_files({*fields, *NO_FIELDS}), MODELS / "ids.py"])
    shared |= {f"{OWN}/{path.name}": _sha256(path)[:16] for path in own_files()}
    libraries = {f"library {name}": version(name) for name in FIELD_LIBRARIES}
    found = {"page": _hashed(_files(FOLDER / "page")) | shared}
    found["page"] |= {f"library {name}": version(name) for name in PAGE_LIBRARIES}
    for name in fields:
        folder = FOLDER / name
        compiled = {f"extractors/{name}/{path.name}": version_of(in_force(path)) for path in folder.glob("*.sqlite")}
        found[name] = _hashed([*_files(folder), MODELS / "fields" / f"{name}.py"]) | shared | libraries | compiled
    found["incidents"] = _hashed([*_files(FOLDER / "incidents"), MODELS / "incident.py"]) | shared
    found["incidents"] |= {f"field {name}": digests()[name] for name in fields}
    return found


@cache
def digest_of(folder: str) -> str:
    """The digest of a folder's own files: of what gathers over articles, and is in no field's digest."""
    return _digest(_files(FOLDER / folder))


def _fields() -> list[str]:
    """The fields: every folder with rules, but for those of the page, of incidents, and of what fields share."""
    named = sorted(path.parent.name for path in FOLDER.glob("*/rules.yml"))
    return [name for name in named if name not in (*NO_FIELDS, "language")]


def _hashed(files: Iterable[Path]) -> dict[str, str]:
    """Files by their path in the project, each with a hash of its bytes."""
    return {path.relative_to(FOLDER.parent).as_posix(): _sha256(path)[:16] for path in files}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
