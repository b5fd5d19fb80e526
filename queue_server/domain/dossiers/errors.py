"""What the rules of dossiers refuse, each with a stable code, a message for a person and what to do next."""

from __future__ import annotations

from queue_server.domain.errors import HallError
from queue_server.domain.text import N_


class DossierUnknown(HallError):
    code = "dossier-unknown"
    message = N_("There is no such dossier.")
    action = N_("Check the code on the receipt.")


class DossierActIllegal(HallError):
    """Params: code, dossier_state, act."""

    code = "dossier-act-illegal"
    message = N_("Dossier {code} is “{dossier_state}”; “{act}” is not possible now.")
    action = N_("Reload to see where the dossier stands.")


class DossierChanged(HallError):
    """Params: code."""

    code = "dossier-changed"
    message = N_("Somebody else has worked on dossier {code} meanwhile.")
    action = N_("Look at how it stands now, then choose again.")


class ReasonMissing(HallError):
    """Params: act."""

    code = "reason-missing"
    message = N_("“{act}” needs a reason: it stands on the paper that the citizen gets.")
    action = N_("Write the reason in words that the citizen understands.")


class NewDueMissing(HallError):
    code = "new-due-missing"
    message = N_("To take longer, a new day has to be given, after the one promised.")
    action = N_("Choose a working day after the present due date.")


class PapersNotChecked(HallError):
    """Params: papers (types, with commas)."""

    code = "papers-not-checked"
    message = N_("Papers that must be seen have not been ticked: {papers}.")
    action = N_("Look at each paper and tick it, or ask for what is missing.")


class FormNotMade(HallError):
    """Params: number."""

    code = "form-not-made"
    message = N_("Form {number} is not made for this dossier as it stands.")
    action = N_("Choose another form.")


class CodesExhausted(HallError):
    code = "codes-exhausted"
    message = N_("Today's dossier codes are used up.")
    action = N_("Ask the hall's staff for help.")
