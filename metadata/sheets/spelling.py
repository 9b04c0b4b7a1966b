"""Puts right what OCR did to words from closed lists: names of provinces, heads of agency names, positions.

In: a phrase as read. Out: the phrase with a word or name replaced by the listed one when the two are the same but for their
marks. Personal names are never touched; running text (subjects, recipients) only where a set phrase stands in it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from dossier.text import exact_key
from metadata.sheets.anchors import key

PROVINCES: tuple[str, ...] = (
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương", "Bình Định",
    "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai",
    "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình",
    "Huế", "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An",
    "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ngãi",
    "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Thừa Thiên Huế",
    "Tiền Giang", "Hồ Chí Minh", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái", "Sài Gòn", "Hà Tây",
    "Hà Bắc", "Vĩnh Phú", "Hoàng Liên Sơn", "Bắc Thái", "Nam Hà", "Hà Nam Ninh", "Nghệ Tĩnh", "Bình Trị Thiên", "Nghĩa Bình",
    "Phú Khánh", "Thuận Hải", "Sông Bé", "Cửu Long", "Minh Hải", "Hải Hưng",
)  # fmt: skip
"""The 63 provinces of 2008-2025 (the 34 of today bear names of these) and the merged ones of 1976-1996."""

WORDS: tuple[str, ...] = (
    "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "TỈNH", "THÀNH PHỐ", "HUYỆN", "QUẬN", "THỊ XÃ", "THỊ TRẤN", "PHƯỜNG", "UBND",
    "HĐND", "SỞ Y TẾ", "SỞ NỘI VỤ", "SỞ TƯ PHÁP", "SỞ TÀI CHÍNH", "SỞ XÂY DỰNG", "SỞ CÔNG THƯƠNG", "SỞ GIAO THÔNG VẬN TẢI",
    "SỞ NGOẠI VỤ", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
    "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "BỘ NỘI VỤ", "BỘ Y TẾ",
    "BỘ XÂY DỰNG", "BỘ TÀI CHÍNH", "BỘ TƯ PHÁP", "BỘ QUỐC PHÒNG", "BỘ CÔNG AN", "BỘ GIÁO DỤC VÀ ĐÀO TẠO",
    "BỘ KHOA HỌC VÀ CÔNG NGHỆ", "BỘ CÔNG THƯƠNG", "PHÒNG NỘI VỤ", "PHÒNG TƯ PHÁP", "PHÒNG TÀI CHÍNH - KẾ HOẠCH",
    "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "VĂN PHÒNG", "CHÍNH PHỦ", "QUỐC HỘI", "HỆ THỐNG", "THÔNG TIN", "TRUYỀN THÔNG", "CÔNG NGHỆ",
    "KHOA HỌC", "GIÁO DỤC", "ĐÀO TẠO", "TRƯỜNG ĐẠI HỌC", "TRUNG TÂM", "TRƯỜNG TRUNG HỌC", "TIỂU HỌC", "MÔI TRƯỜNG",
    "NÔNG NGHIỆP", "THƯƠNG BINH", "XÃ HỘI", "BẢO HIỂM", "THANH TRA", "TỔNG CỤC", "CHI CỤC", "SỞ DU LỊCH",
    "SỞ DÂN TỘC VÀ TÔN GIÁO", "SỞ QUY HOẠCH - KIẾN TRÚC", "THANH TRA TỈNH", "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG",
    "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "PHÒNG VĂN HÓA VÀ THÔNG TIN", "PHÒNG VĂN HÓA - XÃ HỘI", "PHÒNG Y TẾ",
    "PHÒNG KINH TẾ", "PHÒNG KINH TẾ VÀ HẠ TẦNG", "PHÒNG QUẢN LÝ ĐÔ THỊ", "PHÒNG NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
    "PHÒNG DÂN TỘC", "PHÒNG CÔNG THƯƠNG", "PHÒNG NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "BỘ NGOẠI GIAO", "BỘ GIAO THÔNG VẬN TẢI",
    "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", "BỘ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
    "BỘ KẾ HOẠCH VÀ ĐẦU TƯ", "BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
    "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "BỘ DÂN TỘC VÀ TÔN GIÁO", "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "THANH TRA CHÍNH PHỦ",
    "VĂN PHÒNG CHÍNH PHỦ", "CÔNG AN", "BAN QUẢN LÝ", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM",
)  # fmt: skip
"""Phrases of agency names: bodies of NĐ 24/2014 and NĐ 37/2014 (sở, phòng), ministries. Only phrases with one sensible spelling."""


_EDGES = ",.;:()"

NAMES = (*PROVINCES, *WORDS)
"""Everything in the head of a document that comes from a closed list."""


@lru_cache(maxsize=2)
def _spellings(listed: tuple[str, ...]) -> tuple[dict[str, str], int]:
    phrases = {key(phrase): phrase.upper() for phrase in listed}
    return phrases, max(len(phrase.split()) for phrase in phrases)


def respell(phrase: str, listed: tuple[str, ...] = NAMES) -> str:
    """Replace the longest listed runs of words by their listed spelling; the case and tone style of good ones are kept.

    Args:
        phrase: words as read.
        listed: names of agencies and provinces, or `PHRASES` for running text.
    """
    spellings, longest = _spellings(listed)
    words = phrase.split()
    result: list[str] = []
    position = 0
    while position < len(words):
        for length in range(min(longest, len(words) - position), 0, -1):
            run = words[position : position + length]
            spelling = spellings.get(key(" ".join(run)).strip(",.;:()"))
            if spelling is not None:
                result += _respelt(run, spelling)
                position += length
                break
        else:
            result.append(words[position])
            position += 1
    return " ".join(result)


def agreed(name: str, witness: str) -> str:
    """Spell the words of `name` as `witness` does where both print the same name and only their marks differ.

    Capitals lose their marks more easily than the small letters of the place on the date line (ô 2 and ô 4 name one place).
    """
    words, wanted = name.split(), witness.split()
    if wanted and [key(word) for word in words[-len(wanted) :]] == [key(word) for word in wanted]:
        start = len(words) - len(wanted)
        for offset, word in enumerate(wanted):
            read = words[start + offset]
            if exact_key(read) != exact_key(word) and len(_marks(word)) >= len(_marks(read)):
                words[start + offset] = word.upper() if read.isupper() else word
    return " ".join(words)


def _marks(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if unicodedata.combining(letter))


def _respelt(run: list[str], listed: str) -> list[str]:
    """The listed words in the case of the read ones; a word that differs only in tone placement stays as printed."""
    joined = []
    for read, good in zip(run, listed.split(), strict=True):
        bare = read.strip(_EDGES)
        before, _, after = read.partition(bare)
        cased = (
            good.rstrip(",")
            if bare.isupper()
            else good.rstrip(",").capitalize()
            if bare[:1].isupper()
            else good.rstrip(",").lower()
        )
        joined.append(before + (bare if exact_key(bare) == exact_key(cased) else cased) + after)
    return joined
