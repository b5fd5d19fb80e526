"""The command on simulated devices: real terminals, sockets and files, and the fakes; every way it can end."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from hardware.cameras.fake_rtsp import FakeRtspCamera
from hardware.devices.cli import main
from hardware.devices.find import Roots
from hardware.displays.fake_device import FakeDisplayUnits
from hardware.keypads.fake_device import FakeKeypadUnits
from hardware.keypads.protocol import Key
from hardware.lines.fake import FakeLine
from hardware.printers.fake_tcp import FakeTcpPrinter
from hardware.scanners.fake_device import fake_hid, fake_serial, fake_tcp
from hardware.voices.sound import RATE
from tests.hardware.cameras.stages import write_video
from tests.hardware.devices.tree import Tree
from tests.hardware.voices.recordings import record

CARD = "001088000001|012345678|Nguyễn Văn An|01011988|Nam|Số 1, Hà Nội|01012021"
Run = Callable[..., tuple[int, str, str]]
Camera = Callable[[Path], AbstractContextManager[str]]
needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command's result and what it said, in English unless told otherwise."""

    def ran(*arguments: str, roots: Roots | None = None) -> tuple[int, str, str]:
        result = main([*arguments, *([] if "--language" in arguments else ["--language", "en"])], roots)
        said = capsys.readouterr()
        return result, said.out, said.err

    return ran


@pytest.fixture
def line() -> Iterator[FakeLine]:
    with FakeLine(name="usb-FTDI") as made:
        yield made


@contextmanager
def fake_camera(folder: Path) -> Iterator[str]:
    yield "camera+fake://"


@contextmanager
def video_camera(folder: Path) -> Iterator[str]:
    write_video(folder / "hall.avi")
    yield f"file://{folder}/hall.avi"


@contextmanager
def network_camera(folder: Path) -> Iterator[str]:
    with FakeRtspCamera() as camera:
        yield camera.url


# --- list ---


def test_list_on_a_bare_machine_says_what_to_check(tmp_path: Path, run: Run) -> None:
    roots = Roots(tmp_path / "dev", tmp_path / "sys", tmp_path / "proc")
    result, out, _ = run("list", roots=roots)
    assert (result, out.startswith("No device was found. Is it switched on")) == (0, True)
    assert run("list", "--language", "vi", roots=roots)[1].startswith("Không tìm thấy thiết bị nào.")


def test_list_gives_addresses_alone_on_their_lines(tmp_path: Path, run: Run) -> None:
    tree = Tree(tmp_path)
    node = tree.serial("ttyUSB0", "0403:6001", "FTDI", "FT232R", by_id="usb-FTDI")
    tree.serial("ttyUSB1", "1a86:7523", "", "")
    tree.program(42, "motcua", node)
    lines = run("list", roots=tree.roots)[1].splitlines()
    assert f"led+serial://{tree.roots.dev}/serial/by-id/usb-FTDI?protocol=ascii" in lines
    assert "    Counter display · FTDI FT232R · may be opened · in use by motcua" in lines
    assert "    This name may change when other devices are plugged in." in lines


def test_list_for_programs(tmp_path: Path, run: Run) -> None:
    tree = Tree(tmp_path)
    tree.sound(("PCH", "HDA Intel PCH", (0,)))
    (only,) = json.loads(run("list", "--json", roots=tree.roots)[1])
    assert only["url"] == "alsa://plughw:CARD=PCH"
    assert (only["kind"], only["access"], only["stable"]) == ("speaker", "open", True)


# --- probe ---


@pytest.mark.parametrize(
    ("url", "result", "words"),
    [
        ("fake://", 0, "[ready] It works."),
        ("fake://?fault=paper-out", 1, "→ Put in a new roll of paper."),
        ("scanner+fake://", 0, "[ready]"),
        ("scanner+fake://?fault=unplugged", 1, "[offline]"),
        ("scanner+fake://?fault=denied", 1, "[not-permitted]"),
        ("led+fake://", 0, "[unknown]"),
        ("led+fake://?fault=offline", 1, "[offline]"),
        ("keypad+fake://", 0, "Call keypad"),
        ("speaker+fake://", 0, "[ready]"),
        ("alsa://plughw:CARD=NoSuchCard", 1, "no-sound"),
        ("clips:///nowhere", 1, "recordings to mend"),
        ("clips:///nowhere?else=none", 1, "[voice-unavailable]"),
        ("escpos+tcp://127.0.0.1:1", 1, "[offline]"),
        ("scanner+serial:///dev/no-such-port", 1, "[offline]"),
        ("led+serial:///dev/no-such-port?protocol=ascii", 1, "[offline]"),
    ],
)
def test_probe_says_how_it_is(url: str, result: int, words: str, run: Run) -> None:
    ended, out, _ = run("probe", url, "--timeout", "1")
    assert words in out
    assert ended == result


