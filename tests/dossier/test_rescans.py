"""Papers that are there twice."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text import NEAR, Signature, band_keys, fold, signature_of, similarity
from sample_printer.writing import person, write_document

FORM = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN Số {number}/UBND-XNTTHN "
    "Xét đề nghị của ông/bà {name} về việc cấp giấy xác nhận tình trạng hôn nhân, Ủy ban nhân dân xã xác nhận: họ, chữ đệm, "
    "tên {name}, ngày, tháng, năm sinh {born}, giới tính, dân tộc Kinh, quốc tịch Việt Nam, giấy tờ tùy thân số "
    "{identity} cấp ngày {issued}, nơi cư trú thôn Bến Cát, trong thời gian cư trú tại địa phương từ ngày "
    "{first} đến ngày {last} chưa đăng ký kết hôn với ai. Giấy này có giá trị sử dụng trong thời hạn "
    "06 tháng kể từ ngày cấp và được cấp để làm thủ tục đăng ký kết hôn."
)


def text_of(seed: int) -> str:
    spec = write_document(random.Random(seed))
    return " ".join((spec.organ_name, spec.subject, f"{spec.code_number}/{spec.code_notation}", *spec.body))


def misread(text: str, share: float, rng: random.Random) -> str:
    """A share of the words read with a wrong letter or lost: as bad scans are."""
    words = []
    for word in text.split():
        if rng.random() >= share:
            words.append(word)
        elif len(word) > 2 and rng.random() < 0.8:
            at = rng.randrange(len(word))
            words.append(word[:at] + rng.choice("aeiounhtcm") + word[at + 1 :])
    return " ".join(words)


def filled_form(rng: random.Random) -> str:
    def date(first: int, last: int) -> str:
        return f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(first, last)}"

    return FORM.format(
        number=rng.randint(1, 900),
        name=person(rng),
        identity=rng.randrange(10**11, 10**12),
        born=date(1960, 2004),
        issued=date(2021, 2024),
        first=date(2005, 2015),
        last=date(2020, 2025),
    )


def test_two_scans_of_one_paper_are_near_and_found_by_their_bands():
    rng = random.Random(7)
    for seed in range(40):
        one, other = (signature_of(misread(text_of(seed), share, rng)) for share in (0.02, 0.08))
        assert similarity(one, other) > NEAR
        assert set(band_keys(one)) & set(band_keys(other))


def test_different_papers_are_not_near():
    signatures = [signature_of(text_of(seed)) for seed in range(60)]
    worst = max(similarity(one, other) for index, one in enumerate(signatures) for other in signatures[:index])
    assert worst < NEAR


def test_two_forms_filled_in_for_different_people_are_not_near():
    rng = random.Random(11)
    signatures = [signature_of(filled_form(rng)) for _ in range(20)]
    worst = max(similarity(one, other) for index, one in enumerate(signatures) for other in signatures[:index])
    assert worst < NEAR


def test_the_same_form_scanned_twice_is_near():
    rng = random.Random(12)
    for _ in range(10):
        text = filled_form(rng)
        assert similarity(signature_of(text), signature_of(misread(text, 0.05, rng))) > NEAR


@given(st.text(alphabet="aâáđêiynhtcABĐ0123456789/., ", max_size=200))
def test_a_text_is_wholly_like_itself_whatever_its_spelling(text):
    signature, respelt = signature_of(text), signature_of(fold(text).upper().replace(" ", "\n"))
    assert respelt == signature
    assert similarity(signature, signature) == (1.0 if any(signature.words) else 0.0)


@given(st.text(max_size=300))
def test_a_signature_comes_back_from_where_it_was_stored(text):
    assert Signature.unpacked(signature_of(text).packed()) == signature_of(text)


@pytest.mark.parametrize("text", ["", "AAAA", "không phải"])
def test_what_is_no_signature_says_so(text):
    with pytest.raises(ValueError, match=r"."):
        Signature.unpacked(text)
