"""Whether the workers of a cluster can work for us: asked of each before anything is ordered, and refused in words."""

import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import current_process
from pathlib import Path
from uuid import uuid4

from dateline import __version__
from dateline.extractors.digests import digests
from dateline.flows.runners import RunnerError

# One call on every worker: what each returned, or raised, by its address.
Ask = Callable[..., Mapping[str, object]]


@dataclass(frozen=True, kw_only=True)
class Station:
    """What a worker says of itself. `words` is what it reads in the file that the writer left in the shared folder,
    `wrote` the name of the file that it left there itself."""

    host: str
    version: str
    digests: Mapping[str, str]
    childless: bool
    archive: bool
    words: str | None
    wrote: str | None


def look_around(folder: str, archive: str, word: str) -> Station:
    """Where a worker runs: does it see both folders, can it write into one, and which code does it have?"""
    words = wrote = None
    try:
        words = Path(folder, word).read_text(encoding="utf-8")
        mine = f"{word}.{uuid4().hex}"
        Path(folder, mine).write_text(words, encoding="utf-8")
        wrote = mine
    except OSError:
        pass
    return Station(
        host=platform.node(),
        version=__version__,
        digests=dict(digests()),
        childless=current_process().daemon,
        archive=Path(archive).is_dir(),
        words=words,
        wrote=wrote,
    )


def check_in(ask: Ask, *, folder: Path, archive: Path) -> list[Station]:
    """Ask every worker; RunnerError, which names the faults and their remedies, where one cannot work for us."""
    folder.mkdir(parents=True, exist_ok=True)
    word = f"seen-{uuid4().hex}"
    (folder / word).write_text(word, encoding="utf-8")
    try:
        answers = ask(look_around, str(folder.absolute()), str(archive.absolute()), word)
        os.listdir(folder)  # makes a network file system look again
        faults = {name: fault for name, answer in answers.items() if (fault := _fault(answer, word, folder, archive))}
    finally:
        for left in folder.glob(f"{word}*"):
            left.unlink(missing_ok=True)
    if faults:
        raise RunnerError(_words(faults, len(answers)))
    return [answer for answer in answers.values() if isinstance(answer, Station)]


def _fault(answer: object, word: str, folder: Path, archive: Path) -> str | None:
    """What is wrong with one worker, and what to do."""
    if isinstance(answer, ModuleNotFoundError):
        return f"it has no module {answer.name!r}: install the same Dateline there"
    if not isinstance(answer, Station):
        return f"it cannot be asked: {type(answer).__name__}: {answer}"
    if answer.words != word:
        return f"it does not see {folder.absolute()}: share that folder with it, under this path"
    if answer.wrote is None or not (folder / answer.wrote).exists():
        return f"what it writes into {folder.absolute()} does not arrive here: share that folder, to be written too"
    if not answer.archive and archive.is_dir():
        return f"it does not see {archive.absolute()}: share that folder with it, under this path"
    if other := sorted(name for name, digest in digests().items() if answer.digests.get(name) != digest):
        said = f"its rules for {', '.join(other)} are not ours (Dateline {answer.version} there, {__version__} here)"
        return f"{said}: install the same Dateline and gazetteer there, and start the worker anew"
    if answer.childless:
        said = "it may not start the process that reads pages: start it with DASK_DISTRIBUTED__WORKER__DAEMON=False"
        return f"{said}, or with --no-nanny"
    return None


def _words(faults: Mapping[str, str], asked: int) -> str:
    """On one line: the first fault, which is all others' too, nearly always."""
    name, fault = next(iter(faults.items()))
    return f"{len(faults)} of {asked} workers cannot work for us; {name}: {fault}"
