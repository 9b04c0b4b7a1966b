"""The confidence of a field: on the fitted curves, lower where the engine was less sure."""

from dataclasses import replace

import pytest

from dossier.model import Box, Document, Found, single_fields
from metadata import find_documents
from metadata.field_confidence import UNFITTED, FieldConfidence, calibrated, fitted

BOX = Box(0, 0, 10, 10)
CURVE = FieldConfidence({"rule": ((0.0, 0.0), (0.5, 0.4), (0.9, 1.0))})


def found(confidence: float, rule: str = "rule") -> Found:
    return Found("12", "p", BOX, confidence, rule)


@pytest.mark.parametrize(("raw", "share"), [(0.0, 0.0), (0.25, 0.2), (0.5, 0.4), (0.7, 0.7), (0.95, 1.0)])
def test_curve_is_straight_between_its_knots(raw, share):
    assert CURVE.of(found(raw)) == pytest.approx(share)


def test_every_field_of_a_document_is_calibrated():
    document = Document("d", ("p",), code_number=found(0.25), to_places=(found(0.5),), subject=found(0.3, "other"))
    done = calibrated(document, CURVE)
    assert done.code_number == found(0.2)
    assert done.to_places == (found(0.4),)
    assert done.subject == document.subject
    assert calibrated(document, UNFITTED) == document


def test_fitted_curves_rise_within_bounds():
    curves = fitted().curves
    assert {"nd30.o3.number", "nd30.o4.date", "nd30.o5a.subject", "nd30.o7b.name"} <= curves.keys()
    for knots in curves.values():
        raw, shares = zip(*knots, strict=True)
        assert list(raw) == sorted(raw)
        assert list(shares) == sorted(shares)
        assert 0 <= shares[0] <= shares[-1] < 1


def test_a_doubtful_word_makes_its_field_doubtful(paper):
    head = ((0.50, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (0.54, 0.12, "Hòa Bình, ngày 07 tháng 3 năm 2014"))
    page = paper((0.20, 0.06, "ỦY BAN NHÂN DÂN"), *head, (0.22, 0.08, "TỈNH HÒA BÌNH"), (0.21, 0.12, "Số: 2806/QĐ-UBND"))
    sure = confidences(page)
    doubtful = confidences(with_doubt(page, "07"))
    assert doubtful["issuedDate"] < sure["issuedDate"]
    assert doubtful["issuedPlace"] == sure["issuedPlace"]


def confidences(page) -> dict[str, float]:
    (document,) = find_documents([page])
    return {name: value.confidence for name, value in single_fields(document) if value is not None}


def with_doubt(page, text: str):
    lines = [
        replace(line, words=tuple(replace(word, confidence=0.3) if word.text == text else word for word in line.words))
        for line in page.lines
    ]
    return replace(page, lines=tuple(lines))
