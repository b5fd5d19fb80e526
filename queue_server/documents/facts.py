"""What the official papers tell of a dossier: plain values, so that drawing one needs no database and no clock.

Every time here is already in the hall's own zone; every text is already in Vietnamese, the language of these papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class OfficialNumber(StrEnum):
    """The forms of Circular 03/2025/TT-VPCP."""

    RECEIPT = "01"
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""
    SUPPLEMENT = "02"
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""
    REFUSAL = "03"
    """Phiếu từ chối tiếp nhận, giải quyết hồ sơ."""
    APOLOGY = "04"
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả."""
    STOP = "05"
    """Thông báo dừng giải quyết hồ sơ."""
    CONTROL = "06"
    """Phiếu kiểm soát quá trình giải quyết hồ sơ."""
    REGISTER = "07"
    """Sổ theo dõi hồ sơ."""


@dataclass(frozen=True, repr=False)
class Applicant:
    """Whoever files. Not shown by `repr`: it is personal."""

    name: str = ""
    id: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of the dossier. `form`: how it was handed in, in words (“bản điện tử”); `count`: sheets or files."""

    name: str
    count: int = 1
    form: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """A hop of the dossier. `giver` hands over to `taker`; `outcome`: before, on or after time, in words."""

    at: datetime
    what: str
    giver: str = ""
    taker: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, repr=False)
class RegisterRow:
    """One dossier's line in the register. `result_by`: how the result is handed over."""

    code: str
    procedure: str
    applicant: str
    address: str = ""
    phone: str = ""
    agency: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None
    returned_at: datetime | None = None
    result_by: str = ""
    note: str = ""
    sets: int = 1


@dataclass(frozen=True, repr=False)
class FormFacts:
    """Everything the seven forms may tell; what is not known stays empty and is left as a dotted line.

    `superior`: the agency above (“UBND TỈNH LÀO CAI”); `agency`: the one that answers; `hall`: the one-stop hall;
    `place`: the place of the date line (“Ngọc Sơn”); `made_at`: when this paper is made; `code`: the dossier code;
    `papers`: handed in; `reused`: copies that the hall had; `shown`: only shown at the counter; `owed`: to be brought
    there; `filed_at_kiosk`: the kiosk where it was filed, while no clerk has received it;
    `working_days`: the time the law allows; `new_due_at`: with 04; `missing`: what has to be brought, with 02;
    `reason`: with 02 to 05; `officer`: who is to be asked, else `clerk`; `qr`: what the QR code says;
    `fee`: in đồng; `result_by`: how the result is collected; `rows`, `since`, `until`: with 07.
    """

    agency: str
    hall: str
    made_at: datetime
    superior: str = ""
    place: str = ""
    code: str = ""
    procedure: str = ""
    procedure_code: str = ""
    applicant: Applicant = Applicant()
    papers: tuple[PaperLine, ...] = ()
    reused: tuple[PaperLine, ...] = ()
    shown: tuple[PaperLine, ...] = ()
    owed: tuple[PaperLine, ...] = ()
    sets: int = 1
    received_at: datetime | None = None
    due_at: datetime | None = None
    new_due_at: datetime | None = None
    working_days: int | None = None
    missing: tuple[str, ...] = ()
    reason: str = ""
    clerk: str = ""
    filed_at_kiosk: str = ""
    officer: str = ""
    hotline: str = ""
    qr: str = ""
    fee: int | None = None
    result_by: str = ""
    events: tuple[EventLine, ...] = ()
    rows: tuple[RegisterRow, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, repr=False)
class DeclarationFacts:
    """What a declaration says beside its answers. `addressee`: after “Kính gửi”; `place`: of the date line; `code`:
    the dossier code, empty until it is filed; `made_at`: when it was filled in; `draft`: shown to the citizen before
    filing, marked as not filed yet."""

    addressee: str
    place: str
    made_at: datetime
    code: str = ""
    draft: bool = False
