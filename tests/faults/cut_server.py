"""`motcua serve`, killed as by a power cut at a chosen step of an upload or a filing.

`python -m tests.faults.cut_server ARM ARGUMENTS…`: while the file ARM is there and holds a number, the steps are
counted from it, and the process is gone before the one after. The steps: each file made durable or given its name, each
row of a dossier, the key's record, the commit's news.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from queue_server import main
from queue_server.service.nudges import Hub
from queue_server.store import attachments, dossier_papers, dossiers, idempotency

ARM = Path(sys.argv[1])
begun: dict[str, int] = {}


def counted(work: Callable[..., Any]) -> Callable[..., Any]:
    def step(*given: Any, **named: Any) -> Any:
        if ARM.exists():
            left = begun.setdefault("left", int(ARM.read_text()))
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            begun["left"] = left - 1
        return work(*given, **named)

    return step


if __name__ == "__main__":
    os.fsync = counted(os.fsync)
    Path.replace = counted(Path.replace)  # type: ignore[method-assign]
    Hub.publish = counted(Hub.publish)  # type: ignore[method-assign]
    for module, name in (
        (attachments, "put"),
        (attachments, "use"),
        (dossiers, "next_sequence"),
        (dossiers, "add"),
        (dossier_papers, "add"),
        (idempotency, "remember"),
    ):
        setattr(module, name, counted(getattr(module, name)))
    sys.exit(main.serve(sys.argv[2:]))
