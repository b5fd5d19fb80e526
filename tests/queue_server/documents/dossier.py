"""A dossier with a long life, as the forms 01 to 07 tell of it."""

from __future__ import annotations

from datetime import date, datetime

from queue_server.documents import Applicant, EventLine, FormFacts, PaperLine, RegisterRow

from .filled import HALL_ZONE


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=HALL_ZONE)


NAME = "Nguyễn Thị Thanh Hường"
PROCEDURE = "Cấp Giấy xác nhận tình trạng hôn nhân"
FACTS = FormFacts(
    agency="UBND xã Ngọc Sơn",
    superior="UBND tỉnh Lào Cai",
    hall="Trung tâm Phục vụ hành chính công",
    made_at=_at(5, 9, 31),
    place="Ngọc Sơn",
    code="000.00.12.H62-260105-0004",
    procedure=PROCEDURE,
    procedure_code="1.004873",
    applicant=Applicant(
        NAME,
        "015301000123",
        "Số nhà 125, ngõ 42 đường Nguyễn Thị Minh Khai, tổ dân phố số 17, phường Cam Đường, tỉnh Lào Cai",
        "0912345678",
        "huong.nguyen@example.vn",
    ),
    papers=(
        PaperLine("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", 1, "bản điện tử"),
        PaperLine("Trích lục ghi chú ly hôn hoặc trích lục khai tử", 1, "bản điện tử đã lưu, dùng lại"),
        PaperLine("Căn cước", 1, "nộp tại quầy"),
    ),
    received_at=_at(5, 9, 30),
    due_at=_at(8, 16, 30),
    new_due_at=_at(13, 16, 30),
    working_days=3,
    missing=("Bản sao quyết định ly hôn có xác nhận của Tòa án", "Giấy ủy quyền có chứng thực"),
    reason="Cần xác minh tình trạng hôn nhân tại nơi cư trú trước đây, nơi đó chưa trả lời",
    clerk="Trần Văn Bình",
    hotline="1022",
    qr="https://motcua.example.vn/d/3kQ9sVf7Gq2mXa",
    fee=15_000,
    events=(
        EventLine(_at(5, 9, 30), "Nộp hồ sơ", NAME, "Bộ phận Một cửa"),
        EventLine(_at(5, 10), "Tiếp nhận", "Trần Văn Bình", "Công chức hộ tịch"),
        EventLine(_at(8, 15), "Gia hạn", "Lê Thị Hoa", note="Cần xác minh tại nơi cư trú trước đây"),
        EventLine(_at(13, 9), "Có kết quả", "Lê Thị Hoa", "Bộ phận Một cửa", "đúng hạn"),
    ),
    rows=tuple(
        RegisterRow(
            f"000.00.12.H62-260105-{place:04}",
            PROCEDURE,
            NAME,
            "Tổ dân phố số 17, phường Cam Đường, tỉnh Lào Cai",
            "0912345678",
            "UBND xã Ngọc Sơn",
            _at(5, 9, 30),
            _at(8, 16, 30),
            _at(7, 15) if place % 3 else None,
            "tại quầy",
        )
        for place in range(1, 24)
    ),
    since=date(2026, 1, 5),
    until=date(2026, 1, 5),
)
