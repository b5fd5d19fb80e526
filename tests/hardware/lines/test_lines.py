"""Serial lines, as a device file and behind a serial server: what comes, what goes, what is lost and comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from hardware.address import parse
from hardware.errors import Code, DeviceError
from hardware.lines import ReopeningLine, SerialLine, TcpLine, open_line, reopening
from hardware.lines.fake import FakeLine, FarEnd
from hardware.lines.fake_tcp import FakeTcpLine
from tests.waiting import until

SCHEME = {FakeLine: "scanner+serial", FakeTcpLine: "scanner+tcp"}


@pytest.fixture(params=[FakeLine, FakeTcpLine], ids=["file", "tcp"])
def far(request: pytest.FixtureRequest) -> Iterator[FarEnd]:
    with request.param() as end:
        yield end


@pytest.fixture
def line(far: FarEnd, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReopeningLine]:
    monkeypatch.setattr(reopening, "REOPEN_S", 0.05)
    url = f"{SCHEME[type(far)]}://{far.place}"
    opened = open_line(parse(url, ()), 1.0, baud=9600)
    yield opened
    opened.close()


def works(line: ReopeningLine, far: FarEnd) -> bool:
    try:
        line.write(b"ping")
        far.send(b"pong")
        return b"pong" in line.read(0.2)
    except DeviceError:
        return False


def failing(step: Callable[[], object]) -> Code:
    """How it fails once it does."""
    for _ in range(10_000):
        try:
            step()
        except DeviceError as error:
            return error.code
    raise AssertionError("it works on and on")


def all_of(line: ReopeningLine, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = line.read(2.0)
        assert more
        data += more
    return data


def test_bytes_go_both_ways_unchanged(line: ReopeningLine, far: FarEnd) -> None:
    every = bytes(range(256))
    line.write(every)
    far.wait_for(lambda came: came == every)
    far.send(every)
    assert all_of(line, 256) == every
    assert line.opened == 1
    assert line.failure is None


def test_nothing_is_opened_before_it_is_used(line: ReopeningLine) -> None:
    assert line.opened == 0


def test_a_read_ends_in_time(line: ReopeningLine) -> None:
    assert line.read(0.01) == b""
    assert line.read(0.0) == b""


def test_a_line_that_was_lost_is_told_and_comes_back(line: ReopeningLine, far: FarEnd) -> None:
    until(lambda: works(line, far))
    for times in (2, 3):
        far.unplug()
        assert failing(lambda: line.read(0.1)) is Code.OFFLINE
        assert line.failure is not None
        with pytest.raises(DeviceError):
            line.write(b"into the void")
        far.plug()
        until(lambda: works(line, far))
        assert line.opened == times
        assert line.failure is None


def test_a_writer_notices_the_loss_too(line: ReopeningLine, far: FarEnd) -> None:
    until(lambda: works(line, far))
    far.unplug()
    assert failing(lambda: line.write(b"x")) is Code.OFFLINE


def test_what_was_sent_while_it_was_away_is_not_heard_later(line: ReopeningLine, far: FarEnd) -> None:
    until(lambda: works(line, far))
    far.unplug()
    far.send(b"stale")
    far.plug()
    until(lambda: works(line, far))


def test_closed_by_another_thread_while_one_reads(line: ReopeningLine, far: FarEnd) -> None:
    until(lambda: works(line, far))
    ended = threading.Event()

    def read() -> None:
        try:
            line.read(30)
        except DeviceError:
            pass
        finally:
            ended.set()

    thread = threading.Thread(target=read)
    thread.start()
    threading.Event().wait(0.05)
    line.close()
    assert ended.wait(5)
    thread.join(5)
    until(lambda: works(line, far))


def test_one_reads_while_many_write_and_the_line_comes_and_goes(line: ReopeningLine, far: FarEnd) -> None:
    stop = threading.Event()
    errors: list[BaseException] = []

    def keep(step: Callable[[], object]) -> None:
        while not stop.is_set():
            try:
                step()
            except DeviceError:
                stop.wait(0.005)
            except BaseException as error:
                errors.append(error)
                raise

    steps: list[Callable[[], object]] = [lambda: line.read(0.05), *[lambda: line.write(b"0123456789")] * 3]
    threads = [threading.Thread(target=keep, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for turn in range(6):
        before = len(far.came)
        far.wait_for(lambda came, before=before: len(came) > before)
        if turn % 2:
            line.close()
        else:
            far.unplug()
            far.plug()
    stop.set()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()
    assert errors == []
    until(lambda: works(line, far))


def test_a_missing_device_is_offline_and_not_looked_for_at_every_call(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reopening, "REOPEN_S", 60.0)
    tried = []

    def connect() -> reopening.Connection:
        tried.append(1)
        raise FileNotFoundError(2, "No such file")

    line = ReopeningLine("nowhere", connect, 1.0)
    for _ in range(5):
        with pytest.raises(DeviceError, match="nowhere cannot be opened") as missing:
            line.write(b"x")
        assert missing.value.code is Code.OFFLINE
    assert len(tried) == 1
    line.close()  # whoever closes it wants it looked for afresh
    with pytest.raises(DeviceError):
        line.write(b"x")
    assert len(tried) == 2


def test_a_line_that_may_not_be_opened() -> None:
    def connect() -> reopening.Connection:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(DeviceError) as denied:
        ReopeningLine("shut", connect, 1.0).read(0.0)
    assert denied.value.code is Code.NOT_PERMITTED


def test_while_one_thread_opens_the_others_do_not_wait_for_ever() -> None:
    going, go = threading.Event(), threading.Event()

    def connect() -> reopening.Connection:
        going.set()
        go.wait(10)
        raise OSError("no")

    line = ReopeningLine("slow", connect, 0.05)

    def use() -> None:
        with pytest.raises(DeviceError):
            line.read(0.0)

    thread = threading.Thread(target=use)
    thread.start()
    assert going.wait(5)
    with pytest.raises(DeviceError, match="being opened"):
        line.write(b"x")
    go.set()
    thread.join(5)


def test_a_device_file_is_used_by_one_program_at_a_time() -> None:
    with FakeLine() as far:
        first, second = (SerialLine(far.path, 9600, "none", 1.0) for _ in range(2))
        first.write(b"mine")
        with pytest.raises(DeviceError, match="in use by another program") as busy:
            second.write(b"mine too")
        assert busy.value.code is Code.OFFLINE
        first.close()
        second.close()
        second.write(b"now")
        far.wait_for(lambda came: came == b"minenow")
        second.close()


def test_a_server_that_takes_no_data_any_more() -> None:
    """Its power went: the connection stands, nothing is acknowledged."""
    with FakeTcpLine() as far:
        line = TcpLine("127.0.0.1", far.port, 0.2)
        line.write(b"hello")
        far.wait_for(lambda came: came == b"hello")
        far.dead.set()
        assert failing(lambda: line.write(bytes(1 << 20))) is Code.TIMEOUT
        line.close()
        far.dead.clear()


def test_whoever_only_writes_notices_at_once_that_the_server_closed() -> None:
    with FakeTcpLine() as far:
        line = TcpLine("127.0.0.1", far.port, 1.0)
        line.write(b"x")
        far.wait_for(lambda came: came == b"x")
        far.unplug()
        with pytest.raises(DeviceError, match="closed by the other end"):
            line.write(b"y")
        line.close()


@pytest.mark.parametrize("parity", ["none", "even", "odd"])
@pytest.mark.parametrize("baud", [1200, 9600, 115200])
def test_every_speed_and_parity_can_be_set(baud: int, parity: str) -> None:
    with FakeLine() as far:
        line = open_line(parse(f"led+serial://{far.path}?baud={baud}&parity={parity}", ()), 1.0, baud=9600)
        line.write(b"x")
        far.wait_for(lambda came: came == b"x")
        line.close()


@pytest.mark.parametrize(
    "url",
    [
        "led+serial://",
        "led+serial://ttyUSB0",
        "led+serial:///dev/ttyUSB0?baud=9601",
        "led+serial:///dev/x?parity=mark",
        "led+tcp://host",
        "led+tcp://:4001",
        "led+tcp://host:4001/path",
    ],
)
def test_addresses_that_are_no_line(url: str) -> None:
    with pytest.raises(DeviceError) as wrong:
        open_line(parse(url, ()), 1.0, baud=9600)
    assert wrong.value.code is Code.BAD_URL


def test_why_a_line_cannot_be_opened_is_said_in_a_few_words() -> None:
    for line, words in (
        (SerialLine("/dev/motcua-nowhere", 9600, "none", 1.0), "No such file or directory"),
        (TcpLine("127.0.0.1", 1, 1.0), "Connection refused"),
    ):
        with pytest.raises(DeviceError, match=f"cannot be opened: {words}$"):
            line.write(b"x")
