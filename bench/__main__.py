"""`python -m bench`: run the measurements, print the table."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from .figures import Row
from .machine import machine
from .plan import FULL, QUICK, Plan
from .table import table

MEASUREMENTS = {
    "issue": ("bench.issuing", "Durable ticket issue"),
    "call": ("bench.calling", "Calling the next ticket"),
    "boards": ("bench.boards", "A call to 100 connected boards"),
    "touch": ("bench.touching", "Touch to bytes at the printer"),
    "devices": ("bench.devices", "Clerk's key to display and voice; the agent at rest"),
    "papers": ("bench.papers", "A document camera's picture judged"),
    "visit": ("bench.visiting", "A dossier filled in and filed at the kiosk"),
    "start": ("bench.cold_start", "Kiosk cold start"),
    "memory": ("bench.memory", "Memory of each process"),
    "dispatch": ("bench.dispatching", "Waits under each policy, on days that nothing was tuned on"),
    "estimate": ("bench.estimates", "The wait that people are told"),
    "year": ("bench.year", "A year simulated, and one decision"),
}
"""Name on the command line -> module with `measure(folder, plan)`, title in the table."""


def main(argv: list[str]) -> int:
    """0 when everything asked for was measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the hall against references.")
    parser.add_argument("--only", choices=MEASUREMENTS, action="append", metavar="NAME", help=", ".join(MEASUREMENTS))
    parser.add_argument(
        "--quick", action="store_true", help="only see that the measuring works: the figures say little"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write machine and figures there too")
    parser.add_argument(
        "--dir", type=Path, default=Path("var"), help="where databases are written: it decides the disk (default var)"
    )
    options = parser.parse_args(argv)
    plan = QUICK if options.quick else FULL
    # Ended from outside, it still removes its databases and ends its processes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options.dir.mkdir(parents=True, exist_ok=True)
    facts = machine(options.dir)
    sections: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.dir) as folder:
        for name in options.only or MEASUREMENTS:
            module, title = MEASUREMENTS[name]
            print(f"measuring: {title} …", file=sys.stderr, flush=True)
            own = Path(folder).resolve() / name
            own.mkdir(exist_ok=True)
            measure: Callable[[Path, Plan], list[Row]] = import_module(module).measure
            sections[title] = measure(own, plan)
    print(table(facts, sections))
    if options.json:
        figures = {title: [asdict(row) for row in rows] for title, rows in sections.items()}
        text = json.dumps({"machine": facts, "figures": figures}, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
