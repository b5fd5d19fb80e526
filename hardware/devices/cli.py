"""The command `motcua devices`: list, probe, test, watch and words."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from hardware.advice import explain
from hardware.devices import options
from hardware.devices.find import Roots, find_all
from hardware.devices.find.found import used_by
from hardware.devices.find.network import printers_on
from hardware.devices.kinds import VOICE, WORDS
from hardware.devices.listing import IN_USE, as_json, tell_found
from hardware.devices.looking import Look
from hardware.devices.telling import Teller
from hardware.devices.trying import Wishes, attempt
from hardware.devices.watching import Watch
from hardware.devices.wording import check_words, folder_of, manifest, tell_words
from hardware.errors import Code, DeviceError
from hardware.health import Health, Severity, State
from hardware.voices.errors import SpeechError, VoiceError
from hardware.voices.speech import HIGHEST_COUNTER, LANGUAGES
from hardware.voices.wordlist import LETTERS, needed
from hardware.words import DEFAULT, N_

WELL, NOT_WELL, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None, roots: Roots | None = None) -> int:
    """Find, ask, try and watch the devices of this machine. Ends with 0 if all is well, 1 if not, 2 for wrong use."""
    given = parser().parse_args(argv)
    logging.basicConfig(level=logging.ERROR)  # what the technician should know is said in words
    tell = Teller(given.language)
    try:
        return int(given.run(given, tell, roots or Roots()))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # as by `| head`: nobody reads on, and the interpreter must not try once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL
    except DeviceError as error:
        advice = explain(error.code, None, given.language)
        sys.stderr.write(f"{advice.what} {advice.do}\n  {error.detail}\n")
        return WRONG_USE if error.code is Code.BAD_URL else NOT_WELL
    except (SpeechError, VoiceError) as error:
        sys.stderr.write(f"motcua devices: {error}\n")
        return WRONG_USE


def parser() -> argparse.ArgumentParser:
    """The command line; the docs are tested against it."""
    made = argparse.ArgumentParser(prog="motcua devices", description=main.__doc__)
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--language", choices=LANGUAGES, default=DEFAULT)
    device = argparse.ArgumentParser(add_help=False)
    device.add_argument(
        "--timeout", type=options.seconds, default=5.0, metavar="SECONDS", help="for one step of a device"
    )

    one = commands.add_parser("list", parents=[common], help="what is plugged in, with addresses to copy")
    one.add_argument(
        "--network", type=options.network, metavar="RANGE", help="look for printers too, as in 192.168.1.0/24"
    )
    one.add_argument("--account", type=options.account, metavar="NAME", help="who is to open them, as motcua-kiosk")
    one.add_argument("--json", action="store_true", help="for programs")
    one.set_defaults(run=_list)

    one = commands.add_parser("probe", parents=[common, device], help="ask a device how it is; nobody notices")
    one.add_argument("url", metavar="URL")
    one.set_defaults(run=_probe)

    one = commands.add_parser("test", parents=[common, device], help="have a device print, show, sound or read")
    one.add_argument("url", metavar="URL")
    one.add_argument(
        "--wait", type=options.seconds, default=30.0, metavar="SECONDS", help="for a code, a key, a picture"
    )
    one.add_argument(
        "--show", type=options.seconds, default=3.0, metavar="SECONDS", help="how long a display shows each sign"
    )
    one.add_argument(
        "--addresses", type=options.addresses, default=(1,), metavar="1-4,7", help="of the displays on the line"
    )
    one.add_argument("--voice", default="espeak://", metavar="URL", help="a loudspeaker's test: the voice")
    one.add_argument("--speaker", default="alsa://default", metavar="URL", help="a voice's test: the loudspeaker")
    one.add_argument("--volume", type=options.percent, default=100, metavar="PERCENT")
    one.add_argument("--paper", action="store_true", help="a document camera's test: what it makes of a paper")
    one.set_defaults(run=_test)

    one = commands.add_parser("watch", parents=[common, device], help="tell every change until Ctrl-C")
    one.add_argument("urls", nargs="*", metavar="URL")
    one.add_argument("--config", type=Path, metavar="FILE", help="the agent's file: all the devices in it")
    one.add_argument("--every", type=options.seconds, default=5.0, metavar="SECONDS")
    one.add_argument("--seconds", type=options.seconds, metavar="SECONDS", help="end by itself")
    one.set_defaults(run=_watch)

    one = commands.add_parser("words", parents=[common], help="which words a recorded voice needs, and lacks")
    one.add_argument("folder", nargs="?", metavar="clips:///DIRECTORY")
    one.add_argument("--of", choices=LANGUAGES, default="vi", metavar="LANGUAGE", help="the voice's: vi or en")
    one.add_argument(
        "--counters", type=options.counter, default=HIGHEST_COUNTER, metavar="N", help="the highest counter"
    )
    one.add_argument("--letters", default=LETTERS, help="of the ticket numbers, as ABHT; none: ''")
    one.add_argument("--manifest", action="store_true", help="print a file to begin the folder with")
    one.set_defaults(run=_words)
    return made


def _list(given: argparse.Namespace, tell: Teller, roots: Roots) -> int:
    found = find_all(roots, given.account)
    if given.network is not None:
        found += printers_on(given.network)
    if given.json:
        tell.line(as_json(found))
    else:
        tell_found(found, tell)
    return WELL


def _probe(given: argparse.Namespace, tell: Teller, roots: Roots) -> int:
    look = Look(given.url, given.timeout)
    try:
        health = look.health()
    finally:
        look.close()
    tell.line(f"{look.shown}  {tell.text(VOICE if look.voice else WORDS[look.kind])}")
    tell.health(look.kind, health)
    _tell_user(look, health, tell, roots)
    if look.voice is not None:  # in the hall espeak-ng or the chime helps out; here the voice is what was asked for
        return NOT_WELL if health.state is not State.READY or health.detail else WELL
    return NOT_WELL if health.severity is Severity.FAILED else WELL


def _test(given: argparse.Namespace, tell: Teller, roots: Roots) -> int:
    wishes = Wishes(
        given.wait, given.show, given.addresses, given.voice, given.speaker, given.volume, paper=given.paper
    )
    look = Look(given.url, given.timeout)
    try:
        done = attempt(look, wishes, tell)
        if look.device is not None:
            tell.health(look.kind, look.device.health())
        return WELL if done else NOT_WELL
    except DeviceError as error:
        if error.code is Code.BAD_URL:
            raise
        failed = Health(State(error.code), error.detail)
        tell.health(look.kind, failed)
        _tell_user(look, failed, tell, roots)
        return NOT_WELL
    finally:
        look.close()


def _tell_user(look: Look, health: Health, tell: Teller, roots: Roots) -> None:
    """A device serves one program at a time: who has it, if it is not well for us."""
    path = urlsplit(look.url).path
    if health.severity is not Severity.FAILED or not path.startswith("/"):
        return
    if programs := used_by(roots.proc, Path(path)):
        tell.line("  " + tell.text(IN_USE, programs=", ".join(programs)))


def _watch(given: argparse.Namespace, tell: Teller, roots: Roots) -> int:
    urls = list(given.urls)
    if given.config is not None:
        from hardware.agent.config_file import ConfigError, load_config

        try:
            urls += [entry.url for _, _, entry in load_config(given.config).entries()]
        except ConfigError as error:
            sys.stderr.write(f"{error}\n")
            return WRONG_USE
    if not urls:
        sys.stderr.write(tell.text(N_("Which devices? Give their addresses, or the agent's file by --config.")) + "\n")
        return WRONG_USE
    looks = [Look(url, given.timeout) for url in dict.fromkeys(urls)]

    def told(at: datetime, look: Look, health: Health) -> None:
        tell.health(look.kind, health, f"{at:%H:%M:%S}  {look.shown}  ")

    watch = Watch(looks, given.every, told)
    try:
        watch.wait(given.seconds)
    except KeyboardInterrupt:
        tell.line()
    finally:
        watch.close()
    return WELL


def _words(given: argparse.Namespace, tell: Teller, roots: Roots) -> int:
    words = needed(given.of, letters=given.letters, highest=given.counters)
    if given.manifest:
        tell.line(manifest(given.of, words).rstrip())
        return WELL
    if given.folder is None:
        tell_words(words, tell)
        return WELL
    return WELL if check_words(folder_of(given.folder), given.of, words, tell) else NOT_WELL
