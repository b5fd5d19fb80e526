"""`motcua agent`: the composition root of the device agent."""

from __future__ import annotations

import logging
import os
import signal
import sys
from functools import partial

from hardware.agent.config_file import ConfigError, load_config
from hardware.agent.opening import open_devices, refuse_faults
from hardware.agent.options import Options, options
from queue_server.contract.settings import SettingsError

LOG = logging.getLogger("motcua.agent")
WRONG_USAGE = 2
SWITCH_S = 0.0005
"""Python's threads take turns this often instead of every 5 ms: while a call's sound is being made, a display that
needs the interpreter twenty times to show its number would wait a tenth of a second."""


def main(argv: list[str]) -> int:
    """Run the agent until it is asked to end; 0 then, 2 for options or a file that it cannot use. A device whose
    address is not valid is fatal to `--check` alone: in a hall the others go on."""
    try:
        given = options(argv)
        config = load_config(given.config)
        devices = open_devices(config)
        if given.name in config.parts():
            raise SettingsError(f"--name: {given.name!r} is the name of a device in {given.config}, too")
        if given.check:
            refuse_faults(devices, given.config)
            return _checked(given, len(devices))
        _state_folder(given)
    except (SettingsError, ConfigError) as error:
        sys.stderr.write("".join(f"motcua agent: {line}\n" for line in str(error).splitlines()))
        return WRONG_USAGE
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    for fault in (fault for opened in devices for fault in opened.faults):
        LOG.error("%s: %s", given.config, fault.text("en"))
    from hardware.agent.client import Client
    from hardware.agent.crew import Crew

    sys.setswitchinterval(SWITCH_S)
    crew = Crew(given.name, devices, partial(Client, given.server, given.token), given.state, config.dashes_after_s)
    # By a pipe: a handler that set an event could meet the main thread inside that very event's lock.
    told, tell = os.pipe()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: os.write(tell, b"."))
    crew.start()
    LOG.info("%s drives %s devices for %s", given.name, len(devices), given.server)
    os.read(told, 1)
    crew.stop()
    LOG.info("ended")
    return 0


def _checked(given: Options, devices: int) -> int:
    sys.stdout.write(f"{given.config}: {devices} thiết bị, tệp đúng · {devices} devices, the file is right\n")
    return 0


def _state_folder(given: Options) -> None:
    try:
        given.state.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"--state-dir: cannot make {given.state}: {error.strerror}") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
