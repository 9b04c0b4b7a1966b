"""Ordinary pages that look or read a little like secret ones: what must go through although machines may stumble over it.

In: randomness, a resolution. Out: clean `PrintedPage`s and what is special about each; none bears a mark of secrecy.
"""

import random
from dataclasses import replace
from datetime import timedelta

from PIL import Image

from sample_printer.form_printing import print_form
from sample_printer.forms import fill_form, form_texts
from sample_printer.layout import print_document
from sample_printer.sheet import Sheet
from sample_printer.spec import Arrival, DocumentSpec
from sample_printer.stamps import boxed_mark, round_seal
from sample_printer.table_pages import print_table_pages
from sample_printer.truth import PrintedPage
from sample_printer.writing import phrases, write_document

HEADINGS = (
    "MẬT ONG", "MẬT ĐỘ DÂN SỐ", "MẬT ĐỘ XÂY DỰNG", "TUYỆT ĐỐI AN TOÀN", "BÍ MẬT KINH DOANH", "BẢO MẬT THÔNG TIN", "MẶT BẰNG",
    "MẶT HÀNG", "TỐI ƯU", "MẶT TRẬN TỔ QUỐC", "MẤT MÙA", "CƠ MẬT VIỆN", "MẬT MÃ DÂN SỰ", "MÍA, MẬT, ĐƯỜNG", "TỐI THIỂU",
)  # fmt: skip
SENTENCES = (
    "Bì ngoài của tài liệu bí mật nhà nước đóng dấu chữ A, B, C ứng với các độ “Tuyệt mật”, “Tối mật” và “Mật”.",
    "Văn bản có đóng dấu MẬT, TỐI MẬT, TUYỆT MẬT không được đưa lên mạng và phải được đăng ký vào sổ riêng theo quy định.",
    "Danh mục bí mật nhà nước độ Mật thuộc lĩnh vực nội vụ được thực hiện theo quyết định của Thủ tướng Chính phủ.",
    "Cán bộ, công chức có trách nhiệm bảo mật tài khoản, mật khẩu; tuyệt đối không cung cấp cho người khác.",
    "Sản lượng mật ong toàn huyện năm nay đạt 120 tấn, mật mía đạt 45 tấn, tăng so với cùng kỳ.",
    "Mật độ dân số bình quân toàn xã là 612 người/km2; mật độ xây dựng tối đa tại khu trung tâm là 60%.",
    "Ủy ban Mặt trận Tổ quốc Việt Nam các cấp tham gia giám sát, phản biện theo quy định.",
)  # fmt: skip
SUBJECTS = (
    "ban hành Quy chế bảo vệ bí mật nhà nước", "tăng cường công tác bảo vệ bí mật nhà nước trên không gian mạng",
    "phê duyệt Danh mục bí mật nhà nước độ Tối mật", "hỗ trợ sản xuất, tiêu thụ mật ong", "bảo mật hệ thống thông tin",
    "tự kiểm tra việc đóng dấu chỉ mức độ MẬT", "điều chỉnh mật độ xây dựng khu dân cư", "giải mật tài liệu lưu trữ",
)  # fmt: skip
LABELS = ("Độ mật: Không", "Độ mật: Thường", "Độ mật:", "Độ khẩn: Khẩn", "Mức độ mật: không có")
STAMPS = ("KHẨN", "HỎA TỐC", "THƯỢNG KHẨN", "SAO Y", "SAO Y BẢN CHÍNH", "ĐÃ KÝ", "ĐÃ THU TIỀN", "BẢN CHÍNH", "LƯU", "BẢN SAO")
ORGANS = (
    "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "BAN CƠ YẾU CHÍNH PHỦ", "CỤC QUẢN LÝ MẬT MÃ DÂN SỰ", "HỘI NUÔI ONG LẤY MẬT",
    "CÔNG TY CỔ PHẦN MÍA ĐƯỜNG", "ĐỘI QUẢN LÝ THỊ TRƯỜNG SỐ 2",
)  # fmt: skip


def ordinary_page(rng: random.Random, *, dpi: int) -> tuple[PrintedPage, str]:
    """A page by chance: half of them plain, the others with something that has to do with secrecy or stamps."""
    kind = rng.choice(
        (_plain, _plain, _plain, _headings, _about_secrets, _labelled, _stamped, _stamped, _arrived, _organ, _form, _table)
    )
    return kind(rng, dpi)


