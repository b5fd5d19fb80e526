"""Sound cards that can play, by the kernel's names for them."""

from __future__ import annotations

from hardware.devices.find.found import Account, Found, access, used_by
from hardware.devices.find.roots import Roots, entries
from hardware.health import Kind
from hardware.speakers.cards import cards


def sound_cards(roots: Roots, account: Account | None = None) -> list[Found]:
    """One address for each output of each card: televisions on HDMI have some of their own."""
    found = []
    for card in cards(roots.proc / "asound/cards"):
        folder = roots.proc / "asound" / f"card{card.index}"
        outputs = [each.name[3:-1] for each in entries(folder, "pcm[0-9]*p")]
        for output in outputs:
            url = f"alsa://plughw:CARD={card.name}" + (f",DEV={output}" if output != "0" else "")
            node = roots.dev / "snd" / f"pcmC{card.index}D{output}p"
            allowed, group = access(node, account)
            # Two cards of one model are numbered Device and Device_1 in the order of plugging in.
            stable = not card.name.rstrip("0123456789").endswith("_")
            held = used_by(roots.proc, node)
            found.append(Found(Kind.SPEAKER, url, card.about, (), allowed, group, held, stable=stable))
    return found
