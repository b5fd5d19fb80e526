"""The first ticket as quick as the second: everything loaded lazily is used once before anyone touches the kiosk."""

from __future__ import annotations

from hardware.printers.encode import encode
from hardware.printers.render import render
from hardware.printers.slip import Slip

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
LATIN = "bcdfghjklmnpqrstvwxz0123456789.,:;–-/()·!?'"
WIDTHS = (576, 384)


def warm() -> None:
    """Draw the Vietnamese letters at the sizes of a usual ticket, on both papers, and encode the result."""
    small = VIETNAMESE + LATIN
    letters = small + small.upper()
    words = " ".join(letters[at : at + 6] for at in range(0, len(letters), 6))
    for dots in WIDTHS:
        for service in ("Chứng thực", words):
            slip = Slip(
                agency=words,
                hall=words[:60],
                title=VIETNAMESE[:12],
                number="A-025",
                service=service,
                lines=(f"{small[:20]}: {small[-20:]}", words),
                priority=words[:20],
                qr="http://127.0.0.1:8080/t/0000000000000000000000",
                qr_caption=words,
                footer=words,
            )
            encode(render(slip, dots))
