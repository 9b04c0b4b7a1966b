"""One paper of every layout that lies in archives: of older states, laws, the Party, mass organisations, joint ones, copies.

In: nothing, or randomness for others of the same layouts. Out: `DocumentSpec`s by name; agencies, people and matters are made up.
"""

import random
from dataclasses import replace
from datetime import date

from sample_printer.spec import (
    Annex,
    Arrival,
    CopyBlock,
    DigitalMark,
    DocumentSpec,
    Head,
    Signature,
    Style,
)
from sample_printer.writing import person

_PROVINCES = (
    "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Điện Biên", "Đồng Tháp", "Gia Lai", "Hà Tĩnh", "Hưng Yên",
    "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Phú Thọ", "Quảng Ngãi", "Sơn La", "Tuyên Quang",
)  # fmt: skip
_DECREES = (
    "~ Căn cứ chức năng, nhiệm vụ và quyền hạn được giao;",
    "~ Xét đề nghị của Trưởng ban Thủy lợi tại tờ trình ngày 12 tháng này,",
    "# QUYẾT ĐỊNH:",
    "Điều 1. Thành lập tổ quản lý hồ chứa nước gồm bảy người, do ông Lò Văn Pánh làm tổ trưởng, ăn công điểm của hợp tác xã.",
    "Điều 2. Các ông Chánh văn phòng, Trưởng ban Thủy lợi và người có tên trên chịu trách nhiệm thi hành quyết định này./.",
)
_TELLS = (
    "Thực hiện chương trình công tác năm, cơ quan đã tổ chức rà soát, sắp xếp lại hồ sơ và đạt được những kết quả sau đây.",
    "1. Công tác tuyên truyền được duy trì thường xuyên ở khắp các địa bàn, nhiều nơi có cách làm hay, được nhân dân đồng tình.",
    "2. Đề nghị các đơn vị tiếp tục thực hiện nghiêm túc, báo cáo kết quả về cơ quan trước ngày 25 hằng tháng để tổng hợp./.",
)
_PROVINCE = "TỈNH HOÀNG GIANG"

OLDER: dict[str, DocumentSpec] = {
    "north-1958": DocumentSpec(
        "Quyết định", f"ỦY BAN HÀNH CHÍNH\n{_PROVINCE}", "145", "QĐ/UB", "Hoàng Giang", date(1958, 4, 7),
        "Về việc thành lập tổ quản lý hồ chứa nước Nậm Khoang", _DECREES,
        (Signature("CHỦ TỊCH", "Hà Kế Tấn", "TM. ỦY BAN HÀNH CHÍNH TỈNH"),),
        to_places=("Ban Thủy lợi", "Lưu"), style=Style.TYPEWRITER, head=Head.DEMOCRATIC_REPUBLIC, number_joint=" ",
    ),
    "south-1973": DocumentSpec(
        "Chỉ thị", f"ỦY BAN NHÂN DÂN CÁCH MẠNG\n{_PROVINCE}", "12", "CT-UB", "Hoàng Giang", date(1973, 10, 3),
        "Về việc chăm lo đời sống đồng bào vùng mới giải phóng", _TELLS,
        (Signature("CHỦ TỊCH", "Huỳnh Tấn Phước", "TM. ỦY BAN NHÂN DÂN CÁCH MẠNG"),),
        to_places=("Các huyện", "Lưu VP"), style=Style.TYPEWRITER, head=Head.SOUTHERN_REPUBLIC,
    ),
    "letter-1988": DocumentSpec(
        "Công văn", "ỦY BAN NHÂN DÂN\nHUYỆN ĐÔNG KHÊ", "345", "UB", "Đông Khê", date(1988, 11, 9), "", _TELLS,
        (Signature("PHÓ CHỦ TỊCH", "Trịnh Xuân Bái", "TM. UBND HUYỆN\nKT. CHỦ TỊCH"),),
        parent_organ_name=f"ỦY BAN NHÂN DÂN\n{_PROVINCE}", addressees=("Ủy ban nhân dân các xã, thị trấn",),
        to_places=("Như trên", "Lưu VP"), style=Style.TYPEWRITER,
    ),
    "circular-2007": DocumentSpec(
        "Thông báo", "SỞ THỦY SẢN", "88", "TB-STS", "Hoàng Giang", date(2007, 5, 21),
        "Về việc thay đổi thời gian nghỉ trưa mùa hè", _TELLS, (Signature("GIÁM ĐỐC", "Bùi Thị Lan Oanh"),),
        parent_organ_name=f"UBND {_PROVINCE}", to_places=("Các phòng, đơn vị", "Lưu: VT"), style=Style.CIRCULAR2011,
    ),
}  # fmt: skip

