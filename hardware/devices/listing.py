"""`motcua devices list` on the screen: what was found, one device a paragraph, its address ready to be copied."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from hardware.devices.find import Access, Found
from hardware.devices.kinds import WORDS
from hardware.devices.telling import Teller
from hardware.words import N_

NOTHING = N_(
    "No device was found. Is it switched on, and is its cable plugged in at both ends? "
    "After plugging it in wait five seconds; `dmesg` shows whether the machine noticed."
)
IN_USE = N_("in use by {programs}")
_ACCESS = {
    Access.OPEN: N_("may be opened"),
    Access.DENIED: N_("may not be opened: add the account to the group {group}"),
    Access.UNKNOWN: N_("nobody knows whether it may be opened"),
}


def tell_found(found: Sequence[Found], tell: Teller) -> None:
    if not found:
        tell.say(NOTHING)
    for each in found:
        tell.line(each.url)
        words = [tell.text(WORDS[each.kind]), each.about, tell.text(_ACCESS[each.access], group=each.group)]
        words.append(tell.text(IN_USE, programs=", ".join(each.used_by)) if each.used_by else "")
        tell.line("    " + " · ".join(word for word in words if word))
        for other in each.also:
            tell.line("    " + tell.text(N_("or: {url}"), url=other))
        if not each.stable:
            tell.line("    " + tell.text(N_("This name may change when other devices are plugged in.")))


def as_json(found: Sequence[Found]) -> str:
    return json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2)
