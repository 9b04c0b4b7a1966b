"""The files of the store: originals, pages, documents, one folder a dossier, content-addressed.

    <store>/dossiers/<dossier id>/originals/<sha256>.<format>     untouched scans
                                 /pages/<page id>.json.gz, .jpg   what was read, the upright image
                                 /documents/<document id>.json    what it means
                                 /findings.json                   what its papers say of the dossier itself
                                 /dossier.json                    name, archival facts, files
                                 /manifest-sha256.txt             `sha256sum -c` verifies the dossier
           /quarantine/<sha256>.<format>                          originals that hold a secrecy mark; nothing serves them
           /desk/                                                 pixels of pages being read; emptied before each run

In and out: values of `dossier.model` and bytes. Knows nothing of the ledger, so worker processes write pages with it.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from dossier.codec import decode, encode
from dossier.errors import Damaged, NotFound, Unavailable
from dossier.model import Document, Dossier, Findings, Page
from store.atomic import copy_file, write_bytes

MANIFEST = "manifest-sha256.txt"
_GZIP_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of a store."""

    folder: Path

    def dossier_folder(self, dossier_id: str) -> Path:
        """Where a dossier rests."""
        return self.folder / "dossiers" / dossier_id

    @property
    def desk(self) -> Path:
        """Where engines keep their temporary files: a killed run leaves no picture of a page outside the store."""
        return self.folder / "desk"

    # originals

    def original_path(self, dossier_id: str, sha256: str, suffix: str) -> Path:
        """Where an original lies or would lie."""
        return self.dossier_folder(dossier_id) / "originals" / f"{sha256}{suffix}"

    def quarantine_path(self, sha256: str, suffix: str) -> Path:
        """Where an original with a secrecy mark lies."""
        return self.folder / "quarantine" / f"{sha256}{suffix}"

    def keep_original(self, dossier_id: str, source: Path, sha256: str) -> Path:
        """Copy an original into its dossier unless it is there or in quarantine; answers where it lies.

        Raises:
            Damaged: when the file changed since it was hashed.
        """
        suffix = source.suffix.lower()
        quarantined = self.quarantine_path(sha256, suffix)
        target = self.original_path(dossier_id, sha256, suffix)
        if quarantined.exists():
            return quarantined
        if not target.exists():
            copy_file(source, target, sha256)
        return target

    def find_original(self, dossier_id: str, sha256: str, suffix: str) -> Path:
        """Where an original lies: in its dossier or in quarantine."""
        kept = self.original_path(dossier_id, sha256, suffix)
        return kept if kept.exists() else self.quarantine_path(sha256, suffix)

    def quarantine_original(self, dossier_id: str, sha256: str, suffix: str) -> None:
        """Move an original with a secrecy mark out of its dossier, readable by the owner only."""
        source, target = self.original_path(dossier_id, sha256, suffix), self.quarantine_path(sha256, suffix)
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.parent.chmod(0o700)
            source.chmod(0o400)
            source.replace(target)

    def bring_back_original(self, dossier_id: str, sha256: str, suffix: str) -> None:
        """Move an original of which nothing is stopped any more from quarantine into its dossier again."""
        source, target = self.quarantine_path(sha256, suffix), self.original_path(dossier_id, sha256, suffix)
        if source.exists() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.chmod(0o640)
            source.replace(target)

    # pages

    def _page_path(self, dossier_id: str, page_id: str, ending: str) -> Path:
        return self.dossier_folder(dossier_id) / "pages" / f"{page_id}{ending}"

    def save_page(self, dossier_id: str, page: Page, image_jpeg: bytes) -> None:
        """Keep a page that was read; the words come last, so a page with words is complete."""
        write_bytes(self._page_path(dossier_id, page.id, ".jpg"), image_jpeg)
        words = gzip.compress(encode(page), _GZIP_LEVEL, mtime=0)
        write_bytes(self._page_path(dossier_id, page.id, ".json.gz"), words)

    def has_page(self, dossier_id: str, page_id: str) -> bool:
        """Whether a page was read and kept."""
        return self._page_path(dossier_id, page_id, ".json.gz").exists()

    def page(self, dossier_id: str, page_id: str) -> Page:
        """A page that was read.

        Raises:
            NotFound: when it was not kept.
            Damaged: when its file no longer holds what was written.
        """
        packed = self._read(self._page_path(dossier_id, page_id, ".json.gz"), "page", page_id)
        try:
            words = gzip.decompress(packed)
        except (OSError, EOFError, zlib.error) as error:
            raise Damaged(detail=f"{page_id}: {error}") from error
        return decode(Page, words)

    def page_image(self, dossier_id: str, page_id: str) -> bytes:
        """The upright image of a page, JPEG.

        Raises:
            NotFound: when it was not kept.
        """
        return self._read(self._page_path(dossier_id, page_id, ".jpg"), "page", page_id)

    def purge_page(self, dossier_id: str, page_id: str) -> None:
        """Remove words and image of a page, for good (secrecy)."""
        for ending in (".json.gz", ".jpg"):
            self._page_path(dossier_id, page_id, ending).unlink(missing_ok=True)

    # documents and the dossier

    def _document_path(self, dossier_id: str, document_id: str) -> Path:
        return self.dossier_folder(dossier_id) / "documents" / f"{document_id}.json"

    def save_document(self, dossier_id: str, document: Document) -> None:
        """Keep what a document means."""
        write_bytes(self._document_path(dossier_id, document.id), encode(document))

    def document(self, dossier_id: str, document_id: str) -> Document:
        """A document.

        Raises:
            NotFound: when it is not kept.
        """
        return decode(Document, self._read(self._document_path(dossier_id, document_id), "document", document_id))

    def keep_documents(self, dossier_id: str, document_ids: Collection[str]) -> None:
        """Remove every document of a dossier but these: what its pages no longer form, or what was stopped for secrecy."""
        kept = {self._document_path(dossier_id, document_id) for document_id in document_ids}
        for path in self._document_path(dossier_id, "").parent.glob("*.json"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def save_findings(self, dossier_id: str, findings: Findings) -> None:
        """Keep what the papers of a dossier say of it."""
        write_bytes(self.dossier_folder(dossier_id) / "findings.json", encode(findings))

    def findings(self, dossier_id: str) -> Findings:
        """What the papers of a dossier say of it; nothing before its first assembly."""
        path = self.dossier_folder(dossier_id) / "findings.json"
        return decode(Findings, self._read(path, "dossier", dossier_id)) if path.exists() else Findings()

    def save_dossier(self, dossier: Dossier) -> None:
        """Keep the dossier's own facts and write its manifest."""
        folder = self.dossier_folder(dossier.id)
        write_bytes(folder / "dossier.json", encode(dossier))
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
        rows = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths if path.name[0] != "."]
        write_bytes(folder / MANIFEST, "".join(rows).encode())

    @staticmethod
    def _read(path: Path, what: str, identifier: str) -> bytes:
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            raise NotFound(what=what, id=identifier) from error
        except OSError as error:  # a network share that went away, a folder that may not be read
            raise Unavailable(what="store", detail=f"{path.name}: {error.strerror}") from error


def _digest(path: Path) -> str:
    if path.parent.name == "originals":
        return path.name.partition(".")[0]  # content-addressed: the name is the digest
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