NORMATIVE: dict[str, DocumentSpec] = {
    "decree": DocumentSpec(
        "Nghị định", "CHÍNH PHỦ", "45/2023", "NĐ-CP", "Hà Nội", date(2023, 7, 1),
        "Quy định chi tiết một số điều của Luật Hồ chứa nước", _TELLS,
        (Signature("PHÓ THỦ TƯỚNG", "Lê Quang Tuấn", "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG"),),
        to_places=("Ban Bí thư Trung ương Đảng", "Lưu: VT, NN (2b)"),
    ),
    "law": DocumentSpec(
        "Luật", "QUỐC HỘI", "37/2023", "QH15", "", date(2023, 6, 21), "HỒ CHỨA NƯỚC",
        ("~ Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;",
         "Điều 1. Luật này quy định về xây dựng, vận hành và bảo vệ hồ chứa nước trên lãnh thổ Việt Nam.",
         "Điều 2. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2024.",
         "~ Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, kỳ họp thứ 5 "
         "thông qua ngày 21 tháng 6 năm 2023."),
        (Signature("CHỦ TỊCH QUỐC HỘI", "Ngô Đình Huy"),), number_label="Luật số:", dated=False,
    ),
    "council-resolution": DocumentSpec(
        "Nghị quyết", f"HỘI ĐỒNG NHÂN DÂN\n{_PROVINCE}", "15/2021", "NQ-HĐND", "Hoàng Giang", date(2021, 12, 9),
        "Ban hành quy định mức thu phí tham quan danh lam thắng cảnh", _TELLS, (Signature("CHỦ TỊCH", "Phan Văn Lượng"),),
        to_places=("Ủy ban Thường vụ Quốc hội", "Lưu: VT"),
    ),
}  # fmt: skip

ORGANISATIONS: dict[str, DocumentSpec] = {
    "party-resolution": DocumentSpec(
        "Nghị quyết", "TỈNH ỦY HOÀNG GIANG", "22", "NQ/TU", "Hoàng Giang", date(2019, 8, 14),
        "về xây dựng nông thôn mới giai đoạn 2020 - 2025", _TELLS, (Signature("BÍ THƯ", "Vi Thanh Bình", "T/M TỈNH ỦY"),),
        to_places=("Các huyện ủy, thành ủy", "Lưu Văn phòng Tỉnh ủy"), head=Head.PARTY,
    ),
    "party-letter": DocumentSpec(
        "Công văn", "BAN TỔ CHỨC", "1145", "CV/BTCTU", "Hoàng Giang", date(2022, 3, 18), "V/v rà soát hồ sơ đảng viên", _TELLS,
        (Signature("PHÓ TRƯỞNG BAN", "Cao Thị Ngọc Hân", "K/T TRƯỞNG BAN"),), parent_organ_name="TỈNH ỦY HOÀNG GIANG",
        addressees=("Các huyện ủy, thị ủy",), to_places=("Như trên", "Lưu Ban Tổ chức"), head=Head.PARTY,
    ),
    "youth-plan": DocumentSpec(
        "Kế hoạch", "BAN CHẤP HÀNH\nĐOÀN TỈNH HOÀNG GIANG", "112", "KH/TĐTN-VP", "Hoàng Giang", date(2020, 2, 26),
        "Tổ chức Tháng Thanh niên năm 2020", _TELLS, (Signature("BÍ THƯ", "Mạc Thúy Vi", "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN"),),
        to_places=("Các huyện, thành đoàn", "Lưu VP"), head=Head.YOUTH,
    ),
    "front-notice": DocumentSpec(
        "Thông báo", f"ỦY BAN MTTQ VIỆT NAM\n{_PROVINCE}", "31", "TB-MTTQ-BTT", "Hoàng Giang", date(2018, 9, 5),
        "Kết quả hội nghị hiệp thương lần thứ hai", _TELLS,
        (Signature("PHÓ CHỦ TỊCH", "Đỗ Thị Sen", "TM. BAN THƯỜNG TRỰC\nKT. CHỦ TỊCH"),),
        parent_organ_name="MẶT TRẬN TỔ QUỐC VIỆT NAM", to_places=("Các tổ chức thành viên", "Lưu: VT"),
    ),
    "union-plan": DocumentSpec(
        "Kế hoạch", f"LIÊN ĐOÀN LAO ĐỘNG\n{_PROVINCE}", "08", "KH-LĐLĐ", "Hoàng Giang", date(2016, 1, 15),
        "Chăm lo tết cho đoàn viên có hoàn cảnh khó khăn", _TELLS,
        (Signature("CHỦ TỊCH", "Hồ Viết Sự", "TM. BAN THƯỜNG VỤ"),),
        parent_organ_name="TỔNG LIÊN ĐOÀN\nLAO ĐỘNG VIỆT NAM", to_places=("Công đoàn cơ sở", "Lưu: VT"), style=Style.CIRCULAR2011,
    ),
}  # fmt: skip

