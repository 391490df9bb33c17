"""A second machine, another time zone, another day: the records of every fixture are the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .golden import all_records

# Whoever asks this process for the day, by whichever of Python's clocks, is told one years away, just before midnight.
ELSEWHERE = """
import datetime, sys, time

FAR = datetime.datetime(2031, 2, 28, 23, 59, 58)

class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls(FAR.year, FAR.month, FAR.day)

class DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(FAR.year, FAR.month, FAR.day, FAR.hour, FAR.minute, FAR.second, tzinfo=tz)
    today = utcnow = now

datetime.date, datetime.datetime = Date, DateTime
time.time = lambda: FAR.timestamp()
time.localtime = lambda seconds=None, ask=time.localtime: ask(FAR.timestamp() if seconds is None else seconds)
time.gmtime = lambda seconds=None, ask=time.gmtime: ask(FAR.timestamp() if seconds is None else seconds)

import json
from tests.golden import all_records

assert datetime.date.today().year == time.localtime().tm_year == 2031
for name, record in all_records():
    sys.stdout.write(json.dumps([name, record.to_dict()]) + "\\n")
"""
PLACE = {"TZ": "Asia/Kabul", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}


@pytest.mark.slow
def test_the_records_do_not_hang_on_where_and_when_they_are_made() -> None:
    here = [json.dumps([name, record.to_dict()]) for name, record in all_records()]
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
        env=os.environ | PLACE,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == here
