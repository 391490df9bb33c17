"""The house stands as it is drawn: wings, contracts that catch what they forbid, packaging, data files, sizes."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WINGS = ("flows", "sources", "extractors", "review", "models")
LIMIT = 300  # lines of a module; past it, it wants splitting
LONGER = {  # those that may be longer, and why
    "models/store.py": "the store's one public face: some lines for each thing that can be asked",
}

LAYERS = "The wings stand on one another in one direction"
PREFECT = "Only flows knows Prefect"
DUCKDB = "Only models knows DuckDB"
TOOLS = "Only extractors knows spaCy, trafilatura and dateparser"
FIELDS = "The field folders are independent of each other"

# What somebody might do, and the contract that has to say no.
PLANTED = [
    ("extractors/planted.py", "import duckdb", DUCKDB),
    ("flows/planted.py", "import duckdb", DUCKDB),
    ("models/planted.py", "import prefect", PREFECT),
    ("sources/planted.py", "from prefect import flow", PREFECT),
    ("review/planted.py", "import spacy", TOOLS),
    ("flows/planted.py", "import trafilatura", TOOLS),
    ("models/planted.py", "from dateparser import parse", TOOLS),
    ("models/planted.py", "import dateline.flows.reading", LAYERS),
    ("extractors/planted.py", "import dateline.sources.inputs", LAYERS),
    ("sources/planted.py", "from dateline import review", LAYERS),
    ("extractors/dates/planted.py", "import dateline.extractors.places", FIELDS),
    ("extractors/leaders/planted.py", "from dateline.extractors.page import read_page", FIELDS),
]


@pytest.mark.slow
def test_the_contracts_hold() -> None:
    assert broken_contracts(ROOT) == set()


@pytest.mark.slow
@pytest.mark.parametrize(("module", "line", "contract"), PLANTED)
def test_the_contracts_catch_a_planted_violation(module: str, line: str, contract: str, house: Path) -> None:
    planted = house / module
    planted.write_text(line + "\n", encoding="utf-8")
    try:
        assert contract in broken_contracts(house)
    finally:
        planted.unlink()


def test_the_contract_names_every_field_folder() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = next(set(contract["modules"]) for contract in contracts if contract["name"] == FIELDS)
    folders = {f"dateline.extractors.{path.parent.name}" for path in (ROOT / "extractors").glob("*/rules.yml")}
    assert folders <= named


@pytest.mark.slow
def test_the_wheel_holds_every_wing_and_data_file(tmp_path: Path) -> None:
    source = copied(tmp_path / "source")
    options = ["--no-deps", "--no-build-isolation", "--disable-pip-version-check", "-q"]
    run = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, "-w", str(tmp_path), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"dateline/{path.relative_to(ROOT).as_posix()}" for wing in WINGS for path in files_of(wing)}
    pages = {f"dateline/demo_pages/{path.name}" for path in (ROOT / "tests" / "fixtures" / "pages").iterdir()}
    assert wanted | pages | {"dateline/__init__.py", "dateline/py.typed"} <= packed
    assert not [name for name in packed if name.startswith(("tests/", "src/", "dateline/tests"))]


def test_every_data_file_is_read_by_its_folder() -> None:
    unread = []
    for wing in WINGS:
        for path in [*files_of(wing, ".yml"), *files_of(wing, ".sql")]:
            if path.name == "rules.yml":
                continue  # the list of a field's rules; test_examples and test_invariants hold it to the code
            code = "\n".join(module.read_text(encoding="utf-8") for module in readers(path))
            if path.name not in code and f'"{path.stem}"' not in code and f'*{path.suffix}"' not in code:
                unread.append(path.relative_to(ROOT).as_posix())
    assert unread == []


def test_no_module_is_longer_than_it_may_be() -> None:
    long = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in long.items() if length > LIMIT}.keys() - LONGER.keys() == set()


def test_no_file_speaks_of_the_machine_it_was_written_on() -> None:
    # A path of somebody's machine, or a home folder, is nobody else's business and wrong everywhere else.
    machine = re.compile(r"(?<![\w.~:/-])/(?:work|root|home/\w+|Users/\w+)/\w", re.ASCII)
    found = {
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in [*modules(), *texts()]
        for match in machine.finditer(path.read_text(encoding="utf-8"))
        if path != Path(__file__)
    }
    assert found == set()


def broken_contracts(root: Path) -> set[str]:
    """The contracts that lint-imports finds broken in the tree at `root`."""
    program = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"PYTHONPATH": str(root / "src"), "COLUMNS": "200"}
    run = subprocess.run(
        [str(program), "--no-cache"], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    contracts = re.findall(r"^(.+) (KEPT|BROKEN)\b", run.stdout, re.MULTILINE)
    assert {name for name, _ in contracts} >= {LAYERS, PREFECT, DUCKDB, TOOLS, FIELDS}, run.stdout + run.stderr
    broken = {name for name, verdict in contracts if verdict == "BROKEN"}
    assert (run.returncode != 0) == bool(broken), run.stdout
    return broken


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which things may be planted."""
    return copied(tmp_path_factory.mktemp("house") / "dateline")


def copied(to: Path) -> Path:
    """Copy what a wheel is built from to `to`."""
    to.mkdir()
    for wing in WINGS:
        shutil.copytree(ROOT / wing, to / wing, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "src", to / "src", symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "fixtures", to / "tests" / "fixtures")  # the demo's pages are packed too
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, to / name)
    return to


def readers(data: Path) -> list[Path]:
    """The modules that may read a data file: those beside it, or a folder above where it lies in a folder of data."""
    beside = sorted(data.parent.glob("*.py"))
    return beside or sorted(data.parent.parent.glob("*.py"))


def files_of(wing: str, ending: str = "") -> Iterator[Path]:
    """The files of a wing, in order, without what Python leaves behind."""
    for path in sorted((ROOT / wing).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.name.endswith(ending):
            yield path


def modules() -> list[Path]:
    """Every module of ours, the tests included."""
    return [path for folder in (*WINGS, "tests", "benchmarks") for path in files_of(folder, ".py")]


def texts() -> list[Path]:
    """The other files that people read: data, examples, documents, settings."""
    endings = (".yml", ".txt", ".md", ".toml", ".sql", ".html", ".js", ".css")
    found = [path for folder in (*WINGS, "benchmarks") for path in files_of(folder) if path.name.endswith(endings)]
    return [*found, *sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("*.toml")), *sorted(ROOT.glob("Makefile"))]
