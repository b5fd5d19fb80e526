"""Camera addresses, what is told of cameras that cannot be opened, videos, and what a network camera says of itself."""

from __future__ import annotations

import contextlib
import hashlib
import re
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from hardware.address import parse, without_password
from hardware.cameras import FORMS, open_camera
from hardware.cameras.rtp_jpeg import packets
from hardware.cameras.rtsp import _without_ours
from hardware.cameras.rtsp_question import why
from hardware.cameras.scene import scene_jpeg
from hardware.errors import Code, DeviceError
from hardware.health import State
from tests.hardware.cameras.stages import WAIT_S, Stage, write_video

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("camera://video0", "three slashes"),
        ("camera:///dev/video0?fps=0", "fps=0"),
        ("camera:///dev/video0?fps=61", "fps=61"),
        ("camera:///dev/video0?stall_s=0", "stall_s=0"),
        ("camera:///dev/video0?size=big", "size=big"),
        ("camera:///dev/video0?loop=yes", "loop"),
        ("rtsp:///stream", "host is missing"),
        ("rtsp://host/stream?lost_s=0", "lost_s=0"),
        ("file://video.mp4", "three slashes"),
        ("file:///video.mp4?loop=maybe", "loop=maybe"),
        ("camera+fake://x", "neither host nor path"),
        ("camera+fake://?fault=fire", "fault=fire"),
        ("http://host/mjpeg", "unknown kind"),
    ],
)
def test_a_wrong_address_says_what_is_wrong(url: str, wrong: str) -> None:
    with pytest.raises(DeviceError) as caught:
        open_camera(url)
    assert caught.value.code is Code.BAD_URL
    assert wrong in caught.value.detail


def test_a_cameras_own_query_stays_and_ours_goes() -> None:
    url = "rtsp://a:b@h:554/cam/realmonitor?channel=1&fps=2&subtype=0&stall_s=9&lost_s=8"
    assert _without_ours(url) == "rtsp://a:b@h:554/cam/realmonitor?channel=1&subtype=0"


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://admin:s3cret@10.0.0.5/1",
        "rtsp://admin:a@s3cret@10.0.0.5/1",
        "rtsp://admin:a/s3cret@10.0.0.5/1",
        "rtsp://admin:s3cret/b@10.0.0.5/1#x",
        "rtsp://10.0.0.5:554/user=admin&password=s3cret&channel=1&fps=2",
        "rtsp://10.0.0.5:554/live?user=admin&pwd=s3cret&fps=99",
    ],
)
def test_no_message_holds_the_password(url: str) -> None:
    assert "s3cret" not in without_password(url)
    # The fakes refuse host and path, with the whole address in the message.
    with pytest.raises(DeviceError) as caught:
        open_camera(url.replace("rtsp://", "camera+fake://"))
    assert "s3cret" not in "".join(traceback.format_exception(caught.value))
    with contextlib.suppress(DeviceError):
        assert "s3cret" not in open_camera(url).name


def state_of(url: str) -> tuple[State, str]:
    """What is told of a camera that has just failed to open."""
    camera = open_camera(url, timeout_s=1.0)
    try:
        with pytest.raises(DeviceError):
            camera.read(WAIT_S)
        return camera.health().state, camera.health().detail
    finally:
        camera.close()


