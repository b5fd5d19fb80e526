"""What a document camera's trial says of the paper under it, in words for the technician."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hardware.devices.telling import Teller
from hardware.errors import Code, DeviceError
from hardware.papers.advice import Advice
from hardware.words import N_

WORDS: Mapping[Advice, str] = {
    Advice.GOOD: N_("The paper can be read well."),
    Advice.NO_PAPER: N_("There is no paper to be seen: put one under the camera, on a plain, dark desk."),
    Advice.TOO_FAR: N_("The paper has too few dots: mount the camera lower, or ask for a larger picture by size=."),
    Advice.CUT_OFF: N_("The paper reaches beyond the picture: move it to the middle, or mount the camera higher."),
    Advice.TWO_PAPERS: N_("More than one paper is seen: leave one on the desk, and nothing else that is bright."),
    Advice.BLURRED: N_("The paper is blurred: set the focus on the desk, and lay the paper flat."),
    Advice.GLARE: N_("A lamp is mirrored over the text: move the lamp to the side."),
    Advice.TOO_DARK: N_("The paper is too dark: more light on the desk."),
    Advice.MOVING: N_("The paper moves: let it lie still."),
    Advice.UNREADABLE: N_("This is neither a picture nor a scanned PDF, or it is broken."),
    Advice.TOO_LARGE: N_("The file is too large for a paper."),
}


def tell_paper(image: Any, tell: Teller) -> bool:
    """Say it; True if the paper could be kept. Raises DeviceError `driver-missing`."""
    try:
        from hardware.papers.checking import check
    except ImportError as error:
        raise DeviceError(Code.DRIVER_MISSING, f"a document camera needs a library: {error}") from error
    checked = check(image)
    tell.say(WORDS[checked.advice])
    figures = checked.figures
    if figures.longest is not None and figures.share is not None:
        tell.say(
            N_("It is {dots:.0f} dots long and fills {share:.0f} percent of the picture."),
            dots=figures.longest,
            share=figures.share * 100,
        )
    if figures.blur is not None:
        tell.say(N_("Its edges are blurred by {blur:.1f} dots."), blur=figures.blur)
    return checked.advice is Advice.GOOD
