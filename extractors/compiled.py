"""Compiled data of fields: the file in force, and its version.

A field may keep what it compiles in a SQLite file of its folder. The environment variable of its name, as
`DATELINE_GAZETTEER` for `gazetteer.sqlite`, names another file to be read in its stead. Each such file tells its own
version, in the table `meta`, so that nobody has to read all of it to know which one it is.
"""

import errno
import os
import sqlite3
from pathlib import Path


def in_force(shipped: Path) -> Path:
    """The file to read instead of `shipped`, or itself; FileNotFoundError where the one that is named is not there."""
    named = os.environ.get(f"DATELINE_{shipped.stem.upper()}")
    path = Path(named).expanduser() if named else shipped
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return path


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that takes no locks and writes no journal: a read-only file system will do."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def version_of(path: Path) -> str:
    """The version that the file says it is: a hash of its content. ValueError where it is no compiled file of ours."""
    database = open_read_only(path)
    try:
        (version,) = database.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        return str(version)
    except (sqlite3.DatabaseError, TypeError):
        raise ValueError(f"{path} is no file that Dateline has compiled") from None
    finally:
        database.close()
