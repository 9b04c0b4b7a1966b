"""Heads of papers of other times and bodies, as data: what stands at the right, and how number and agency are set under it.

Sources: NĐ 30/2020 PL I ô 1; Hướng dẫn 36-HD/VPTW for papers of the Party; papers of 1945-1976 as they lie in archives.
"""

from dataclasses import dataclass

from sample_printer.spec import DocumentSpec, Head


@dataclass(frozen=True, slots=True)
class HeadWords:
    """Words of a head: name at the right, motto ("" without one), stars under the agency, how the number is written."""

    name: str
    motto: str
    stars: str = ""
    number_label: str = "Số:"
    number_joint: str = "/"


HEADS = {
    Head.STATE: HeadWords("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    Head.DEMOCRATIC_REPUBLIC: HeadWords("VIỆT NAM DÂN CHỦ CỘNG HÒA", "Độc lập - Tự do - Hạnh phúc"),
    Head.SOUTHERN_REPUBLIC: HeadWords("CỘNG HÒA MIỀN NAM VIỆT NAM", "Độc lập - Dân chủ - Hòa bình - Trung lập"),
    Head.PARTY: HeadWords("ĐẢNG CỘNG SẢN VIỆT NAM", "", "*", "Số", "-"),
    Head.YOUTH: HeadWords("ĐOÀN TNCS HỒ CHÍ MINH", "", "***", "Số:", "-"),
}


def number_text(spec: DocumentSpec) -> str:
    """The number line as printed ("Số: 15/QĐ-UBND", "Số 22-NQ/TU", "Luật số: 33/2024/QH15")."""
    words = HEADS[spec.head]
    label = words.number_label if spec.number_label is None else spec.number_label
    return f"{label} {joined_number(spec)}"


def joined_number(spec: DocumentSpec) -> str:
    """Number and notation with the sign between them."""
    joint = HEADS[spec.head].number_joint if spec.number_joint is None else spec.number_joint
    return f"{spec.code_number}{joint}{spec.code_notation}"
