"""Reading our data files: YAML in which every scalar is text ("no", "on" and 12 are words here, and nothing else).

Users add words of their own in a folder that the environment variable DATELINE_LEXICONS names: files called like ours,
in the same form. The digests (extractors/digests.py) hash them too.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml

OWN = "DATELINE_LEXICONS"
LANGUAGE = Path(__file__).parent
OPEN_TO_USERS = {
    "organisations.yml": LANGUAGE.parent / "leaders" / "organisations.yml",
    "titles.yml": LANGUAGE / "titles.yml",
}

# The C loader is ten times quicker where PyYAML was built with libyaml; both read the same.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def load_yaml(path: Path) -> Any:
    """The content of a YAML file as mappings, lists and strings; read once, so whoever asks must not change it."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)


def own_files() -> list[Path]:
    """The users' own lexicons; ValueError, in words for them, where there is no such folder or nothing of use in it."""
    named = os.environ.get(OWN)
    if not named:
        return []
    folder = Path(named)
    if not folder.is_dir():
        raise ValueError(f"{OWN} names no folder: {folder}")
    found = sorted(path for path in folder.iterdir() if path.suffix in (".yml", ".yaml"))
    strange = [path.name for path in found if path.name not in OPEN_TO_USERS]
    if strange or not found:
        raise ValueError(f"{OWN}: {folder} has {strange or 'no file'}; the files read are {', '.join(OPEN_TO_USERS)}")
    return found


def check_own() -> None:
    """ValueError, in words for the users, where a lexicon of theirs cannot be used."""
    for own in own_files():
        load_lexicon(OPEN_TO_USERS[own.name])


@cache
def load_lexicon(path: Path) -> dict[str, list[str]]:
    """A lexicon of ours, class by class, with what users add in their file of that name; ValueError where theirs has a
    class that ours has not, or is no list of words."""
    known: dict[str, list[str]] = {name: list(words) for name, words in load_yaml(path).items()}
    for own in own_files():
        if own.name == path.name:
            for name, words in _checked(own, known).items():
                known[name] += [word.lower() for word in words if word.lower() not in known[name]]
    return known


def _checked(own: Path, known: dict[str, list[str]]) -> dict[str, list[str]]:
    try:
        data = load_yaml(own)
    except yaml.YAMLError as error:
        raise ValueError(f"{own} is no YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(data, dict):
        raise ValueError(f"{own} holds no classes of words; write 'CLASS: [word, ...]'")
    for name, words in data.items():
        if name not in known:
            raise ValueError(f"{own}: there is no class {name!r}; the classes are {', '.join(known)}")
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise ValueError(f"{own}: {name} is no list of words")
    return data
