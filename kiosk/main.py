"""`motcua kiosk`: the composition root of the touchscreen."""

from __future__ import annotations

import logging
import resource
import sys

from kiosk.scrubbing import overwriting
from kiosk.settings import settings
from queue_server.contract.settings import SettingsError

WRONG_USAGE = 2
NO_DISPLAY = 3


def main(argv: list[str]) -> int:
    """Run the kiosk; 0 after a stop, 2 for settings it cannot use, 3 without a display."""
    try:
        given = settings(argv)
    except SettingsError as error:
        print(f"motcua kiosk: {error}", file=sys.stderr)  # noqa: T201 - a command speaks to its terminal
        return WRONG_USAGE
    overwriting()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    # Were it to crash, no picture of its memory may stay on the disk: somebody's answers are in there.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from kiosk.ui.window import NoDisplayError, run

    try:
        run(given)
    except NoDisplayError:
        print("motcua kiosk: there is no display here (is DISPLAY set?)", file=sys.stderr)  # noqa: T201 - a command speaks to its terminal
        return NO_DISPLAY
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
