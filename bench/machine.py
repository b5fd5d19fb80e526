"""On what the figures were taken: without it they mean nothing."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import datetime
from pathlib import Path

import psutil


def machine(folder: Path) -> dict[str, str]:
    """Facts on this machine, by name; `folder` is where the measured databases are written."""
    load = " ".join(f"{one:.2f}" for one in os.getloadavg())
    return {
        "date": f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}",
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "disk": _disk(folder),
        "system": f"{_system()}, Linux {platform.release()}",
        "software": f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        "load before": f"{load} (other work on the machine makes every figure worse)",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def _disk(folder: Path) -> str:
    mounts = [part for part in psutil.disk_partitions(all=True) if folder.resolve().is_relative_to(part.mountpoint)]
    found = max(mounts, key=lambda part: len(part.mountpoint), default=None)
    return f"{found.fstype} on {found.device}" if found else "unknown"
