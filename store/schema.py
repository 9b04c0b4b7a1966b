"""Tables of the ledger (SQLAlchemy Core): SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

SCHEMA_VERSION = 4
"""2: identities, citations and likenesses; 3: releases; 4: access, accounts, visits, feed, exports, webhooks, pages of documents.

An older ledger gets the tables that it lacks when it is opened.
"""

dossiers = Table(
    "dossiers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("batch", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("assembled", Boolean, nullable=False),
    Column("arrived_at", String(32), nullable=False),
    UniqueConstraint("batch", "name"),
)

files = Table(
    "files",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("dossier_id", ForeignKey("dossiers.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size_bytes", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("format", String(8)),
    Column("page_count", Integer),
    Column("reason", String(32)),
    Column("reason_facts", Text),
    Column("duplicate_of", String(32)),
    Column("arrived_at", String(32), nullable=False),
    UniqueConstraint("dossier_id", "name", "sha256"),
)

pages = Table(
    "pages",
    metadata,
    Column("file_id", ForeignKey("files.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", String(40), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(32)),
    Column("reason_facts", Text),
    Column("changed_at", String(32), nullable=False),
    Index("pages_by_id", "id"),
    Index("pages_by_state", "state"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(42), primary_key=True),
    Column("dossier_id", ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("version", BigInteger, nullable=False),
)

identities = Table(
    "identities",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number_key", Text, nullable=False, index=True),
    Column("organ_key", Text, nullable=False),
    Column("issued_date", String(10), nullable=False),
)
"""What tells documents apart (NĐ 30/2020 PL VI: number, symbol, agency), in the form in which it is compared; "" unknown."""

citations = Table(
    "citations",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number_key", Text, nullable=False, index=True),
    Column("issued_date", String(10), nullable=False),
)
"""Documents that a document names by number; `position` is the place in `Document.references`."""

likenesses = Table(
    "likenesses",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("signature", Text, nullable=False),
)

likeness_bands = Table(
    "likeness_bands",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("band", String(20), primary_key=True),
    Index("likeness_bands_by_band", "band"),
)
"""Texts that share a band may be scans of one paper; their signatures say how much they have in common."""

releases = Table(
    "releases",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("dossier_id", ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("document_id", String(42), nullable=False),
    Column("page_id", String(40), nullable=False),
    Column("waived", Boolean, nullable=False),
    Column("released_at", String(32), nullable=False),
    Column("released_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
"""Pages that a person let go after they were stopped for secrecy; rows are only added."""

outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("document_id", String(42), nullable=False, unique=True),
    Column("action", String(8), nullable=False),
)
"""The last change of each document, in order; `seq` is also its version. Consumers (indices) remember how far they are."""

consumers = Table(
    "consumers",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("seq", BigInteger, nullable=False),
)

rejections = Table(
    "rejections",
    metadata,
    Column("consumer", String(200), primary_key=True),
    Column("document_id", String(42), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
