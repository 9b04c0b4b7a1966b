"""Text from before Unicode: whole tables, both ways, told apart, and never converted twice."""

import shutil
import subprocess
import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text.legacy_encodings import (
    Encoding,
    detect,
    draws_capitals,
    encoding_of_font,
    from_unicode,
    marked_share,
    over_converted,
    to_unicode,
    vietnamese_share,
)
from dossier.text.legacy_tables import TCVN3, VISCII

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", TONES)] + ["đ"]
LETTERS = SMALL + [letter.upper() for letter in SMALL]
LEGACY = [encoding for encoding in Encoding if encoding is not Encoding.UNICODE]
MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương; xét đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 123/TTr-SNV về việc thành lập"
    " đoàn kiểm tra công tác văn thư, lưu trữ năm 2009 trên địa bàn các huyện, thị xã và thành phố; những nước được ưu tiên như thế"
)


def test_there_are_134_letters_beside_the_latin_ones():
    assert len({letter for letter in LETTERS if not letter.isascii()}) == 134


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("encoding", [Encoding.VNI, Encoding.VISCII, Encoding.VIQR])
def test_every_letter_goes_there_and_back(letter, encoding):
    assert to_unicode(from_unicode(letter, encoding), encoding) == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_tcvn3_keeps_every_letter_and_loses_only_capitals(letter):
    back = to_unicode(from_unicode(letter, Encoding.TCVN3), Encoding.TCVN3)
    assert back == letter or (back == letter.lower() and letter not in "ĂÂÊÔƠƯĐ")


WORDS = st.lists(st.text(st.sampled_from(SMALL + list("bcdghklmnpqrstvx")), min_size=1, max_size=7), min_size=1, max_size=8)


@given(WORDS)
def test_any_text_of_small_letters_survives_one_letter_one_code(words):
    text = " ".join(words)
    for encoding in (Encoding.TCVN3, Encoding.VISCII):
        assert to_unicode(from_unicode(text, encoding), encoding) == text


@pytest.mark.parametrize("encoding", LEGACY)
@pytest.mark.parametrize("text", [MOTTO, BODY, "Quyết định ủy quyền", "Huỳnh Thị Uyên Phương ở Gò Vấp; Nguyễn Ngọc Ánh"])
def test_sentences_go_there_and_back(encoding, text):
    back = to_unicode(from_unicode(text, encoding), encoding)
    assert back.lower() == text.lower()
    if encoding is not Encoding.TCVN3:
        assert back == text


@pytest.mark.skipif(not shutil.which("iconv"), reason="iconv, which knows two of the tables, is missing")
@pytest.mark.parametrize(("name", "table", "first"), [("VISCII", VISCII, 1), ("TCVN5712-1", TCVN3, 0xA1)])
def test_tables_are_those_that_the_system_knows(name, table, first):
    for code in range(first, 0x100):
        done = subprocess.run(["iconv", "-f", name, "-t", "UTF-8"], input=bytes([code]), capture_output=True, check=True)
        assert table.get(chr(code), chr(code)) == done.stdout.decode()


def test_known_sentences():
    tcvn3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam - §éc lËp - Tù do - H¹nh phóc"
    vni = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam - Ñoäc laäp - Töï do - Haïnh phuùc"
    assert to_unicode(tcvn3, Encoding.TCVN3) == to_unicode(vni, Encoding.VNI) == MOTTO.replace(",", " -")
    assert to_unicode("Vie^.t Nam dda^'t nu*o*'c", Encoding.VIQR) == "Việt Nam đất nước"


def test_capitals_of_vni_take_marks_of_either_case():
    assert to_unicode("UÛY BAN, Uûy ban, ÑAÏI HOÄI", Encoding.VNI) == "ỦY BAN, Ủy ban, ĐẠI HỘI"


def test_windows_1258_needs_only_composing():
    text = "Cộng hòa xã hội".encode()  # base letters with combining tones, as the code page writes them
    decomposed = unicodedata.normalize("NFD", text.decode())
    assert detect(decomposed) is Encoding.UNICODE
    assert to_unicode(decomposed, Encoding.UNICODE) == "Cộng hòa xã hội"