JOINT: dict[str, DocumentSpec] = {
    "joint-circular": DocumentSpec(
        "Thông tư liên tịch", "BỘ NỘI VỤ", "12/2013", "TTLT-BNV-BTC", "Hà Nội", date(2013, 10, 31),
        "Hướng dẫn chế độ phụ cấp đối với người trông coi hồ chứa nước", _TELLS,
        (Signature("THỨ TRƯỞNG", "Nguyễn Công Nghiệp", "KT. BỘ TRƯỞNG\nBỘ TÀI CHÍNH"),
         Signature("THỨ TRƯỞNG", "Trần Anh Tuấn", "KT. BỘ TRƯỞNG\nBỘ NỘI VỤ")),
        style=Style.CIRCULAR2011, co_issuers=("BỘ TÀI CHÍNH",),
    ),
    "joint-guide": DocumentSpec(
        "Hướng dẫn", "SỞ TÀI CHÍNH", "1024", "HDLT-STC-SXD", "Hoàng Giang", date(2015, 6, 30),
        "Quyết toán vốn đầu tư các công trình cấp nước", _TELLS,
        (Signature("GIÁM ĐỐC\nSỞ XÂY DỰNG", "Tạ Hữu Phúc"), Signature("GIÁM ĐỐC\nSỞ TÀI CHÍNH", "Ninh Thị Thảo")),
        parent_organ_name=f"UBND {_PROVINCE}", style=Style.CIRCULAR2011, co_issuers=("SỞ XÂY DỰNG",), dashed=True,
    ),
}  # fmt: skip

_DECISION = DocumentSpec(
    "Quyết định", f"ỦY BAN NHÂN DÂN\n{_PROVINCE}", "1873", "QĐ-UBND", "Hoàng Giang", date(2022, 9, 14),
    "Về việc phê duyệt phương án bảo vệ hồ chứa nước Nậm Khoang", _DECREES,
    (Signature("PHÓ CHỦ TỊCH", "Lường Thị Xuân", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "UBND tỉnh Hoàng Giang"),),
    to_places=("Như Điều 2", "Lưu: VT, KT"),
)  # fmt: skip


COPIES: dict[str, DocumentSpec] = {
    "copied-on-paper": replace(
        _DECISION,
        copy=CopyBlock(
            "Sao y", "VĂN PHÒNG UBND\nHUYỆN ĐÔNG KHÊ", "05", "SY-VP", "Đông Khê", date(2022, 10, 3),
            Signature("CHÁNH VĂN PHÒNG", "Đèo Văn Khánh"), ("Các xã, thị trấn",),
        )
    ),
    "excerpt-on-paper": replace(
        _DECISION,
        copy=CopyBlock(
            "Trích sao", "PHÒNG NỘI VỤ", "17", "TrS-PNV", "Đông Khê", date(2022, 10, 20), Signature("TRƯỞNG PHÒNG", "Sầm Thị Mỵ")
        )
    ),
    "copied-by-signature": replace(
        _DECISION,
        digital_marks=(
            DigitalMark(
                ("Sao y; Ủy ban nhân dân tỉnh Hoàng Giang;", "Thời gian ký: 19/09/2022 08:34:29 +07:00"),
                "Ủy ban nhân dân tỉnh Hoàng Giang", "2022-09-19T08:34:29+07:00", "Sao y",
            ),
        )
    ),
    "signed-by-a-person": replace(
        _DECISION,
        digital_marks=(
            DigitalMark(
                ("Người ký: Vương Thị Hạnh", "Thời gian ký: 2023-05-30T14:02:11+07:00"),
                "Vương Thị Hạnh", "2023-05-30T14:02:11+07:00", on_left=True,
            ),
        )
    ),
    "copy-stamp": replace(_DECISION, copy_stamp="SAO Y BẢN CHÍNH"),
    "arrived": replace(_DECISION, arrival=Arrival("SỞ NÔNG NGHIỆP HOÀNG GIANG", "4521", date(2022, 9, 16), "Chi cục TL")),
    "noted-by-hand": replace(_DECISION, notes=("Kính chuyển", "anh Vượng", "đọc kỹ", "báo lại")),
    "with-annexes": replace(
        _DECISION,
        annexes=(
            Annex(("# PHỤ LỤC I", "# DANH SÁCH NGƯỜI TRÔNG COI", "{annex}", "| STT | Họ và tên |", "| 01 | Lò Văn Pánh |")),
            Annex(("# PHỤ LỤC II", "# KINH PHÍ THỰC HIỆN", "{annex}", "| STT | Số tiền |", "| 01 | 12.000.000 |"), landscape=True),
        ),
    ),
}  # fmt: skip

PAPERS: dict[str, DocumentSpec] = {**OLDER, **NORMATIVE, **ORGANISATIONS, **JOINT, **COPIES}


def varied(spec: DocumentSpec, rng: random.Random) -> DocumentSpec:
    """The same layout with another province, other people, another number: what is read must come from the paper."""
    province = rng.choice(_PROVINCES)

    def moved(text: str) -> str:
        return text.replace("HOÀNG GIANG", province.upper()).replace("Hoàng Giang", province)

    number, _, year = spec.code_number.partition("/")
    other = f"{rng.randint(1, 4800):02}"
    return replace(
        spec,
        organ_name=moved(spec.organ_name),
        parent_organ_name=moved(spec.parent_organ_name) if spec.parent_organ_name else None,
        issued_place=moved(spec.issued_place),
        code_number=f"{other}/{year}" if year else other if number else number,
        signatures=tuple(replace(signature, name=person(rng)) for signature in spec.signatures),
    )
