"""The command `motcua`: a table from each subcommand to the part of the house that carries it out.

Parts are imported only when asked for, so that a kiosk needs no server and a server no kiosk.
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("queue_server.main:serve", "chạy máy chủ xếp hàng · run the queue server"),
    "token": ("queue_server.accounts:token", "cấp mã cho thiết bị · print a token for a device"),
    "user": ("queue_server.accounts:user", "quản lý tài khoản · manage accounts"),
    "check": ("queue_server.soundness:main", "kiểm tra cơ sở dữ liệu · prove the database sound"),
    "catalogue": ("queue_server.catalogue_command:main", "kiểm tra danh mục thủ tục · check procedures and forms"),
    "dossiers": ("queue_server.personal:dossiers", "xóa hồ sơ hết hạn lưu · erase dossiers whose time is over"),
    "person": ("queue_server.personal:main", "dữ liệu của một người · one person's data: export, erase"),
    "keys": ("queue_server.keys:main", "khóa niêm phong hồ sơ · the keys that seal dossiers"),
    "simulate": ("queue_server.simulate.command:main", "mô phỏng một ngày · simulate a day"),
    "replay": ("queue_server.simulate.replay:main", "xem lại một ngày đã ghi · replay a recorded day"),
    "kiosk": ("kiosk.main:main", "chạy kiosk · run the kiosk"),
    "print-test": ("hardware.printers.cli:main", "in thử · print a test ticket"),
    "agent": ("hardware.agent.main:main", "điều khiển bảng số, bàn phím, loa · drive displays, keypads, speakers"),
    "devices": ("hardware.devices.cli:main", "tìm, hỏi, thử thiết bị · find, ask and try devices"),
    "reprint": ("hardware.printers.reprint:main", "in lại phiếu · print a ticket again"),
    "up": ("queue_server.up:main", "chạy thử cả sảnh · start a sample hall"),
}
UNWRITTEN = (errno.ENOSPC, errno.EPIPE, errno.EIO)
"""What writing to a full disk, a closed pipe or a lost terminal gives."""
EXTRAS = {"queue_server": "server", "kiosk": "kiosk", "hardware": "devices"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a subcommand; returns the process's exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        result = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno not in UNWRITTEN or error.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter tries once more at its end
        command = " ".join(["motcua", *arguments[:1]])
        sys.stderr.write(f"{command}: không ghi ra được · cannot write the output: {error.strerror}\n")
        return 1
    return result


@contextmanager
def loading() -> Iterator[None]:
    """What is made within stays for good. Looking through it for rubbish, again and again while it grows, is a sixth of
    a start; and later each look through all of it holds a server up for a tenth of a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(_usage())
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        sys.stderr.write(f"motcua: không có lệnh “{name}” · there is no command “{name}”\n\n{_usage()}")
        return 2
    module_name, _, function = COMMANDS[name][0].partition(":")
    try:
        with loading():
            module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        extra = EXTRAS[module_name.partition(".")[0]]
        sys.stderr.write(
            f"motcua {name}: thiếu gói · a package is missing: {error.name}. pip install 'motcua[{extra}]'\n"
        )
        return 1
    return int(getattr(module, function)(rest))


def _usage() -> str:
    lines = [f"  {name:<12}{text}" for name, (_, text) in COMMANDS.items()]
    return "motcua COMMAND [--help]\n\n" + "\n".join(lines) + "\n"
