"""`python -m hardware.printers --printer URL`: the test print on a machine without the motcua command."""

from __future__ import annotations

import sys

from hardware.printers.cli import main

if __name__ == "__main__":
    sys.exit(main())