def _print(spec: DocumentSpec, rng: random.Random, dpi: int, *, last: bool = False) -> PrintedPage:
    pages = print_document(replace(spec, secrecy=None), rng=rng, dpi=dpi)
    return pages[-1 if last else 0].numbered(1)


def _plain(rng: random.Random, dpi: int) -> tuple[PrintedPage, str]:
    last = rng.random() < 0.4
    return _print(write_document(rng, paragraphs=rng.randint(1, 9)), rng, dpi, last=last), "plain"


def _headings(rng: random.Random, dpi: int) -> tuple[PrintedPage, str]:
    spec = write_document(rng, paragraphs=2)
    words = rng.sample(HEADINGS, 3)
    body = [part for word in words for part in (f"{rng.choice(('#', '#', '##'))} {word}", rng.choice(spec.body))]
    return _print(replace(spec, body=(*spec.body[:1], *body)), rng, dpi), f"headings {', '.join(words)}"


def _about_secrets(rng: random.Random, dpi: int) -> tuple[PrintedPage, str]:
    spec = write_document(rng, paragraphs=2)
    lead = "V/v" if spec.is_letter else "Về việc"
    body = (*spec.body[:1], *rng.sample(SENTENCES, 4))
    return _print(replace(spec, subject=f"{lead} {rng.choice(SUBJECTS)}", body=body), rng, dpi), "about secrets"


def _labelled(rng: random.Random, dpi: int) -> tuple[PrintedPage, str]:
    spec, label = write_document(rng, paragraphs=3), rng.choice(LABELS)
    return _print(replace(spec, body=(f"## {label}", *spec.body)), rng, dpi), label


def _stamped(rng: random.Random, dpi: int) -> tuple[PrintedPage, str]:
    words = rng.choice(STAMPS)
    page = _print(write_document(rng, paragraphs=rng.randint(1, 4)), rng, dpi)
    stamp = boxed_mark(words, dpi=dpi, rng=rng)
    left, top = rng.choice(((25, 52), (28, 60), (130, 6), (90, 4), (140, 60), (80, 265)))
    return _pressed(page, stamp, left, top), f"stamp {words}"


def _arrived(rng: random.Random, dpi: int) -> tuple[PrintedPage, str]:
    spec = write_document(rng, paragraphs=3)
    rooms = ("", *phrases()["rooms"])
    day = spec.issued_date + timedelta(days=rng.randint(1, 9))
    arrival = Arrival(
        rng.choice(("UBND TỈNH", "SỞ NỘI VỤ", "MTTQ HUYỆN", "HUYỆN ỦY")), str(rng.randint(3, 9800)), day, rng.choice(rooms)
    )
    return _print(replace(spec, arrival=arrival), rng, dpi), "arrival stamp"


def _organ(rng: random.Random, dpi: int) -> tuple[PrintedPage, str]:
    organ = rng.choice(ORGANS)
    return _print(replace(write_document(rng, paragraphs=2), organ_name=organ), rng, dpi), organ


def _form(rng: random.Random, dpi: int) -> tuple[PrintedPage, str]:
    text = rng.choice(form_texts())
    page = print_form(fill_form(text, rng), rng=rng, dpi=dpi)[0]
    if rng.random() < 0.5:
        seal = round_seal("ỦY BAN NHÂN DÂN XÃ", dpi=dpi, rng=rng)
        page = _pressed(page, seal, rng.uniform(20, 140), rng.uniform(40, 250))
    return page, f"form {text.paper}"


def _table(rng: random.Random, dpi: int) -> tuple[PrintedPage, str]:
    return print_table_pages(rng, dpi=dpi)[0], "table"


def _pressed(page: PrintedPage, stamp: Image.Image, left: float, top: float) -> PrintedPage:
    """The page with a stamp on it, its corner in millimetres."""
    height, width = page.image.shape[:2]
    sheet = Sheet(page.truth.dpi, landscape=width > height)
    sheet.image = Image.fromarray(page.image)
    sheet.press(stamp, left=min(left, sheet.width_mm - 45), top=min(top, sheet.height_mm - 30))
    return PrintedPage(sheet.finish(page.truth.number).image, page.truth)
