"""Slips as citizens get them, for the tests."""

from __future__ import annotations

from hardware.printers.slip import Slip

TRACK_URL = "http://192.168.100.20:8080/t/3f9aK2Lx0pQvB7sTzYw1Rg"

PLAIN = Slip(
    agency="UBND phường Thịnh Liệt",
    hall="Bộ phận Tiếp nhận và Trả kết quả",
    title="PHIẾU SỐ THỨ TỰ",
    number="A-025",
    service="Chứng thực bản sao từ bản chính",
    lines=("Số người chờ trước: 12", "Dự kiến chờ: 10–25 phút", "09:05 22/11/2026"),
    qr=TRACK_URL,
    qr_caption="Quét mã để theo dõi lượt của bạn trên điện thoại",
    footer="Vui lòng giữ phiếu và chờ gọi số. Xin cảm ơn!",
)

LONG = Slip(
    agency="Ủy ban nhân dân xã Nghĩa Hưng, tỉnh Ninh Bình",
    hall="Trung tâm Phục vụ hành chính công",
    title="PHIẾU SỐ THỨ TỰ",
    number="HT-015",
    service=(
        "Thủ tục đăng ký thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc cho người từ đủ 14 tuổi "
        "trở lên cư trú ở nước ngoài"
    ),
    lines=("Số người chờ trước: 3", "Bước tiếp theo: Chứng thực chữ ký trong các giấy tờ, văn bản", "14:32 22/11/2026"),
    priority="ƯU TIÊN · Người cao tuổi",
    qr="https://motcua.nghiahung.ninhbinh.gov.vn/t/3f9aK2Lx0pQvB7sTzYw1Rg",
    qr_caption="Quét mã để theo dõi lượt của bạn trên điện thoại",
    footer="Vui lòng giữ phiếu và chờ gọi số. Xin cảm ơn!",
)

BARE = Slip(agency="", hall="", title="", number="001", service="")