def test_what_stands_in_the_way_of_a_usb_camera(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no camera")
    assert state_of(f"camera://{tmp_path}/missing") == (
        State.OFFLINE,
        f"camera {tmp_path}/missing: No such file or directory",
    )
    assert state_of(f"camera://{tmp_path}/file")[0] is State.BAD_URL
    assert state_of("camera:///dev/null")[0] is State.BAD_URL


def test_what_stands_in_the_way_of_a_video(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_bytes(b"no video" * 100)
    assert state_of(f"file://{tmp_path}/missing.mp4")[0] is State.OFFLINE
    assert state_of(f"file://{tmp_path}/text.mp4")[0] is State.DEVICE_FAULT


@pytest.mark.parametrize("name", ["v.avi", "v.mp4"])
def test_a_video_is_played_once_and_its_end_told(tmp_path: Path, name: str) -> None:
    write_video(tmp_path / name, pictures=6, fps=30)
    camera = open_camera(f"file://{tmp_path}/{name}?fps=60")
    stage = Stage(camera, lambda fault: None)
    assert stage.frame().number == 1
    assert "has ended" in stage.wait_for(State.OFFLINE).detail
    camera.close()
    assert stage.frame().number == 1, "from its beginning when it is opened again"
    camera.close()


def test_a_video_plays_at_its_own_rate(tmp_path: Path) -> None:
    write_video(tmp_path / "v.avi", pictures=30, fps=10)
    camera = open_camera(f"file://{tmp_path}/v.avi?fps=60")
    stage = Stage(camera, lambda fault: None)
    frames = [stage.frame() for _ in range(5)]
    camera.close()
    pictures = frames[-1].number - frames[0].number
    assert frames[-1].at - frames[0].at >= pictures / 10 * 0.8


@contextmanager
def answering(*answers: bytes) -> Iterator[tuple[int, list[str]]]:
    """A port of this machine that says `answers`, one after each request; yields the port and the requests."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connected, _ = listening.accept()
            with connected:
                for answer in answers:
                    asked.append(connected.recv(4096).decode())
                    connected.sendall(answer)
                connected.recv(1)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], asked


DIGEST = (
    b'RTSP/1.0 401 No\r\nWWW-Authenticate: Basic realm="c"\r\nWWW-Authenticate: Digest realm="c", nonce="n"\r\n\r\n'
)


@pytest.mark.parametrize(
    ("answers", "user", "code", "words"),
    [
        ([b"RTSP/1.0 404 Not Found\r\n\r\n"], "", Code.BAD_URL, "no stream of this path"),
        ([b"RTSP/1.0 200 OK\r\n\r\n"], "", Code.DEVICE_FAULT, "no picture"),
        ([b"RTSP/1.0 500 Oops\r\n\r\n"], "", Code.DEVICE_FAULT, "status 500"),
        ([b"SSH-2.0-OpenSSH\r\n\r\n"], "", Code.DEVICE_FAULT, "speaks no RTSP"),
        ([b""], "", Code.TIMEOUT, "does not answer"),
        ([DIGEST], "", Code.NOT_PERMITTED, "wants a user name"),
        ([DIGEST, DIGEST], "user", Code.NOT_PERMITTED, "refuses"),
        ([DIGEST, b"RTSP/1.0 404 Not Found\r\n\r\n"], "user", Code.BAD_URL, "no stream"),
    ],
)
def test_why_a_camera_gives_no_picture(answers: list[bytes], user: str, code: Code, words: str) -> None:
    with answering(*answers) as (port, asked):
        who = f"{user}:{quote('p@ss/ẩ', safe='')}@" if user else ""
        error = why(f"rtsp://{who}127.0.0.1:{port}/live?channel=1", "camera x", 1.0)
    assert error.code is code
    assert words in error.detail
    assert "p@ss" not in error.detail
    assert all("p@ss" not in each and "@127" not in each for each in asked)


def test_the_digest_is_what_the_standard_says() -> None:
    with answering(DIGEST, b"RTSP/1.0 200 OK\r\n\r\n") as (port, asked):
        why(f"rtsp://user:p%40ss@127.0.0.1:{port}/live", "camera x", 1.0)
    place = f"rtsp://127.0.0.1:{port}/live"
    secret, said = (hashlib.md5(each.encode()).hexdigest() for each in ("user:c:p@ss", f"DESCRIBE:{place}"))
    response = hashlib.md5(f"{secret}:n:{said}".encode()).hexdigest()
    assert f'response="{response}"' in asked[1]
    assert re.search(r'Digest username="user", realm="c", nonce="n"', asked[1])


BARE = """
import sys
from hardware.cameras import open_camera
for url in ("rtsp://host/1", "camera:///dev/video0", "file:///v.mp4"):
    try:
        open_camera(url)
    except Exception as error:
        print(error.code)
print(sorted({"cv2", "numpy"} & set(sys.modules)))
"""


def test_without_opencv_the_missing_library_is_told() -> None:
    """A Python without site packages has none."""
    said = subprocess.run([sys.executable, "-S", "-c", BARE], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert said.stdout.split("\n")[:4] == ["driver-missing"] * 3 + ["[]"], said.stderr


def test_only_pictures_travel_as_pictures() -> None:
    jpeg = scene_jpeg(1)
    travelling = list(packets(jpeg, first=65535, stamp=90000))
    assert all(len(each) < 1400 for each in travelling)
    assert [bool(each[1] & 0x80) for each in travelling] == [False] * (len(travelling) - 1) + [True]
    with pytest.raises(ValueError, match="JPEG"):
        list(packets(b"no picture", first=0, stamp=0))
    assert parse("rtsp://h/x", FORMS).scheme == "rtsp"
