"""`motcua catalogue`: says whether the catalogue's files are sound, line by line, and what a hall offers by them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from queue_server.catalogue.faults import CatalogueError, Fault, FaultyCatalogue
from queue_server.catalogue.folder import BUILT_IN
from queue_server.catalogue.load import load_hall
from queue_server.catalogue.load_catalogue import folders_of, load_catalogue
from queue_server.documents import LayoutBroken, check_layout
from queue_server.domain.catalogue import Catalogue


def main(argv: list[str]) -> int:
    """0 when sound, 1 with every fault on a line of its own, 2 when there is nothing to check."""
    options = _parser().parse_args(argv)
    try:
        paths = folders_of(options.hall) if options.hall else (BUILT_IN,)
        if options.folder:
            paths = (BUILT_IN, options.folder)
        today = datetime.now(UTC).date()
        catalogue = load_catalogue(paths)  # its own faults first: a hall that reads it would tell only the first
        offered = load_hall(options.hall)(today).offered if options.hall else None
        if offered is not None:
            catalogue = load_catalogue(paths, offered)
        return _list(catalogue, today, offered) if options.command == "list" else _check(catalogue, paths)
    except FaultyCatalogue as error:
        return _fail(error.faults)
    except CatalogueError as error:
        sys.stdout.write(f"{error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua catalogue", description="Check or list procedures and forms.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (
        ("check", "check every file: exit code 0 when sound, else 1 and each fault as file:line"),
        ("list", "list the procedures in force today"),
    ):
        command = commands.add_parser(name, help=what, description=what)
        command.add_argument("--hall", type=Path, metavar="FILE", help="the hall's file, with its own catalogue")
        command.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="a folder of your own files")
    return parser


def _check(catalogue: Catalogue, paths: Sequence[Path]) -> int:
    faults = []
    for (code, version), form in catalogue.forms.items():
        try:
            check_layout(form, catalogue.layouts[form.layout])
        except LayoutBroken as error:
            path = next(p for p in reversed(paths) if (p / "forms" / form.layout).exists()) / "forms" / form.layout
            faults.append(Fault(path, error.line, f"{code}/{version}", str(error)))
    if faults:
        return _fail(faults)
    sys.stdout.write(f"{len(catalogue.procedures)} procedures, {len(catalogue.forms)} forms: sound\n")
    return 0


def _list(catalogue: Catalogue, today: date, offered: frozenset[str] | None) -> int:
    for each in catalogue.on(today):
        mark = " " if offered is None or each.service in offered else "-"
        form = f"{each.form.code}/{each.form.version}" if each.form else ""
        sys.stdout.write(f"{mark} {each.code:<12}{each.version}  {each.outcome:<10}{form:<32}{each.name.vi}\n")
    if offered is not None:
        sys.stdout.write("- : no group of this hall offers it\n")
    return 0


def _fail(faults: Sequence[Fault]) -> int:
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{len(faults)} faults: NOT SOUND\n")
    return 1