def test_codes_shown_through_windows_1252_or_put_into_the_private_area():
    viscii = from_unicode("Ủy Ấn Độ Ế", Encoding.VISCII).encode("latin-1").decode("cp1252")
    assert to_unicode(viscii, Encoding.VISCII) == "Ủy Ấn Độ Ế"
    tcvn3 = "".join(chr(0xF000 + ord(code)) for code in from_unicode("nước", Encoding.TCVN3))
    assert to_unicode(tcvn3, Encoding.TCVN3) == "nước"


def test_horn_that_became_a_hyphen_comes_back_and_hyphens_stay():
    shown = from_unicode("Đường nước được như chưa lưu ưu tiên; 15/QĐ-UB, Q§-UB, Hà-Nội, nghe - nhìn -", Encoding.TCVN3).replace(
        "\xad", "-"
    )
    expected = "Đường nước được như chưa lưu ưu tiên; 15/QĐ-UB, QĐ-UB, Hà-Nội, nghe - nhìn -"
    assert to_unicode(shown, Encoding.TCVN3) == expected


@pytest.mark.parametrize("encoding", LEGACY)
@pytest.mark.parametrize("text", [MOTTO, BODY])
def test_encoding_is_told_by_the_letters_alone(encoding, text):
    assert detect(from_unicode(text, encoding)) is encoding


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        ("ABCDEF+.VnTimeH", Encoding.TCVN3),
        (".VnArial NarrowH", Encoding.TCVN3),
        ("QWERTY+VNI-Times", Encoding.VNI),
        ("VNI-Helve-Condense", Encoding.VNI),
        ("VI Times New Roman VISCII", Encoding.VISCII),
        ("TimesNewRomanPSMT", None),
        ("ABCDEF+Arial", None),
        ("", None),
    ],
)
def test_fonts_tell_encodings(font, encoding):
    assert encoding_of_font(font) is encoding


def test_fonts_that_draw_capitals():
    assert all(draws_capitals(font) for font in (".VnTimeH", "ABCDEF+.VnTimeH-Bold", ".VnArial NarrowH"))
    assert not any(draws_capitals(font) for font in (".VnTime", ".VnArial", "VNI-Times", "TimesH"))


@pytest.mark.parametrize("font", ["", ".VnTime", "VNI-Times"])
@pytest.mark.parametrize("text", [MOTTO, BODY, "Administrative reform in provinces and cities", "12/2009 - 15", ""])
def test_what_is_unicode_already_is_not_converted(font, text):
    assert to_unicode(text, detect(text, font=font)) == text


def test_a_telling_font_decides_over_few_words():
    assert detect("Sè: 12", font=".VnTime") is Encoding.TCVN3
    assert detect("Soá: 12", font="VNI-Times") is Encoding.VNI


@pytest.mark.parametrize("encoding", [Encoding.VNI, Encoding.TCVN3])
def test_text_that_went_through_a_table_for_nothing_is_noticed(encoding):
    text = "Thông tư có hiệu lực; dòng chữ của phòng không còn công tác; các khoản thông báo đó của xã hội chính trị"
    assert not over_converted(text)
    assert over_converted(to_unicode(text, encoding))


def test_real_damage_of_web_copies_is_noticed():
    assert over_converted("Thơng tư cĩ hiệu lực; dịng chữ thơng dụng, khoa học và cơng nghệ")
    assert over_converted("Thụng tư cú hiệu lực; cụng tỏc")
    assert not over_converted("Đúng là tồn tại chính trị; hồn nhiên, núi, cỏ, cơ quan, cụ thể, tồn đọng, cú pháp")


def test_shares_tell_languages_apart():
    assert vietnamese_share(BODY) > 0.95
    assert marked_share(BODY) > 0.6
    assert vietnamese_share("Cá»™ng hÃ²a xÃ£ há»™i chá»§ nghÄ©a") < 0.3
    assert vietnamese_share("CONG HOA xA HQI CilU NGHIA VIT NAM dwcr 'o'ng phri") < 0.75
    assert vietnamese_share("123 456") == marked_share("") == 0
