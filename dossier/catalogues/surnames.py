"""Family names (họ) of the peoples of Viet Nam, and words that stand second in full names.

Data only. In: nothing. Out: names as they are spelt, with marks. Sources: names in public lists of people of every region; NĐ
30/2020 PL II mục II.1 for how they are written. Two-word names and those of the Central Highlands are kept whole.
"""

from __future__ import annotations

_SURNAMES = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Lương Trịnh Mai Đào Đoàn Trương Lâm Phùng Tạ Tô
Vương Cao Hà Thái Châu Chu Từ Quách Tôn Tống Đồng Hứa Tăng Lã Đậu Diệp Kiều Đàm Lại Triệu La Thạch Bạch Giang Trang Âu Bành
Chung Mã Nông Thân Cù Danh Hàn Mạc Nghiêm Nhữ Sầm Trà Tưởng Vi Ông Doãn Khổng Lộ Lục Mông Ninh Quản Thiều Trầm Viên Vòng Ôn Lưu
Văn Khuất Khương Kim Sơn Lò Quàng Cầm Bạc Cà Lường Tòng Lèo Vì Lữ Lô Kha Cụt Xeo Moong Giàng Vàng Sùng Thào Mùa Hờ Cứ Lầu Và
Xồng Già Hạng Ly Vừ Chảo Tẩn Phàn Bàn Chìu Lồ Hù Pờ Lỳ Lù Khoàng Tao Thùng Chế Bá Đàng Hán Qua Quảng Thập Thuận Đạo Neang Chau
Kiên Thị Dư Đái Đằng Hầu Hoa Kỷ Lều Liêu Liễu Lỗ Lư Mạch Mẫn Ngụy Nhan Nhâm Ngũ Phí Phó Quan Sử Tào Tiêu Tiết Tiền Trình Tất Ung
Uông Ứng Vưu Xa Yên Giáp Hồng Cung Cổ Chử Công Bế Ma Nùng Tướng Lăng Long Linh Đổng Điểu Ksor Rơ Siu Rah Kpă Nay Rcom Ayun Rmah
Hiao Puih Kpuih Niê Mlô Êban Byă Kbuôr Ênuôl Hđơk Buôn Hlong Bdap Ktla A Y Bríu Zơrâm Alăng Pơloong Coor Hôih Bhling Ating Arất
Hốih K Kră Cil Liêng Kơ Lơ Bon Cơ Ya Touneh Chamaléa Katơr Pi Năng Mấu Tà Bo Xung
"""

SURNAMES: tuple[str, ...] = tuple(_SURNAMES.split())
"""Họ of one word; a few stand for the first word of longer ones ("Rơ Châm")."""

TWO_WORD_SURNAMES: tuple[str, ...] = (
    "Tôn Thất",
    "Tôn Nữ",
    "Công Tằng",
    "Công Huyền",
    "Âu Dương",
    "Tư Mã",
    "Trương Công",
    "Rơ Châm",
    "Rơ Ông",
    "Rơ Mah",
    "Kơ Să",
    "Liêng Hót",
    "Bon Niêng",
    "Pi Năng",
)
"""Họ of two words; what follows them is tên đệm and tên."""

_COMMON_SURNAMES = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Lương Trịnh Mai Đào Đoàn Trương Lâm Phùng Tạ Tô
Vương Cao Hà Thái Chu Quách Tống Hứa Tăng Đậu Diệp Kiều Đàm Triệu Thạch Nông Nghiêm Doãn Khổng Lò Quàng Giàng Vàng Sùng Thào Lưu
Khuất Lường Lã Vi Bàn Chảo Tẩn Điểu
"""

COMMON_SURNAMES: tuple[str, ...] = tuple(_COMMON_SURNAMES.split())
"""Those that begin a name also where no word says that one follows; rarer ones are common words as well ("Văn", "Sơn")."""

_SECOND_WORDS = """
Văn Thị Minh Ngọc Hoàng Thanh Đức Quang Quốc Xuân Duy Đình Hữu Anh Thành Trung Hồng Công Trọng Tấn Thế Tuấn Kim Tiến Nhật Hải
Mạnh Thái Bảo Việt Hoài Huy Phương Đăng Phước Khánh Bá Chí Trường Nguyên Thiên Viết Vĩnh Thu Khắc Phúc Phú Thiện Gia Như Trí Đại
Phi Thùy Thuỳ Mỹ Thúy Thuý Bích Long Nam Hùng Sơn Nhựt Kiều Quý Yến Bình Diễm Diệu Kỳ Quỳnh Sĩ Sỹ Tuyết Tùng Vinh Cẩm Lâm Thảo
Hiếu Tất Ánh Châu Khương Lan Linh Đắc Lệ Đạt Khoa Phát Toàn Trúc Chánh Giang Hưng Khôi Khải Mậu Thuận Thạch Thủy Tự Vân Cảnh
Huyền Hà Hương Hạnh Nhất Tâm Tú Tố Ái Danh Sỉ Doãn Hòa Hoà Ích Lương Nho Sinh Song Tân Thượng Trần Lê Nguyễn Phạm Vũ Cao Đoàn
Đan Hán Khả Năng Quyết
"""

SECOND_WORDS: tuple[str, ...] = tuple(_SECOND_WORDS.split())
"""Tên đệm: the second word of most names of three and more words."""
