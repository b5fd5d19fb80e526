"""What is found on a machine, under which names, and what is said of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hardware.devices.find import Access, Account, Found, find_all
from hardware.devices.find.found import access, account
from hardware.devices.find.network import network, printers_on
from hardware.devices.kinds import kind_of, open_device
from hardware.health import Kind
from tests.hardware.devices.tree import Tree, write


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def found(tree: Tree) -> list[Found]:
    return find_all(tree.roots)


def one(tree: Tree) -> Found:
    (only,) = found(tree)
    return only


def test_a_bare_machine_has_nothing_and_a_machine_without_sys_too(tree: Tree, tmp_path: Path) -> None:
    assert found(tree) == []
    (tmp_path / "empty").mkdir()


def test_a_serial_adapter_is_suggested_by_its_stable_name_for_all_it_may_be(tree: Tree) -> None:
    tree.serial("ttyUSB0", "0403:6001", "FTDI", "FT232R USB UART", by_id="usb-FTDI_FT232R_A50285BI-if00-port0")
    it = one(tree)
    link = tree.roots.dev / "serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0"
    assert it.url == f"led+serial://{link}?protocol=ascii"
    assert [url.partition(":")[0] for url in it.also] == ["scanner+serial", "keypad+serial", "escpos+serial"]
    assert all(str(link) in url for url in it.also)
    assert it.about == "FTDI FT232R USB UART"
    assert it.stable


def test_without_a_stable_name_the_socket_then_the_plain_name_serve_and_are_told(tree: Tree) -> None:
    tree.serial("ttyUSB0", "1a86:7523", "", "USB Serial", by_path="pci-0000:00:14.0-usb-0:2:1.0-port0")
    tree.serial("ttyUSB10", "1a86:7523", "", "")
    tree.serial("ttyUSB2", "1a86:7523", "", "")
    assert [(it.url.partition("?")[0].rpartition("/")[2], it.stable) for it in found(tree)] == [
        ("pci-0000:00:14.0-usb-0:2:1.0-port0", True), ("ttyUSB2", False), ("ttyUSB10", False),
    ]  # fmt: skip
    assert found(tree)[1].about == "CH340"


@pytest.mark.parametrize(
    ("number", "product", "kind"),
    [
        ("0c2e:0b6a", "Xenon 1900", Kind.SCANNER),
        ("1234:0001", "2D Barcode Scanner", Kind.SCANNER),
        ("0416:5011", "POS58 Thermal Printer", Kind.PRINTER),
        ("10c4:ea60", "CP2102 USB to UART Bridge", Kind.DISPLAY),
    ],
)
def test_what_a_port_says_of_itself_comes_first(number: str, product: str, kind: Kind, tree: Tree) -> None:
    tree.serial("ttyACM0", number, "", product)
    assert one(tree).kind is kind
    assert len({kind_of(url) for url in (one(tree).url, *one(tree).also)}) == 4


def test_of_the_machines_own_ports_only_those_that_are_there(tree: Tree) -> None:
    for number, kind in ((0, "4"), (1, "0"), (2, "0")):
        tree.node(f"ttyS{number}")
        write(tree.roots.sys / f"class/tty/ttyS{number}/type", kind)
    assert one(tree).url.startswith(f"led+serial://{tree.roots.dev}/ttyS0")
    assert one(tree).stable


def test_a_printer_with_the_kernels_driver_is_found_once_with_both_addresses(tree: Tree) -> None:
    tree.printer("04b8:0e15", "EPSON", "TM-T20II", lp=0)
    it = one(tree)
    assert it.url == f"escpos+file://{tree.roots.dev}/usb/lp0?profile=TM-T20II"
    assert it.also == ("escpos+usb://04b8:0e15?profile=TM-T20II",)
    assert it.about == "EPSON TM-T20II"
    assert it.stable


def test_two_printers_on_lp_may_change_places(tree: Tree) -> None:
    tree.printer("04b8:0e15", "EPSON", "TM-T20II", lp=0)
    tree.printer("0416:5011", "", "USB Printer", lp=1)
    assert [it.stable for it in found(tree)] == [False, False]


def test_a_printer_without_the_kernels_driver_is_found_by_its_class(tree: Tree) -> None:
    tree.printer("0416:5011", "STMicroelectronics", "USB Portable Printer")
    tree.usb("046d:c31c", "Logitech", "Keyboard")
    assert one(tree).url == "escpos+usb://0416:5011?profile=POS-58"


def test_a_printer_tells_its_model_by_ieee_1284(tree: Tree) -> None:
    tree.printer("1fc9:2016", "", "USB Printing Support", ieee1284="MFG:XP;CMD:ESC/POS;MDL:XP-80C;CLS:PRINTER;")
    assert one(tree).url == "escpos+usb://1fc9:2016?profile=XP-80"


def test_a_printer_that_nobody_knows_has_no_profile(tree: Tree) -> None:
    tree.printer("dead:beef", "", "Something & Söhne; rm -rf")
    assert one(tree).url == "escpos+usb://dead:beef"


def test_keyboards_are_scanners_perhaps(tree: Tree) -> None:
    tree.keyboard(5, "usb-Newland_HR32-event-kbd", "1eab:0c10", "Newland", "HR32")
    tree.link("input/by-path/pci-0000:00:14.0-usb-0:1:1.0-event-kbd", tree.roots.dev / "input/event5")
    tree.keyboard(6, "usb-Mouse-event-mouse", "046d:c077", "Logitech", "Mouse")
    tree.keyboard(7, "platform-i8042-serio-0-event-kbd", "0001:0001", "", "", folder="by-path")
    assert [(it.url.rpartition("/")[2], it.about, it.stable) for it in found(tree)] == [
        ("usb-Newland_HR32-event-kbd", "Newland HR32", True),
        ("platform-i8042-serio-0-event-kbd", "platform-i8042-serio-0", False),
    ]


def test_of_a_camera_only_the_node_that_gives_pictures(tree: Tree) -> None:
    usb = tree.usb("046d:0825", "", "Webcam C270")
    tree.camera(0, 0, "UVC Camera (046d:0825)", usb, by_id="usb-046d_0825_1234-video-index0")
    tree.camera(1, 1, "UVC Camera (046d:0825)", usb, by_id="usb-046d_0825_1234-video-index1")
    it = one(tree)
    assert it.url == f"camera://{tree.roots.dev}/v4l/by-id/usb-046d_0825_1234-video-index0"
    assert it.about == "UVC Camera (046d:0825)"


def test_sound_cards_by_name_with_every_output(tree: Tree) -> None:
    tree.sound(
        ("PCH", "HDA-Intel - HDA Intel PCH", (0, 3)),
        ("Mic", "USB-Audio - Mic", ()),
        ("Device_1", "USB-Audio - USB", (0,)),
    )
    assert [(it.url, it.stable) for it in found(tree)] == [
        ("alsa://plughw:CARD=PCH", True),
        ("alsa://plughw:CARD=PCH,DEV=3", True),
        ("alsa://plughw:CARD=Device_1", False),
    ]


def test_broken_links_and_loops_are_left_out(tree: Tree) -> None:
    tree.serial("ttyUSB0", "0403:6001", "FTDI", "", by_id="usb-FTDI")
    links = tree.roots.dev / "serial/by-id"
    (links / "usb-gone").symlink_to("../../ttyUSB9")
    (links / "loop").symlink_to("loop")
    (links / "aaa").mkdir()
    assert one(tree).url.endswith("usb-FTDI?protocol=ascii")


def test_who_uses_it_is_told(tree: Tree) -> None:
    node = tree.serial("ttyUSB0", "0403:6001", "FTDI", "", by_id="usb-FTDI")
    tree.program(4711, "kiosk", Path("/dev/null"), node)
    tree.program(4712, "other", Path("/dev/null"))
    (tree.roots.proc / "4713").mkdir()
    assert one(tree).used_by == ("kiosk",)


def test_whether_another_account_may_open_it(tree: Tree) -> None:
    node = tree.node("ttyUSB0", 0o660)
    if os.getuid() == 0:
        os.chown(node, 0, 20)
        assert access(node, Account("kiosk", 990, frozenset({990})))[0] is Access.DENIED
        assert access(node, Account("kiosk", 990, frozenset({990, 20})))[0] is Access.OPEN
        assert access(node, Account("root", 0, frozenset()))[0] is Access.OPEN
    node.chmod(0o444)
    assert access(node, Account("x", 991, frozenset()))[0] is Access.DENIED
    assert access(node, Account("x", 991, frozenset()), write=False)[0] is Access.OPEN
    assert access(tree.roots.dev / "none") == (Access.UNKNOWN, "")
    assert account("root").user == 0
    with pytest.raises(KeyError):
        account("no-such-account")


@pytest.mark.skipif(os.getuid() != 0, reason="only root may become another account")
def test_an_account_without_the_right_is_told_which_group_it_lacks() -> None:
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        node = Tree(Path(folder)).serial("ttyUSB0", "0403:6001", "FTDI", "FT232R", by_id="usb-FTDI")
        os.chown(node, 0, 20)
        # Twice: what the interpreter has to read it reads while it still may.
        script = (
            "import os\nfrom pathlib import Path\n"
            "from hardware.devices.cli import main\nfrom hardware.devices.find import Roots\n"
            f"roots = Roots(*(Path({folder!r}) / each for each in ('dev', 'sys', 'proc')))\n"
            "main(['list'], roots)\n"
            "os.setgroups([])\nos.setgid(65534)\nos.setuid(65534)\n"
            "raise SystemExit(main(['list'], roots))\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    as_root, as_nobody = (line for line in done.stdout.splitlines() if "FT232R" in line)
    assert "mở được" in as_root
    assert "chưa được phép mở: vui lòng thêm tài khoản vào nhóm dialout" in as_nobody


def test_every_suggestion_can_be_opened_as_it_is(tree: Tree) -> None:
    """The addresses are for pasting: each driver accepts its own."""
    tree.serial("ttyUSB0", "0403:6001", "FTDI", "FT232R", by_id="usb-FTDI_FT232R-if00-port0")
    tree.printer("04b8:0e15", "EPSON", "TM-T20II", lp=0)
    tree.printer("0416:5011", "", "POS58")
    tree.keyboard(5, "usb-Newland_HR32-event-kbd", "1eab:0c10", "Newland", "HR32")
    tree.camera(0, 0, "UVC Camera", tree.usb("046d:0825"), by_id="usb-046d_0825-video-index0")
    tree.sound(("PCH", "HDA Intel PCH", (0, 3)))
    suggested = [(it.kind, it.url) for it in found(tree)] + [
        (kind_of(url), url) for it in found(tree) for url in it.also
    ]
    assert {kind for kind, _ in suggested} == set(Kind) - {Kind.KIOSK, Kind.BOARD, Kind.AGENT}
    for kind, url in suggested:
        assert kind_of(url) is kind
        open_device(kind, url, 1.0).close()


@pytest.mark.parametrize("text", ["8.8.8.0/24", "10.0.0.0/16", "192.168.1.0/33", "fd00::/120", "x", "0.0.0.0/0", ""])
def test_only_small_private_networks_are_searched(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        network(text)


def test_printers_on_the_network_are_those_that_answer(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.2", 0)) as printer:
        port = printer.getsockname()[1]
        assert [it.url for it in printers_on(network("127.0.0.0/29"), port)] == [f"escpos+tcp://127.0.0.2:{port}"]
    assert printers_on(network("127.0.0.0/30"), port) == []
    assert network("192.168.1.77/24").num_addresses == 256
