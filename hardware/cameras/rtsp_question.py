"""Why a network camera gives no picture: the player only says that it failed, so the camera itself is asked."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
from urllib.parse import unquote, urlsplit

from hardware.deadline import Deadline
from hardware.errors import Code, DeviceError

PORT = 554
LARGEST = 16384


def why(url: str, name: str, timeout_s: float) -> DeviceError:
    """What is wrong with the camera at `url`; answers in about `timeout_s` seconds. Its words hold no password."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORT
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    place = f"rtsp://{parts.netloc.rpartition('@')[2]}{parts.path}{'?' + parts.query if parts.query else ''}"
    deadline = Deadline.after(timeout_s)
    try:
        with socket.create_connection((host, port), max(deadline.left, 0.01)) as connected:
            status, challenge = _ask(connected, place, "", 1, deadline)
            if status == 401 and user:
                credentials = _credentials(challenge, place, user, password)
                status, _ = _ask(connected, place, credentials, 2, deadline)
    except TimeoutError:
        return DeviceError(Code.TIMEOUT, f"{name} does not answer")
    except (OSError, UnicodeError) as error:
        return DeviceError(Code.OFFLINE, f"{name} cannot be reached: {error}")
    if status in {401, 403}:
        wrong = "refuses the user name or the password" if user else "wants a user name and a password"
        return DeviceError(Code.NOT_PERMITTED, f"{name} {wrong}")
    if status == 404:
        return DeviceError(Code.BAD_URL, f"{name} has no stream of this path")
    if status == 200:
        return DeviceError(Code.DEVICE_FAULT, f"{name} answers, but gives no picture")
    return DeviceError(
        Code.DEVICE_FAULT, f"{name} answers with status {status}" if status else f"{name} speaks no RTSP"
    )


def _ask(connected: socket.socket, place: str, credentials: str, number: int, deadline: Deadline) -> tuple[int, str]:
    """The status of DESCRIBE (0 of nonsense) and the wanted kind of credentials, the strongest first."""
    said = f"Authorization: {credentials}\r\n" if credentials else ""
    request = f"DESCRIBE {place} RTSP/1.0\r\nCSeq: {number}\r\nAccept: application/sdp\r\n{said}\r\n"
    connected.settimeout(max(deadline.left, 0.01))
    connected.sendall(request.encode())
    came = b""
    while b"\r\n\r\n" not in came and len(came) < LARGEST:
        connected.settimeout(max(deadline.left, 0.01))
        data = connected.recv(4096)
        if not data:
            break
        came += data
    head = came.partition(b"\r\n\r\n")[0].decode("latin-1")
    status = re.match(r"RTSP/1\.\d (\d{3})", head)
    challenges = re.findall(r"(?im)^WWW-Authenticate:\s*(\S.*)$", head)
    strongest = sorted(challenges, key=lambda each: not each.lower().startswith("digest"))
    return int(status[1]) if status else 0, strongest[0].strip() if strongest else ""


def _credentials(challenge: str, place: str, user: str, password: str) -> str:
    if not challenge.lower().startswith("digest"):
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    fields = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
    realm, nonce = fields.get("realm", ""), fields.get("nonce", "")
    secret, asked = _md5(f"{user}:{realm}:{password}"), _md5(f"DESCRIBE:{place}")
    answer = _md5(f"{secret}:{nonce}:{asked}")
    return f'Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{place}", response="{answer}"'


def _md5(text: str) -> str:
    """What RTSP's digest is made of (RFC 2617); no better one is understood by cameras."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
