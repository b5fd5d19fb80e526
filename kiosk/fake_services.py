"""A commune's offer as the server would send it: for the fake hall, tests and pictures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from queue_server.contract import (
    Hall,
    LocalText,
    Opening,
    OpeningReason,
    PriorityCategory,
    Service,
    ServiceGroup,
    ServicesReply,
)

MINUTE_S = 60
SAME_DAY = ("Trong ngày; nộp sau 15 giờ thì ngày hôm sau", "Same day; next day if filed after 15:00")
ON_TIME = ("Miễn lệ phí khi đăng ký đúng hạn", "Free when on time")
Pair = tuple[str, str]
Queue = tuple[int, int, int]


def services_reply(opening: Opening | None = None, now: datetime | None = None) -> ServicesReply:
    """Four groups of services, six priority categories; open unless `opening` says otherwise."""
    now = now or datetime.now(UTC)
    return ServicesReply(
        hall=Hall(
            agency=_text(("UBND XÃ NGỌC SƠN", "PEOPLE'S COMMITTEE OF NGỌC SƠN COMMUNE")),
            name=_text(("Bộ phận Tiếp nhận và Trả kết quả (Một cửa)", "One-Stop Service Hall")),
            timezone="Asia/Ho_Chi_Minh",
        ),
        opening=opening or Opening(issuing=True, reason=OpeningReason.OPEN, closes_at=now + timedelta(hours=2)),
        groups=_groups(),
        priorities=_priorities(),
        idle_s=45,
        ticket_s=15,
        now=now,
    )


def _text(pair: Pair) -> LocalText:
    return LocalText(vi=pair[0], en=pair[1])


def _service(
    code: str,
    name: Pair,
    papers: tuple[Pair, ...],
    duration: Pair | None,
    fee: Pair | None,
    queue: Queue,
) -> Service:
    """`queue`: how many wait, and the expected wait from and to, in minutes."""
    waiting, low, high = queue
    return Service(
        code=code,
        name=_text(name),
        target_s=15 * MINUTE_S,
        papers=tuple(_text(paper) for paper in papers),
        duration=_text(duration) if duration else None,
        fee=_text(fee) if fee else None,
        waiting=waiting,
        ahead=waiting,
        counters=2,
        wait_low_s=low * MINUTE_S,
        wait_high_s=high * MINUTE_S,
    )


def _groups() -> tuple[ServiceGroup, ...]:
    return (
        ServiceGroup(code="ho-tich", prefix="A", name=_text(("Hộ tịch", "Civil status")), services=_civil_status()),
        ServiceGroup(
            code="chung-thuc", prefix="B", name=_text(("Chứng thực", "Certification")), services=_certification()
        ),
        ServiceGroup(code="cu-tru", prefix="C", name=_text(("Cư trú", "Residence")), services=_residence()),
        ServiceGroup(
            code="xa-hoi",
            prefix="D",
            name=_text(("Bảo trợ xã hội – Kinh doanh", "Social protection – Business")),
            services=_social(),
        ),
    )


def _civil_status() -> tuple[Service, ...]:
    return (
        _service(
            "1.001193",
            ("Đăng ký khai sinh", "Birth registration"),
            (
                ("Tờ khai đăng ký khai sinh", "Birth registration form"),
                ("Giấy chứng sinh", "Birth notice from the hospital"),
                ("Xuất trình căn cước", "Identity card, to be shown"),
            ),
            SAME_DAY,
            ON_TIME,
            (12, 10, 25),
        ),
        _service(
            "1.000894",
            ("Đăng ký kết hôn", "Marriage registration"),
            (
                ("Tờ khai đăng ký kết hôn", "Marriage registration form"),
                ("Căn cước của hai người; cả hai cùng có mặt", "Both identity cards; both attend"),
            ),
            (
                "Trong ngày; cần xác minh: thêm không quá 3 ngày làm việc",
                "Same day; up to 3 more working days to verify",
            ),
            ("Miễn lệ phí cho người cư trú trong nước", "Free for residents"),
            (3, 5, 12),
        ),
        _service(
            "1.000656",
            ("Đăng ký khai tử", "Death registration"),
            (("Tờ khai đăng ký khai tử", "Death registration form"), ("Giấy báo tử", "Death notice")),
            ("Trong ngày", "Same day"),
            ON_TIME,
            (0, 0, 5),
        ),
        _service(
            "1.004873",
            ("Cấp giấy xác nhận tình trạng hôn nhân", "Certificate of marital status"),
            (
                ("Tờ khai", "Form"),
                ("Trích lục ly hôn hoặc khai tử (nếu có)", "Extract of divorce or death, if any"),
            ),
            ("3 ngày làm việc", "3 working days"),
            ("Không quá 15.000đ", "Up to 15,000đ"),
            (4, 6, 15),
        ),
        _service(
            "2.000635",
            ("Cấp bản sao trích lục hộ tịch", "Copy of a civil status extract"),
            (("Tờ khai; xuất trình căn cước", "Form; identity card, to be shown"),),
            ("Trong ngày", "Same day"),
            None,
            (1, 2, 6),
        ),
        _service(
            "1.004859",
            ("Thay đổi, cải chính, bổ sung thông tin hộ tịch", "Change or correction of civil status data"),
            (("Tờ khai; giấy tờ làm căn cứ cải chính", "Form; papers that prove the correction"),),
            None,
            None,
            (2, 95, 130),
        ),
    )


def _certification() -> tuple[Service, ...]:
    return (
        _service(
            "2.000815",
            ("Chứng thực bản sao từ bản chính", "Certified copy of an original"),
            (("Bản chính", "The original"), ("Bản sao cần chứng thực", "The copies to be certified")),
            SAME_DAY,
            (
                "2.000đ/trang, từ trang thứ 3: 1.000đ/trang, tối đa 200.000đ/bản",
                "2,000đ a page, 1,000đ from page 3, at most 200,000đ a copy",
            ),
            (8, 15, 30),
        ),
        _service(
            "2.000884",
            ("Chứng thực chữ ký", "Certified signature"),
            (("Căn cước còn giá trị", "A valid identity card"), ("Giấy tờ sẽ ký", "The paper to be signed")),
            SAME_DAY,
            None,
            (2, 3, 8),
        ),
    )


def _residence() -> tuple[Service, ...]:
    return (
        _service(
            "1.004222",
            ("Đăng ký thường trú", "Permanent residence registration"),
            (
                ("Tờ khai CT01", "Form CT01"),
                (
                    "Giấy tờ chứng minh chỗ ở hợp pháp, trừ khi đã có trong cơ sở dữ liệu",
                    "Proof of a lawful home, unless it is in the database",
                ),
            ),
            ("7 ngày làm việc", "7 working days"),
            ("20.000đ tại quầy, 10.000đ trực tuyến", "20,000đ at the counter, 10,000đ online"),
            (5, 10, 20),
        ),
        _service(
            "1.004194",
            ("Đăng ký tạm trú", "Temporary residence registration"),
            (("Tờ khai CT01; giấy tờ về chỗ ở", "Form CT01; proof of the home"),),
            None,
            None,
            (0, 0, 0),
        ),
    )


def _social() -> tuple[Service, ...]:
    return (
        _service(
            "1.001699",
            ("Xác định mức độ khuyết tật", "Assessment of a disability"),
            (
                (
                    "Đơn đề nghị; bệnh án, giấy tờ khám chữa bệnh (nếu có)",
                    "Application; medical records, if any",
                ),
            ),
            None,
            None,
            (1, 5, 15),
        ),
        _service(
            "1.001612",
            ("Đăng ký thành lập hộ kinh doanh", "Registration of a household business"),
            (("Giấy đề nghị đăng ký hộ kinh doanh", "Application for a household business"),),
            None,
            None,
            (2, 8, 20),
        ),
    )


def _priorities() -> tuple[PriorityCategory, ...]:
    rows: tuple[tuple[str, Pair, Pair | None], ...] = (
        ("elderly", ("Người cao tuổi (từ 60 tuổi)", "Elderly (60 and over)"), ("Căn cước", "Identity card")),
        ("pregnant", ("Phụ nữ mang thai", "Pregnant"), None),
        (
            "disability",
            ("Người khuyết tật", "Person with a disability"),
            ("Giấy xác nhận khuyết tật (nếu có)", "Disability certificate, if any"),
        ),
        (
            "merit",
            ("Người có công với cách mạng", "Person of merit"),
            ("Giấy chứng nhận người có công", "Certificate of merit"),
        ),
        ("small-child", ("Người đi cùng trẻ nhỏ", "With a small child"), None),
        ("other", ("Trường hợp khác – báo cán bộ", "Other – please tell the staff"), None),
    )
    return tuple(
        PriorityCategory(code=code, name=_text(name), proof=_text(proof) if proof else None)
        for code, name, proof in rows
    )
