"""Words of signature blocks as data: positions (chức vụ) and family names (họ).

Positions as they are printed under NĐ 30/2020 PL I mục II.7; names as they are common in the country.
"""

from __future__ import annotations

POSITIONS: tuple[str, ...] = (
    "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC", "BỘ TRƯỞNG", "THỨ TRƯỞNG",
    "TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG",
    "CHI CỤC TRƯỞNG", "PHÓ CHI CỤC TRƯỞNG", "TỔNG CỤC TRƯỞNG", "PHÓ TỔNG CỤC TRƯỞNG", "VỤ TRƯỞNG", "PHÓ VỤ TRƯỞNG",
    "HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "TRƯỞNG KHOA", "PHÓ TRƯỞNG KHOA", "VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG", "TRƯỞNG BAN",
    "PHÓ TRƯỞNG BAN", "CHÁNH THANH TRA", "PHÓ CHÁNH THANH TRA", "BÍ THƯ", "PHÓ BÍ THƯ", "THỦ TƯỚNG", "PHÓ THỦ TƯỚNG",
    "CHÁNH ÁN", "PHÓ CHÁNH ÁN", "KẾ TOÁN TRƯỞNG", "BỘ TRƯỞNG, CHỦ NHIỆM", "CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "TỔNG THANH TRA",
    "CHỈ HUY TRƯỞNG", "TRƯỞNG CÔNG AN", "PHÓ TRƯỞNG CÔNG AN", "HẠT TRƯỞNG", "ĐỘI TRƯỞNG", "TRẠM TRƯỞNG", "TỔNG BIÊN TẬP",
    "TRƯỞNG ĐOÀN", "TRƯỞNG TRẠM", "TỔ TRƯỞNG", "THƯ KÝ", "CHỦ TRÌ", "TRƯỞNG ĐÀI", "ỦY VIÊN THƯ KÝ", "PHÓ BÍ THƯ THƯỜNG TRỰC",
    "ỦY VIÊN THƯỜNG TRỰC", "CHÁNH VĂN PHÒNG TỈNH ỦY", "TỔNG KIỂM TOÁN", "THỐNG ĐỐC", "PHÓ THỐNG ĐỐC",
)  # fmt: skip
"""Chức vụ; the second word of a line decides between a head and a deputy, so both are listed."""

FAMILY_NAMES = frozenset({
    "au", "bach", "banh", "bo", "bui", "cam", "cao", "chang", "chau", "chu", "chuc", "chung", "cu", "dang", "danh", "dao",
    "diep", "dinh", "do", "doan", "duong", "giang", "giap", "h", "ha", "ho", "hoang", "hong", "hua", "huynh", "khong",
    "khuc", "kieu", "kim", "kpa", "ksor", "ky", "la", "lai", "lam", "lau", "le", "lieu", "lo", "long", "lu", "luc", "luong",
    "luu", "ly", "ma", "mac", "mach", "mai", "mau", "mua", "nghiem", "ngo", "nguyen", "nhu", "ninh", "nong", "on", "ong",
    "pham", "phan", "phi", "phu", "phung", "quach", "quan", "quang", "rmah", "son", "sung", "ta", "tang", "thach", "thai",
    "than", "thao", "thieu", "tieu", "to", "ton", "tong", "tran", "tri", "trieu", "trinh", "truong", "tu", "ung", "van",
    "vang", "vi", "vien", "viet", "vo", "vu", "vuong", "y",
})  # fmt: skip
"""Họ (folded): a line that begins with one is likelier to be a name."""

FULL_FAMILY_NAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đinh",
    "Trịnh", "Lương", "Đoàn", "Trương", "Phùng", "Quách", "Thạch", "Nông", "Giàng", "Triệu", "Nghiêm", "Khổng", "Thái", "Chung",
    "Vương", "Tống", "Châu", "Bành", "Lường", "Tạ", "Mai", "Cao", "Kiều", "Tô", "Diệp", "Hứa", "Lại", "Phí", "Tăng", "Đàm",
    "Đào", "Đồng", "Lâm", "Mạc", "Lục", "Bạch", "Doãn", "Ninh", "Thân", "Viên", "Điểu",
)  # fmt: skip
"""Họ with their marks, so that one of which a signature covered a letter can be told."""
MIDDLE_NAMES = frozenset({"thị", "văn", "hữu", "đức", "xuân", "minh", "quang", "ngọc", "thanh", "đình", "công", "quốc"})
"""Tên đệm as they are printed small by mistake of the reader only."""