@needs_espeak
def test_probe_of_a_voice(run: Run, tmp_path: Path) -> None:
    assert run("probe", "espeak://")[0] == 0
    assert run("probe", f"clips://{record(tmp_path)}")[:2] == (0, f"clips://{tmp_path}  Voice\n[ready] It works.\n")


@pytest.mark.parametrize("url", ["fax://1022", "/dev/ttyUSB0", "", "led+serial://", "espeak://?speed=1", "alsa://a b"])
@pytest.mark.parametrize("command", ["probe", "test", "watch"])
def test_a_wrong_address_is_wrong_use_and_told_with_the_right_forms(command: str, url: str, run: Run) -> None:
    result, _, err = run(command, url)
    assert result == 2
    assert "address is not valid" in err
    assert "://" in err


def test_probe_on_real_lines_and_sockets(line: FakeLine, run: Run) -> None:
    line.answer = FakeDisplayUnits("ascii").feed
    assert run("probe", f"led+serial://{line.place}?protocol=ascii")[0] == 0
    assert line.came == b""  # nobody in the hall sees anything of a probe
    with FakeTcpPrinter() as printer:
        assert run("probe", printer.url)[0] == 0
        printer.device.faults.paper_near_end = True
        result, out, _ = run("probe", printer.url)
        assert (result, "[paper-near-end]" in out) == (0, True)
    for simulated in (fake_serial(), fake_tcp(), fake_hid()):
        with simulated:
            assert run("probe", simulated.url)[0] == 0


