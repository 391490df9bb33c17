"""Invented articles by the thousand, and a real Dask cluster in processes of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

SINCE, A_DAY = date(2001, 1, 1), 50  # articles printed a day: a larger archive is a longer one
ROOT = Path(__file__).parent.parent  # for what tests do in workers
PLACES = (ROOT / "tests" / "tables" / "towns.txt").read_text(encoding="utf-8").split()
VERBS = ("killed", "wounded", "captured")
GROUPS = ("soldiers", "militants", "civilians", "police officers", "farmers", "aid workers")
FIRST = ("Karim", "Ada", "Nadir", "Samuel", "Hamid", "Lena", "Tarek", "Omar", "Ines", "Yusuf", "Mira", "Pavel")
LETTERS = ("b", "d", "g", "k", "l", "m", "n", "r", "s", "t", "v", "z"), ("a", "e", "i", "o", "u")
ROLES = ("Governor", "General", "Colonel", "Interior Minister")
SCENES = (
    ("Shops", "Schools", "Bakeries", "Petrol stations", "Two banks", "The clinics", "Most offices", "The mosques"),
    ("in the old town", "by the river", "near the stadium", "along the ring road", "behind the court", "at the port"),
    ("stayed closed", "opened late", "were searched", "had no power", "were full", "sent everybody home"),
    ("for most of the day", "until the evening", "while soldiers stood at the doors", "before the market began"),
    ("and the road to the north was blocked", "as lorries came and went", "although no order had been given"),
)


def _remarked(dice: Random) -> str:
    """One of three thousand sentences that say nothing: as in a real archive, few stories share one."""
    return " ".join(dice.choice(part) for part in SCENES) + "."


def article(number: int, *, seed: int = 0) -> dict[str, str]:
    """A short article, made up from its number: the same on any machine."""
    dice = Random(f"{seed} {number}")
    place, other = dice.sample(PLACES, 2)
    count, more = dice.randint(2, 40), dice.randint(2, 20)
    printed = SINCE + timedelta(days=number // A_DAY)
    sentences = [
        f"Gunmen {dice.choice(VERBS)} {count} {dice.choice(GROUPS)} in {place} on Tuesday, police said.",
        _remarked(dice),
        f"At least {more} people were wounded in a second attack near {other}.",
        f"{dice.choice(ROLES)} {dice.choice(FIRST)} {_surname(dice)} of the regional army visited {place} a day later.",
        _remarked(dice),
        f"The attack is number {number} on the list of the year {2000 + number % 20}.",
    ]
    return {"id": f"article-{number}", "text": " ".join(sentences), "published": printed.isoformat()}


def _surname(dice: Random) -> str:
    """One of 3,600: as in a real archive, most people are named in few articles."""
    consonants, vowels = LETTERS
    return "".join(dice.choice(letters) for letters in (consonants, vowels, consonants, vowels)).capitalize() + "rin"


def page(number: int, *, seed: int = 0) -> dict[str, str]:
    """The same as a page, with what stands around an article."""
    made = article(number, seed=seed)
    sentences = made["text"].split(". ")
    paragraphs = "".join(f"<p>{sentence.rstrip('.')}.</p>" for sentence in sentences)
    links = "".join(f'<li><a href="/{place.lower()}">News from {place}</a></li>' for place in PLACES[:8])
    head = f"<head><title>Attack number {number}</title><meta name='date' content='{made['published']}'></head>"
    story = f"<h1>Attack number {number}</h1>{paragraphs}<p><a href='/more'>Read more about the war</a></p>"
    foot = "<footer>All rights reserved</footer>"
    html = f"<html>{head}<body><nav><ul>{links}</ul></nav><article>{story}</article>{foot}</body></html>"
    return {"id": made["id"], "html": html, "url": f"https://news.example/{number}"}


def ordinary_page(number: int, *, seed: int = 0) -> dict[str, str]:
    """A page of ordinary size: some 350 words, and around them the 30 kB that a news site adds."""
    made, dice = page(number, seed=seed), Random(f"ordinary {seed} {number}")
    more = (" ".join(_remarked(dice) for _ in range(3)) for _ in range(5))
    story = "".join(f"<p>{text} {_remark(dice)}</p>" for text in more)
    teasers = "".join(
        f'<div class="teaser"><a href="/{one}"><img src="/img/{one}.jpg" alt=""><h3>{_remark(dice)}</h3></a></div>'
        for one in range(25)
    )
    links = "".join(
        f'<li class="menu-item"><a href="/topic/{one}">{dice.choice(PLACES)} {one}</a></li>' for one in range(80)
    )
    script = "".join(f'window.slots.push({{id:"ad-{one}",size:[300,{dice.randint(100, 600)}]}});' for one in range(250))
    around = f'<ul class="menu">{links}</ul><script>{script}</script>'
    html = made["html"].replace("<body>", f"<body><header>{around}</header>", 1)
    html = html.replace("</article>", f"{story}</article><aside class='related'>{teasers}</aside>", 1)
    return {**made, "html": html}


def _remark(dice: Random) -> str:
    who, sacks = f"{dice.choice(FIRST)} {_surname(dice)}", dice.randint(20, 900)
    return f"{who} sold {sacks} sacks of flour at the market of {dice.choice(PLACES)}."


def write_articles(path: Path, count: int, *, seed: int = 0, pages: bool = False, ordinary: bool = False) -> Path:
    """So many articles as JSONL: texts, or pages, which may be of ordinary size."""
    made = ordinary_page if ordinary else page if pages else article
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps(made(number, seed=seed)) + "\n")
    return path


@dataclass
class DaskProcesses:
    """A scheduler and its workers."""

    address: str
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def kill_worker(self, number: int) -> int:
        """Kill the process under a nanny that does the work, as the system does where memory is short; its number."""
        (pid,) = _children(self.workers[number].pid)
        os.kill(pid, signal.SIGKILL)
        return pid


@contextmanager
def dask_cluster(folder: Path, *, workers: int = 2, daemon: bool = False) -> Iterator[DaskProcesses]:
    """`dask scheduler` and so many `dask worker` on 127.0.0.1; what they say goes to files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": str(daemon), "PYTHONPATH": paths}
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *words: str) -> "subprocess.Popen[bytes]":
        with (folder / f"{name}.log").open("wb") as log:
            command = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"]
            one = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=folder)
        started.append(one)
        return one

    try:
        file = folder / "scheduler.json"
        start("scheduler", "scheduler", "--port", "0", "--scheduler-file", str(file))
        local = ["--nthreads", "1", "--memory-limit", "0", "--local-directory", str(folder)]
        one_each = [
            start(f"worker-{number}", "worker", "--scheduler-file", str(file), *local) for number in range(workers)
        ]
        yield DaskProcesses(_address(file), one_each)
    finally:
        for one in reversed(started):  # workers first: without a scheduler they do not know how to leave
            one.terminate()
            try:
                one.wait(10)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()


def _address(file: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            address = str(json.loads(file.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
            continue
        assert urlsplit(address).hostname == "127.0.0.1"
        return address
    raise TimeoutError("the Dask scheduler did not start")


def _children(pid: int) -> list[int]:
    """The processes right below one, without multiprocessing's own resource tracker."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            command = (status.parent / "cmdline").read_bytes().decode()
        except OSError:
            continue
        if said.get("PPid") == str(pid) and "resource_tracker" not in command:
            found.append(int(status.parent.name))
    return found
