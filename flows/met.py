"""Which inputs of a run have come, and which are done, in bounded memory: the keys of millions fill gigabytes.

They are kept as hashes in a temporary SQLite file of the system's, which is gone with the process. It takes some six
microseconds for an input, of which reading takes ten thousand.
"""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b

CACHE = 32_000  # kilobytes of it in memory


class Met:
    """How often each key has come, and a set of keys that are done."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._file.execute(f"PRAGMA cache_size = -{CACHE}")
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("CREATE TABLE came (key BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID")
        self._file.execute("CREATE TABLE done (key BLOB PRIMARY KEY) WITHOUT ROWID")
        self._file.execute("BEGIN")

    def again(self, *key: object) -> int:
        """Note that a key came; returns how often it had come before."""
        query = "INSERT INTO came VALUES (?, 0) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"
        (times,) = self._file.execute(query, [_hashed(key)]).fetchone()
        return int(times)

    def note(self, keys: Iterable[tuple[object, ...]]) -> int:
        """These keys are done; returns how many there were."""
        rows = ([_hashed(key)] for key in keys)
        return self._file.executemany("INSERT OR IGNORE INTO done VALUES (?)", rows).rowcount

    def __contains__(self, key: tuple[object, ...]) -> bool:
        """Whether a key is done."""
        return self._file.execute("SELECT 1 FROM done WHERE key = ?", [_hashed(key)]).fetchone() is not None


def _hashed(key: tuple[object, ...]) -> bytes:
    """Sixteen bytes: among ten million keys two would meet once in 10^24 archives."""
    return blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=16).digest()