def test_who_holds_a_line_that_cannot_be_opened_is_told(line: FakeLine, run: Run) -> None:
    script = "import serial, sys; it = serial.Serial(sys.argv[1], exclusive=True); print(1, flush=True); input()"
    held = subprocess.Popen(
        [sys.executable, "-c", script, line.place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert held.stdout
        assert held.stdout.readline() == "1\n"
        result, out, _ = run("probe", f"scanner+serial://{line.place}")
        assert result == 1
        assert "in use by python" in out
    finally:
        held.communicate("\n", timeout=90)


def test_passwords_are_not_shown(run: Run) -> None:
    _, out, err = run("probe", "rtsp://admin:geheim@127.0.0.1:1/stream", "--timeout", "1")
    assert "geheim" not in out + err
    assert "rtsp://127.0.0.1:1/…" in out


# --- test ---


def test_a_printer_prints_its_test_page(run: Run) -> None:
    with FakeTcpPrinter() as printer:
        result, out, _ = run("test", printer.url)
        (job,) = printer.device.wait_for_jobs(1)
        assert result == 0
        assert len(job) > 1000
        assert "please look at it" in out
        printer.device.faults.paper_out = True
        assert run("test", printer.url)[0] == 1


@pytest.mark.parametrize("protocol", ["ascii", "modbus"])
def test_displays_show_eights_then_their_addresses_then_nothing(protocol: str, line: FakeLine, run: Run) -> None:
    units = FakeDisplayUnits(protocol, (1, 2, 5))
    seen: list[tuple[str, ...]] = []

    def feed(data: bytes) -> bytes:
        answer = units.feed(data)
        now = tuple(units.text(address).strip() for address in (1, 2, 5))
        if not seen or seen[-1] != now:
            seen.append(now)
        return answer

    line.answer = feed
    result, out, _ = run(
        "test", f"led+serial://{line.place}?protocol={protocol}", "--addresses", "1-2,5", "--show", "0.05"
    )
    assert result == 0, out
    assert ("8888", "8888", "8888") in seen
    assert ("1", "2", "5") in seen
    assert seen[-1] == ("", "", "")


def test_a_display_that_does_not_answer_is_named(line: FakeLine, run: Run) -> None:
    line.answer = FakeDisplayUnits("modbus", (1,)).feed
    url = f"led+serial://{line.place}?protocol=modbus&answer_s=0.05"
    result, out, _ = run("test", url, "--addresses", "1,2", "--show", "0.05")
    assert result == 1
    assert "Display 2: " in out
    assert "Display 1: " not in out


@contextmanager
def again_and_again(show: Callable[[], None]) -> Iterator[None]:
    """Somebody who tries until it is noticed."""
    noticed = threading.Event()

    def trying() -> None:
        while not noticed.wait(0.3):
            show()

    somebody = threading.Thread(target=trying)
    somebody.start()
    try:
        yield
    finally:
        noticed.set()
        somebody.join()


@pytest.mark.parametrize("make", [fake_serial, fake_tcp, fake_hid])
def test_a_card_is_told_without_a_word_of_it(make: Callable[[], object], run: Run) -> None:
    with make() as simulated, again_and_again(lambda: simulated.show(CARD)):  # type: ignore[attr-defined]
        result, out, err = run("test", simulated.url, "--wait", "20", "--language", "vi")
    assert result == 0
    assert f"Thẻ căn cước, đọc tốt ({len(CARD)} ký tự)." in out
    assert not any(part in out + err for part in CARD.split("|") if len(part) > 3)


def test_another_code_is_told_by_its_kind_and_length(run: Run) -> None:
    code = "http://192.168.1.5:8080/t/abcdef"
    with fake_serial() as simulated, again_and_again(lambda: simulated.show(code)):
        _, out, _ = run("test", simulated.url, "--wait", "20")
    assert "A code of 32 characters was read. This is the code of a queue ticket." in out
    assert "192.168.1.5" not in out


def test_a_scanner_that_is_plugged_in_while_it_is_waited_for(run: Run) -> None:
    with fake_serial() as simulated:
        simulated.line.unplug()

        def plug_and_show() -> None:
            simulated.line.plug()
            simulated.show(CARD)

        with again_and_again(plug_and_show):
            result, _, _ = run("test", simulated.url, "--wait", "20")
    assert result == 0


@pytest.mark.parametrize(("url", "words"), [("scanner+fake://", "No code came."), ("keypad+fake://", "No key came.")])
def test_when_nothing_comes_it_ends(url: str, words: str, run: Run) -> None:
    result, out, _ = run("test", url, "--wait", "0.2")
    assert result == 1
    assert words in out


def test_a_missing_scanner_is_told_when_the_time_is_up(run: Run) -> None:
    result, out, _ = run("test", "scanner+serial:///dev/no-such-port", "--wait", "0.3")
    assert result == 1
    assert "[offline]" in out


def test_a_key_is_answered_on_the_keypad(line: FakeLine, run: Run) -> None:
    units = FakeKeypadUnits("ascii", (3,))
    units.send = line.send
    line.answer = units.feed
    with again_and_again(lambda: units.press(3, Key.NEXT)):
        result, out, _ = run("test", f"keypad+serial://{line.place}?protocol=ascii", "--wait", "20")
    assert result == 0
    assert "Keypad 3: the key “next”." in out
    units.wait_for_text(3, "OK")


@needs_espeak
def test_a_loudspeaker_and_a_voice_are_heard(tmp_path: Path, run: Run) -> None:
    heard = tmp_path / "heard"
    assert run("test", f"pcm://{heard}", "--volume", "50")[0] == 0
    assert heard.stat().st_size > 2 * RATE * 3
    heard.unlink()
    record(tmp_path)
    result, out, _ = run("test", f"clips://{tmp_path}", "--speaker", f"pcm://{heard}")
    assert (result, "far end of the hall" in out) == (0, True)
    assert heard.stat().st_size > 2 * RATE * 2


def test_a_loudspeaker_without_a_voice_rings_and_says_so(tmp_path: Path, run: Run) -> None:
    result, out, _ = run("test", f"pcm://{tmp_path}/heard", "--voice", "clips:///nowhere?else=none")
    assert result == 1
    assert "Only the chime was played" in out
    assert run("test", "speaker+fake://?fault=no-sound", "--voice", "fake://")[0] == 1


@pytest.mark.parametrize("make", [fake_camera, video_camera, network_camera])
def test_a_camera_tells_size_light_and_rate_and_keeps_nothing(make: Camera, tmp_path: Path, run: Run) -> None:
    with make(tmp_path) as url:
        before = sorted(tmp_path.iterdir())
        result, out, _ = run("test", url, "--wait", "20")
        assert result == 0, out
        assert re.search(r"Pictures of \d+x\d+, light [1-9]\d? percent\.", out)
        assert re.search(r"\d+\.\d pictures a second\.", out)
        assert run("probe", url)[0] == 0
        assert sorted(tmp_path.iterdir()) == before


def test_a_camera_that_is_gone_is_told(run: Run) -> None:
    for command in ("probe", "test"):
        result, out, _ = run(command, "camera+fake://?fault=gone", "--timeout", "0.5")
        assert (result, "[offline]" in out) == (1, True)


# --- watch ---


def test_watch_tells_the_first_state_and_every_change(tmp_path: Path) -> None:
    """In a process of its own, ended as a technician ends it, by Ctrl-C."""
    with FakeTcpPrinter() as printer:
        watching = subprocess.Popen(
            [sys.executable, "-c", "from hardware.devices.cli import main; raise SystemExit(main())",
             "watch", printer.url, "scanner+serial:///dev/no-such-port", "--every", "0.1", "--language", "vi"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert watching.stdout
            said: list[str] = []

            def until(words: str) -> None:
                while not any(words in each for each in said):
                    assert watching.stdout
                    text = watching.stdout.readline()
                    assert text, watching.stderr.read() if watching.stderr else ""
                    said.append(text)

            until("[ready] ")
            until("[offline] ")
            printer.device.faults.cover_open = True
            until("[cover-open] Nắp máy in đang mở.")
            printer.device.faults.cover_open = False
            said.clear()
            until("[ready] ")
            watching.send_signal(signal.SIGINT)
            _, err = watching.communicate(timeout=90)
            assert watching.returncode == 0, err
            assert "Traceback" not in err
        finally:
            watching.kill()
            watching.wait()


def test_watch_without_devices_is_wrong_use(run: Run, tmp_path: Path) -> None:
    result, _, err = run("watch")
    assert result == 2
    assert "--config" in err
    (tmp_path / "agent.toml").write_text("nothing = 1\n")
    result, _, err = run("watch", "--config", str(tmp_path / "agent.toml"))
    assert result == 2
    assert "agent.toml" in err


def test_watch_takes_the_agents_devices(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "agent.toml"
    config.write_text(
        '[[display]]\nname = "led"\nurl = "led+fake://"\ncounters = { 1 = 1 }\n\n'
        '[[speaker]]\nname = "loa"\nurl = "speaker+fake://?fault=no-sound"\n'
    )
    result, out, _ = run("watch", "--config", str(config), "--seconds", "0.5")
    assert result == 0
    assert "led+fake://" in out
    assert "speaker+fake://" in out


def test_an_interrupted_test_leaves_no_eights_behind(line: FakeLine) -> None:
    units = FakeDisplayUnits("ascii", (1,))
    line.answer = units.feed
    testing = subprocess.Popen(
        [sys.executable, "-c", "from hardware.devices.cli import main; raise SystemExit(main())",
         "test", f"led+serial://{line.place}?protocol=ascii", "--show", "600", "--language", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        units.wait_for(1, "8888", 20)
        testing.send_signal(signal.SIGINT)
        _, err = testing.communicate(timeout=90)
        assert testing.returncode == 130, err
        assert "Traceback" not in err
        units.wait_for(1, "", 5)
    finally:
        testing.kill()
        testing.wait()


# --- words ---


def test_the_words_of_a_small_hall_and_a_manifest_that_holds_them(tmp_path: Path, run: Run) -> None:
    few = ("--counters", "5", "--letters", "AB")
    words = run("words", *few)[1].splitlines()
    assert words[:4] == ["mời số", "đến quầy số", "a", "bê"]
    (tmp_path / "vi.toml").write_text(run("words", *few, "--manifest")[1], "utf-8")
    result, out, _ = run("words", str(tmp_path), *few)
    assert result == 1
    assert "missing: lăm" in out
    assert f"0 of {len(words)} words" in out


def test_a_whole_folder_is_well_and_a_broken_one_says_what_to_mend(tmp_path: Path, run: Run) -> None:
    record(tmp_path)
    result, out, _ = run("words", f"clips://{tmp_path}")
    assert (result, out) == (0, "46 of 46 words are there and can be heard.\n")
    (tmp_path / "vi-002.wav").write_bytes(b"no sound")
    result, out, _ = run("words", f"clips://{tmp_path}", "--language", "vi")
    assert result == 1
    assert "bị hỏng: a (" in out
    assert "Đã có 45 trong 46 từ, nghe được." in out


@pytest.mark.parametrize("arguments", [("words", "--letters", "a1"), ("words", "--letters", "?")])
def test_letters_that_no_ticket_has(arguments: tuple[str, ...], run: Run) -> None:
    result, _, err = run(*arguments)
    assert (result, "not a ticket number" in err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("fly",), ("probe",), ("list", "--network", "8.8.8.8/24"), ("list", "--account", "no-such-account"),
        ("test", "fake://", "--addresses", "5-1"), ("test", "fake://", "--addresses", "1-999"),
        ("test", "fake://", "--volume", "101"), ("words", "--counters", "0"), ("watch", "fake://", "--every", "0"),
        ("probe", "fake://", "--timeout", "x"), ("list", "--language", "fr"),
    ],
)  # fmt: skip
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_output_that_is_cut_short_is_no_crash() -> None:
    """`motcua devices words | head -1` closes the pipe early."""
    script = f"{sys.executable} -c 'from hardware.devices.cli import main; raise SystemExit(main())' words"
    done = subprocess.run(f"{script} | head -1", shell=True, capture_output=True, text=True, timeout=60)
    assert done.stdout == "mời số\n"
    assert "Traceback" not in done.stderr
