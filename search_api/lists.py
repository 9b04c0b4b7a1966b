"""The two lists of a dossier (NĐ 30/2020 PL V) for download. In: a dossier, who compiles it. Out: the file's bytes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from archive import Compiler, ListForm, ListFormat, list_of_documents, list_of_dossiers, write_list
from dossier.model import Dossier

MEDIA_TYPES = {
    ListFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ListFormat.PDF: "application/pdf",
    ListFormat.CSV: "text/csv; charset=utf-8",
    ListFormat.JSON: "application/json",
}

_NAMES = {ListForm.DOCUMENTS: "muc-luc-van-ban", ListForm.DOSSIERS: "muc-luc-ho-so"}


def list_file(dossier: Dossier, form: ListForm, kind: ListFormat, compiler: Compiler) -> bytes:
    """A list as a file.

    Raises:
        MissingTool: PDF without a font that has all Vietnamese letters.
    """
    made = list_of_documents(dossier, compiler) if form is ListForm.DOCUMENTS else list_of_dossiers([dossier], compiler)
    with TemporaryDirectory(prefix="sohoa-") as folder:  # readable by the owner only
        path = Path(folder) / f"list.{kind.value}"
        write_list(made, path, kind)
        return path.read_bytes()


def download_header(dossier: Dossier, form: ListForm, kind: ListFormat) -> str:
    """`Content-Disposition` with a name that every system takes, and the same with the dossier's own (RFC 6266)."""
    plain = f"{_NAMES[form]}.{kind.value}"
    own = f"{_NAMES[form]} - {dossier.name}.{kind.value}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(own, safe='')}"
