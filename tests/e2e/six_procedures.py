"""What a citizen of the pictures answers, for each of the six procedures that are filled in at the kiosk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HOME = "02680"
FATHER: dict[str, Any] = {
    "declarant_name": "Nguyễn Văn Bình",
    "declarant_birth_date": "1990-04-12",
    "declarant_id": "001090012345",
    "declarant_address": "Thôn Ba xã Cốc San",
    "declarant_phone": "0912345678",
    "copies": 2,
    "declarant_signature": True,
}
BIRTH: dict[str, Any] = {
    **FATHER,
    "relation": "father",
    "child_name": "Nguyễn Ngọc Ánh",
    "child_sex": "female",
    "child_birth_date": "2026-11-02",
    "child_birth_place": "clinic",
    "child_birth_facility": "Bệnh viện tỉnh",
    "child_birth_commune": HOME,
    "child_home": HOME,
    "child_ethnicity": "kinh",
    "mother_name": "Trần Thị Hương",
    "mother_birth_date": "1992-08-30",
    "mother_ethnicity": "kinh",
    "mother_address": "Thôn Ba xã Cốc San",
    "father_ethnicity": "kinh",
    "wants_copies": True,
}
SINGLE: dict[str, Any] = {
    **FATHER,
    "for_self": True,
    "declarant_sex": "male",
    "subject_ethnicity": "kinh",
    "marital": "divorced",
    "divorce_court": "Tòa án nhân dân",
    "divorce_number": "12",
    "divorce_date": "2024-05-06",
    "purpose": "other",
    "purpose_words": "Vay vốn",
}
WEDDING: dict[str, Any] = {
    **FATHER,
    "declarant_sex": "male",
    "declarant_ethnicity": "kinh",
    "declarant_marital": "divorced",
    "declarant_times": 2,
    "partner_name": "Trần Thị Hương",
    "partner_birth_date": "1992-08-30",
    "partner_id": "001192012345",
    "partner_ethnicity": "kinh",
    "partner_address": "Thôn Ba xã Cốc San",
    "partner_marital": "never",
    "wants_copies": True,
}
DEATH: dict[str, Any] = {
    **FATHER,
    "relation": "child",
    "deceased_name": "Nguyễn Văn Tám",
    "deceased_sex": "male",
    "deceased_birth_known": False,
    "deceased_birth_year": 1941,
    "deceased_ethnicity": "kinh",
    "deceased_address": "Thôn Ba xã Cốc San",
    "death_date": "2026-11-10",
    "death_time_known": True,
    "death_hour": 5,
    "death_minute": 30,
    "death_at": "home",
    "death_commune": HOME,
    "death_cause": "Tuổi già",
    "notice": "notice",
    "notice_number": "15",
    "notice_by": "Trạm y tế xã",
    "notice_date": "2026-11-11",
    "wants_copies": False,
}
RESIDENCE: dict[str, Any] = {
    **FATHER,
    "declarant_sex": "male",
    "new_commune": HOME,
    "new_street": "Thôn Ba",
    "home_right": "rented",
    "home_owner": "Lê Thị Lan",
    "is_head": False,
    "head_name": "Lê Thị Lan",
    "head_relation": "Ở thuê",
    "head_id": "001170012345",
    "members": "1",
    "member1_name": "Nguyễn Ngọc Ánh",
    "member1_birth_date": "2019-11-02",
    "member1_sex": "female",
    "member1_id": "001319012345",
    "member1_relation": "Con",
}
COPIES: dict[str, Any] = {
    **FATHER,
    "kinds": ["identity", "other"],
    "other_kind": "Thẻ đảng viên",
    "pages": 4,
    "has_copies": False,
}


@dataclass(frozen=True)
class Procedure:
    """`event`: the life event by which it is found; `form`: code and version."""

    code: str
    event: str
    form: tuple[str, str]
    answers: Mapping[str, Any]


PROCEDURES = {
    "birth": Procedure("1.001193", "sinh-con", ("khai-sinh", "2025-07-01"), BIRTH),
    "single": Procedure("1.004873", "ket-hon", ("xac-nhan-hon-nhan", "2025-07-01"), SINGLE),
    "wedding": Procedure("1.000894", "ket-hon", ("ket-hon", "2025-07-01"), WEDDING),
    "death": Procedure("1.000656", "nguoi-than-mat", ("khai-tu", "2025-07-01"), DEATH),
    "residence": Procedure("1.004222", "chuyen-nha", ("ct01", "2025-07-01"), RESIDENCE),
    "copies": Procedure("2.000815", "hoc-viec", ("chung-thuc-ban-sao", "2025-07-01"), COPIES),
}
