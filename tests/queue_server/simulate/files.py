"""A small hall and its arrivals as files, to be made wrong in one place at a time."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from queue_server.simulate.command import main

HALL = """\
{
  "services": {
    "ho-tich": {"target_s": 900, "mean_s": 540},
    "chung-thuc": {"target_s": 600, "mean_s": 300}
  },
  "counters": [
    {"id": 1, "skills": ["ho-tich"], "open": [[27000, 61200]]},
    {"id": 2, "skills": ["ho-tich", "chung-thuc"], "open": [[27600, 41400], [48600, 61200]]}
  ],
  "break": [[41400, 48600]]
}
"""
ARRIVALS = """\
id,at_s,service,priority,service_s,patience_s
A1,26400,ho-tich,0,600,
A2,26460,chung-thuc,0,240.5,
A3,26500,ho-tich,1,480,
B4,28000,chung-thuc,0,300,900
"""


class Folder:
    """Writes the files and runs the command there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.out, self.summary = path / "schedule.csv", path / "summary.json"

    def run(self, hall: str | bytes = HALL, arrivals: str | bytes = ARRIVALS, *more: str) -> int:
        files = {"hall.json": hall, "arrivals.csv": arrivals}
        for name, text in files.items():
            (self.path / name).write_bytes(text.encode() if isinstance(text, str) else text)
        given = ["--hall", str(self.path / "hall.json"), "--arrivals", str(self.path / "arrivals.csv")]
        return main([*given, "--out", str(self.out), "--summary", str(self.summary), *more])

    def rows(self) -> list[dict[str, str]]:
        with self.out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def figures(self) -> dict[str, Any]:
        return json.loads(self.summary.read_text(encoding="utf-8"))
