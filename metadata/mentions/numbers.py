"""Runs of digits in running text: what each is, by the label before it and by its shape.

In: text and its key. Out: `Spot`s of identity papers, tax codes, social insurance and telephones. A number behind the label of
something else (account, certificate, file) is none of them, however it looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.model import MentionKind
from metadata.mentions.columns import Column, no_column
from metadata.mentions.identity import citizen_id_fault, old_card_fault, social_insurance_fault
from metadata.mentions.phones import dialled, is_mobile, phone_fault, todays_number
from metadata.mentions.spots import Spot, digits_of
from metadata.mentions.tax_codes import tax_code_fault, tax_code_value

_RUN = re.compile(
    r"(?<![\w.,/\-])(?:\( ?)?(?P<plus>\+)?(?P<digits>[\dOo][\dOoIlSBZ|]*(?:(?:[.\- ]| ?\) ?|\. | ?- ?)[\dOol]{1,12})*)(?![\w/])"
)
_LABELS = re.compile(
    r"(?P<citizen_id>can\scuoc|\bcccd\b|\bccgd\b|dinh\sdanh|\bddcn\b)"
    r"|(?P<old_identity_card>\bcmnd\b|\bcmtnd\b|\bcmt\b|chung\sminh\b|giay\scm\b)"
    r"|(?P<tax_code>ma\sso\sthue|\bmst\b|ma\sso\s(?:doanh\snghiep|dn|dkkd|ho\skinh\sdoanh)|\bmsdn\b)"
    r"|(?P<social_insurance>bao\shiem\sxa\shoi|\bbhxh\b)"
    r"|(?P<phone>dien\sthoai|\bdtdd\b|\bsdt\b|\bdt\b|\btel\b|\bfax\b|di\sdong|hotline|duong\sday\snong|lien\she|zalo|so\smay)"
    r"|(?P<other>tai\skhoan|\bstk\b|\btk\b|seri|so\shieu|vao\sso|\bma\s(?:ho\sso|van\sban|vach|tra\scuu|giao\sdich|don\svi|chuong|so\b)|bien\slai"
    r"|hoa\sdon|giay\sphep|giay\schung\snhan|\bgcn|quyet\sdinh|thua\sdat|to\sban\sdo|hop\sdong|kho\sbac|ngan\shang|hs\sso|bhyt|ho\schieu|so\skhung"
    r"|so\smay\sxe|bien\sso)"
)
_LABEL_REACH = 60
_BORN = re.compile(r"\bsinh\b[^\n]{0,30}?\b((?:19|20)\d\d)\b|\b\d{1,2}/\d{1,2}/((?:19|20)\d\d)\b")
_NO_LABEL = {"citizen_id": 0.7, "phone": 0.8}
_LEAST, _MOST = 6, 13


def numbers_in(text: str, key: str, column: Column = no_column) -> Iterator[Spot]:
    """Numbers of people and bodies in a text, in order of place; a cell of a table takes the label at the head of its column."""
    asks_for_ids = re.search(r"\bcccd\b|can\scuoc|dinh\sdanh", key) is not None
    for matched in _RUN.finditer(text):
        digits, repaired = digits_of(matched["digits"])
        if not _LEAST <= len(digits) <= _MOST:
            continue
        start = matched.start("plus") if matched["plus"] else matched.start("digits")
        label = label_in(key, max(key.rfind("\n", 0, start) + 1, start - _LABEL_REACH), start) or label_in(
            head := column(start), 0, len(head)
        )
        spot = _spot(label, digits, start, matched.end("digits"), plus=bool(matched["plus"]), born=_birth_year(key, start))
        if spot is None:
            continue
        sure = spot.strength * (0.85 if repaired else 1.0) * (1.0 if spot.label == "label" or asks_for_ids else 0.9)
        yield Spot(spot.kind, spot.start, spot.end, spot.value, spot.reason, sure, spot.label, spot.alternatives)


def label_in(key: str, begin: int, end: int) -> str | None:
    """The kind that the last label of a stretch names ("other" for what is no number of people), or None."""
    last = None
    for matched in _LABELS.finditer(key, begin, end):
        last = matched.lastgroup
    return last


def _birth_year(key: str, start: int) -> int | None:
    """The year of birth that the same line says before a number."""
    line = key[max(key.rfind("\n", 0, start) + 1, start - 160) : start]
    born = [matched for matched in _BORN.finditer(line) if matched[1]]
    return int(born[-1][1]) if born else None


def _spot(label: str | None, digits: str, start: int, end: int, *, plus: bool, born: int | None) -> Spot | None:
    """A number behind a label, or one whose shape leaves little doubt."""
    if label == "other":
        return None
    if label is None:
        return _by_shape(digits, start, end, plus=plus, born=born)
    kind = MentionKind(label)
    if label == "phone":
        number = dialled(digits, plus=plus)
        fault = phone_fault(number)
        return Spot(kind, start, end, number, fault, 0.95 if not fault else 0.6, "label", _today(number))
    if label == "tax_code":
        fault = tax_code_fault(digits)
        return (
            Spot(kind, start, end, tax_code_value(digits), fault, 0.97 if not fault else 0.7, "label") if len(digits) > 8 else None
        )
    if label == "social_insurance":
        return Spot(kind, start, end, digits, social_insurance_fault(digits), 0.95, "label") if len(digits) in (9, 10, 11) else None
    if len(digits) < 8:
        return None
    if len(digits) == 9:
        return Spot(MentionKind.OLD_IDENTITY_CARD, start, end, digits, old_card_fault(digits), 0.95, "label")
    fault = citizen_id_fault(digits, birth_year=born) if label == "citizen_id" else old_card_fault(digits)
    return Spot(kind, start, end, digits, fault, 0.98 if not fault else 0.7, "label")


def _by_shape(digits: str, start: int, end: int, *, plus: bool, born: int | None) -> Spot | None:
    """A số định danh or a mobile phone without any label; other numbers say nothing by themselves."""
    if len(digits) == 12 and not citizen_id_fault(digits, birth_year=born):
        return Spot(MentionKind.CITIZEN_ID, start, end, digits, "", _NO_LABEL["citizen_id"], "shape")
    number = dialled(digits, plus=plus)
    grouped = end - start > len(digits)
    if is_mobile(number) and (plus or grouped or tax_code_fault(digits)):
        return Spot(MentionKind.PHONE, start, end, number, "", _NO_LABEL["phone"], "shape")
    return None


def _today(number: str) -> tuple[str, ...]:
    today = todays_number(number)
    return (today,) if today else ()
