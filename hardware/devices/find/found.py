"""One device that was found: its address to paste, what it seems to be, and whether it can be used."""

from __future__ import annotations

import grp
import os
import pwd
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hardware.health import Kind


class Access(StrEnum):
    OPEN = "open"
    DENIED = "denied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Found:
    """`url`: the likeliest address; `also`: others, for what it may be as well. `group`: who may open it, for the
    hint; `used_by`: programs that have it open now; `stable`: the address stays when other things are plugged in."""

    kind: Kind
    url: str
    about: str = ""
    also: tuple[str, ...] = ()
    access: Access = Access.UNKNOWN
    group: str = ""
    used_by: tuple[str, ...] = ()
    stable: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """Who is to open the devices."""

    name: str
    user: int
    groups: frozenset[int]


def account(name: str) -> Account:
    """The account `name` of this machine. Raises KeyError."""
    entry = pwd.getpwnam(name)
    return Account(name, entry.pw_uid, frozenset(os.getgrouplist(name, entry.pw_gid)))


def access(path: Path, who: Account | None = None, *, write: bool = True) -> tuple[Access, str]:
    """May `who` (None: this program) open `path`, and the name of the group that owns it."""
    try:
        entry = path.stat()
    except OSError:
        return Access.UNKNOWN, ""
    if who is None:
        allowed = os.access(path, os.R_OK | (os.W_OK if write else 0))
    else:
        needed = stat.S_IROTH | (stat.S_IWOTH if write else 0)
        shift = 6 if entry.st_uid == who.user else 3 if entry.st_gid in who.groups else 0
        allowed = who.user == 0 or (entry.st_mode >> shift) & needed == needed
    return (Access.OPEN if allowed else Access.DENIED), _group(entry.st_gid)


def _group(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def used_by(proc: Path, *files: Path) -> tuple[str, ...]:
    """Names of the programs that have one of `files` open; of other accounts' programs only root is told."""
    wanted = {str(file.resolve()) for file in files}
    names = set()
    for process in proc.glob("[0-9]*"):
        try:
            held = {os.readlink(entry) for entry in os.scandir(process / "fd")}
            if held & wanted and int(process.name) != os.getpid():
                names.add((process / "comm").read_text("utf-8", "replace").strip())
        except (OSError, ValueError):
            continue
    return tuple(sorted(names))
