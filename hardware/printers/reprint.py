"""A ticket that got lost, printed once more by a clerk at the kiosk's machine, and always marked as a reprint."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from hardware.advice import explain
from hardware.health import Kind
from hardware.printers.address import FORMS
from hardware.printers.cli import TIMEOUT_S, seconds
from hardware.printers.desk import open_desk
from hardware.printers.errors import Code, DeviceError
from hardware.printers.spool import Job, Spool, Stage
from hardware.words import DEFAULT, N_, translations

DONE, FAILED, WRONG_USE = 0, 1, 2
VARIABLE = "MOTCUA_PRINTER"
STAGES = {
    Stage.WAITING: N_("not printed"),
    Stage.STARTED: N_("perhaps printed"),
    Stage.PRINTED: N_("printed"),
}


def main(argv: list[str] | None = None) -> int:
    """List the tickets that a kiosk's spool keeps, or print one of them again, marked; 0 if that was done, 1 if not,
    2 for a wrong call."""
    arguments = _parser().parse_args(argv)
    language: str = arguments.language
    _ = translations(language).gettext
    if not arguments.spool.is_dir():
        wrong = N_("{folder} is no folder") if arguments.spool.exists() else N_("the folder {folder} does not exist")
        sys.stderr.write(_(wrong).format(folder=arguments.spool) + "\n")
        return WRONG_USE
    try:
        jobs = Spool(arguments.spool).jobs()
    except OSError as error:
        sys.stderr.write(f"{arguments.spool}: {error.strerror}\n")
        return FAILED
    if arguments.key is None and not arguments.last:
        return _listed(jobs, language)
    chosen = [job for job, _stage in jobs if arguments.last or job.key == arguments.key][-1:]
    if not chosen:
        sys.stderr.write(_("The spool keeps no such ticket.") + "\n")
        return FAILED
    printers = arguments.printer or os.environ.get(VARIABLE, "").split()
    if not printers:
        sys.stderr.write(_("Name the printer: --printer URL.") + "\n")
        return WRONG_USE
    return _printed(chosen[0], printers, arguments, language)


def _printed(job: Job, printers: list[str], arguments: argparse.Namespace, language: str) -> int:
    _ = translations(language).gettext
    desk = open_desk(printers, arguments.spool, arguments.timeout, shared=True)
    try:
        desk.print_job(job.key, job.slip, job.language, reprint=True)
    except DeviceError as error:
        advice = explain(error.code, Kind.PRINTER, language)
        sys.stderr.write(f"{advice.what} {advice.do}\n  {error}\n")
        return WRONG_USE if error.code is Code.BAD_URL else FAILED
    finally:
        desk.close()
    sys.stdout.write(_("Ticket {number} was printed again.").format(number=job.slip.number) + "\n")
    return DONE


def _listed(jobs: list[tuple[Job, Stage]], language: str) -> int:
    _ = translations(language).gettext
    if not jobs:
        sys.stdout.write(_("The spool keeps no tickets.") + "\n")
    for job, stage in jobs:
        when = job.made_at.astimezone()
        sys.stdout.write(f"{job.key}  {when:%H:%M:%S}  {job.slip.number:<8}  {_(STAGES[stage])}\n")
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua reprint", description=(main.__doc__ or "").split(";")[0])
    parser.add_argument("key", nargs="?", metavar="KEY", help="the ticket's key, as the list names it")
    parser.add_argument("--last", action="store_true", help="the newest ticket")
    parser.add_argument("--spool", type=Path, required=True, metavar="DIR", help="the kiosk's --spool")
    help_ = f"as for the kiosk, may be repeated (else the variable {VARIABLE}): {'  '.join(FORMS)}"
    parser.add_argument("--printer", action="append", metavar="URL", help=help_)
    parser.add_argument("--language", choices=("vi", "en"), default=DEFAULT)
    parser.add_argument("--timeout", type=seconds, default=TIMEOUT_S, metavar="SECONDS")
    return parser
