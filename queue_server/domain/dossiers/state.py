"""Where a dossier stands, and what may be done with it there."""

from __future__ import annotations

from enum import StrEnum

from queue_server.domain.text import N_


class DossierState(StrEnum):
    DRAFT = "draft"
    """Prepared at the kiosk for a counter: not submitted yet, a clerk completes it with the citizen."""
    SUBMITTED = "submitted"
    """Filed by the citizen, not looked at yet."""
    RECEIVED = "received"
    """A clerk has found it complete."""
    SUPPLEMENT_REQUESTED = "supplement-requested"
    PROCESSING = "processing"
    RESULT_READY = "result-ready"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DossierAct(StrEnum):
    """What somebody does with it; each is an event, too."""

    PREPARE = "prepared"
    SUBMIT = "submitted"
    RECEIVE = "received"
    REQUEST_SUPPLEMENT = "supplement-requested"
    SUPPLEMENT = "supplemented"
    PROCESS = "processing-begun"
    EXTEND = "extended"
    READY = "result-made"
    RETURN = "returned"
    REFUSE = "refused"
    WITHDRAW = "withdrawn"
    LAPSE = "lapsed"
    """Nobody went on with it, and what is personal in it is erased: done by the system, never by hand."""


STATE_NAMES: dict[DossierState, str] = {
    DossierState.DRAFT: N_("prepared, to be completed at the counter"),
    DossierState.SUBMITTED: N_("filed, waiting to be checked"),
    DossierState.RECEIVED: N_("received"),
    DossierState.SUPPLEMENT_REQUESTED: N_("waiting for papers from you"),
    DossierState.PROCESSING: N_("being processed"),
    DossierState.RESULT_READY: N_("result ready, please collect it"),
    DossierState.RETURNED: N_("result handed over"),
    DossierState.REFUSED: N_("refused"),
    DossierState.WITHDRAWN: N_("withdrawn"),
}

ACT_NAMES: dict[DossierAct, str] = {
    DossierAct.PREPARE: N_("Prepared at the kiosk"),
    DossierAct.SUBMIT: N_("Filed"),
    DossierAct.RECEIVE: N_("Received"),
    DossierAct.REQUEST_SUPPLEMENT: N_("Papers asked for"),
    DossierAct.SUPPLEMENT: N_("Completed"),
    DossierAct.PROCESS: N_("Processing begun"),
    DossierAct.EXTEND: N_("Put off"),
    DossierAct.READY: N_("Result made"),
    DossierAct.RETURN: N_("Result handed over"),
    DossierAct.REFUSE: N_("Refused"),
    DossierAct.WITHDRAW: N_("Withdrawn"),
    DossierAct.LAPSE: N_("Ended because nobody went on with it"),
}
"""As a line of the history; also what is refused where it is not possible."""

_S, _A = DossierState, DossierAct
TRANSITIONS: dict[tuple[DossierState, DossierAct], DossierState] = {
    (_S.DRAFT, _A.SUBMIT): _S.SUBMITTED,
    (_S.DRAFT, _A.RECEIVE): _S.RECEIVED,
    (_S.DRAFT, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.SUBMITTED, _A.RECEIVE): _S.RECEIVED,
    (_S.SUBMITTED, _A.REQUEST_SUPPLEMENT): _S.SUPPLEMENT_REQUESTED,
    (_S.SUBMITTED, _A.REFUSE): _S.REFUSED,
    (_S.SUBMITTED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.SUPPLEMENT_REQUESTED, _A.SUPPLEMENT): _S.SUBMITTED,
    (_S.SUPPLEMENT_REQUESTED, _A.REFUSE): _S.REFUSED,
    (_S.SUPPLEMENT_REQUESTED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.RECEIVED, _A.PROCESS): _S.PROCESSING,
    (_S.RECEIVED, _A.REQUEST_SUPPLEMENT): _S.SUPPLEMENT_REQUESTED,
    (_S.RECEIVED, _A.READY): _S.RESULT_READY,
    (_S.RECEIVED, _A.EXTEND): _S.RECEIVED,
    (_S.RECEIVED, _A.REFUSE): _S.REFUSED,
    (_S.RECEIVED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.PROCESSING, _A.REQUEST_SUPPLEMENT): _S.SUPPLEMENT_REQUESTED,
    (_S.PROCESSING, _A.EXTEND): _S.PROCESSING,
    (_S.PROCESSING, _A.READY): _S.RESULT_READY,
    (_S.PROCESSING, _A.REFUSE): _S.REFUSED,
    (_S.PROCESSING, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.RESULT_READY, _A.RETURN): _S.RETURNED,
}
"""A state and an act that are not here together are refused."""

FINAL = frozenset({_S.RETURNED, _S.REFUSED, _S.WITHDRAWN})
LEFT_ALONE = frozenset({_S.DRAFT, _S.SUBMITTED, _S.SUPPLEMENT_REQUESTED, _S.RESULT_READY})
"""Where a dossier may lie for good because nobody comes: these lapse. What a clerk has taken up does not."""
