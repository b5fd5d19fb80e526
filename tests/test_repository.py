"""The repository keeps its shape: what stands at the top, what the lock file holds, what no file may name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TOP_LEVEL = {
    "kiosk",
    "queue_server",
    "display_board",
    "hardware",
    "systemd",
    "tests",
    "pyproject.toml",
    "README.md",
    "bench",
    "docs",
    "Makefile",
    "CHANGELOG.md",
    "LICENSE",
    "requirements.lock",
}
TEXT = {".py", ".toml", ".md", ".sh", ".html", ".css", ".js", ".json", ".po", ".service", ".timer", ".conf", ".kv", ""}


def tracked() -> list[Path]:
    """The files under version control; of an unpacked archive, all but what the .gitignore names."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode == 0:
        return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    ignored = re.compile(
        r"(^|/)(\.venv|\.git|__pycache__|\.[a-z_]*cache|\.hypothesis|build|dist|var|[^/]*\.egg-info)(/|$)"
    )
    found = (path for path in ROOT.rglob("*") if path.is_file())
    return [path for path in found if not ignored.search(path.relative_to(ROOT).as_posix())]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    return normal(re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0])


def pinned() -> dict[str, set[Version]]:
    """Name -> the versions the lock file allows (more than one where Python versions differ)."""
    found: dict[str, set[Version]] = {}
    for name, version in re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK.read_text(encoding="utf-8")):
        found.setdefault(normal(name), set()).add(Version(version))
    return found


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_top_level_holds_only_the_houses_rooms() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_the_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_every_direct_dependency_of_every_extra_is_locked() -> None:
    described = project()
    wanted = list(described["project"]["dependencies"]) + list(described["build-system"]["requires"])
    for requirements in described["project"]["optional-dependencies"].values():
        wanted += requirements
    assert {name_of(requirement) for requirement in wanted} - pinned().keys() == set()


def test_the_lock_file_holds_a_hash_for_each_package_and_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(?m)^\s*(--index|--extra-index|-i |-f |--find-links|--trusted-host|-e |\S+ @ )", text)
    blocks = [block for block in re.split(r"(?m)^(?=[A-Za-z0-9])", text) if "==" in block]
    assert len(blocks) > 50
    assert [block.split("\n", 1)[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_is_installed_is_what_is_locked() -> None:
    locked = pinned()
    installed = {normal(found.metadata["Name"]): Version(found.version) for found in distributions()}
    del installed["motcua"]
    # A new virtual environment brings its own pip and setuptools.
    strangers = {
        name: str(version)
        for name, version in installed.items()
        if version not in locked.get(name, set()) and name not in {"pip", "setuptools"}
    }
    assert strangers == {}


@pytest.mark.parametrize("extras", [["server"], ["kiosk"], ["server", "kiosk", "dev"], ["camera"], ["expression"]])
def test_a_machine_installs_only_what_it_runs(extras: list[str]) -> None:
    command = [str(ROOT / ".setup" / "select-locked"), *extras]
    selected = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True).stdout
    names = {normal(name) for name in re.findall(r"(?m)^([A-Za-z0-9._-]+)==", selected)}
    assert selected.count("--hash=sha256:") >= len(names)
    assert "httpx" in names
    assert "anyio" in names, "what a dependency needs is taken along"
    assert ("fastapi" in names) == ("server" in extras)
    assert ("kivy" in names) == ("kiosk" in extras)
    assert ("mediapipe" in names) == ("expression" in extras)
    assert ("opencv-contrib-python" in names) == bool({"camera", "expression"} & set(extras))
    assert ("pytest" in names) == ("dev" in extras)


def test_all_extras_together_need_every_line_of_the_lock_file() -> None:
    # Some packages are locked twice, for different Pythons: both have to be handed to pip, which chooses.
    extras = [*project()["project"]["optional-dependencies"]]
    command = [sys.executable, str(ROOT / ".setup" / "select-locked"), *extras]
    selected = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    assert sorted(selected.splitlines()) == sorted(lines)


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    # Written in halves, so that this file does not find itself.
    forbidden = re.compile(
        "|".join(
            [
                r"pypi\." + "org",
                r"files\.python" + "hosted",
                r"registry\.npm" + "js",
                r"deb\.debian" + r"\.org",
                r"--index" + "-url [^ ]",
                r"(?<![\w.])/(work|root)" + r"/\w",
                r"/ho" + r"me/[a-z]",
                r"/var/t" + r"mp/\w",
            ]
        )
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []


def pure_modules() -> list[Path]:
    return [*sorted((ROOT / "queue_server" / "domain").rglob("*.py")), ROOT / "kiosk" / "flow.py"]


@pytest.mark.parametrize("module", pure_modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_rule_reads_no_clock_and_opens_no_file(module: Path) -> None:
    """`datetime` may be imported for its types: the import contracts cannot see a call of its clock."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    clocks = {"now", "today", "utcnow", "fromtimestamp", "localtime"}
    read = [
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute)
        and call.attr in clocks
        and isinstance(call.value, ast.Name | ast.Attribute)
        and ast.unparse(call.value).rsplit(".", 1)[-1] in {"datetime", "date", "time"}
    ]
    opened = [call.id for call in calls if isinstance(call, ast.Name) and call.id in {"open", "print", "input"}]
    assert read + opened == []
