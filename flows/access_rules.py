"""Who may see a paper by its kind, before anybody said anything of it.

In: documents, data packs, the office's settings. Out: `BaseAccess` of each document.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import Access, AccessLevel, BaseAccess, Document, PersonalData
from dossier.settings import AccessSettings
from dossier.text.groups import group_name
from metadata.packs import Pack

UNSAID = AccessSettings()
"""The settings of an office that said nothing."""

_OF_PACKS = {"01": AccessLevel.OPEN, "02": AccessLevel.CONDITIONAL, "03": AccessLevel.CONFIDENTIAL}
"""Chế độ sử dụng of dossier types (TT 05/2025/TT-BNV)."""

_OF_SETTINGS = {"open": AccessLevel.OPEN, "conditional": AccessLevel.CONDITIONAL}


def base_access(documents: Sequence[Document], packs: Sequence[Pack], settings: AccessSettings) -> dict[str, BaseAccess]:
    """The access of each document by its kind."""
    modes = {pack.id: pack.access for pack in packs}
    groups = tuple(group_name(group) for group in settings.groups)
    usual = _OF_SETTINGS[settings.level]

    def of(document: Document) -> BaseAccess:
        mode = modes.get(document.record.pack, "") if document.record is not None else ""
        return BaseAccess(Access(groups, max(usual, _OF_PACKS.get(mode, usual))), sensitive=_is_sensitive(document))

    return {document.id: of(document) for document in documents}


def _is_sensitive(document: Document) -> bool:
    """Whether sensitive personal data stand on it: a copy of an identity card, illness, crime (NĐ 356/2025/NĐ-CP Điều 4)."""
    classes = [mention.personal for mention in document.mentions]
    if document.record is not None:
        classes += document.record.personal.values()
    return PersonalData.SENSITIVE in classes
