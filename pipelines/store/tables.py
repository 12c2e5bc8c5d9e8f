"""Tables of the catalogue. SQLite by default; any database SQLAlchemy knows, by URL."""

from sqlalchemy import DateTime, Float, ForeignKey, Integer, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy import Column as C

CATALOGUE_VERSION = 1
"""Raised with each change of the tables that an older version could not read."""

metadata = MetaData()

meta = Table("meta", metadata, C("key", String(40), primary_key=True), C("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    C("sha256", String(64), primary_key=True),
    C("media_type", String(100), nullable=False),
    C("size", Integer, nullable=False),
    C("source", String(40), nullable=False),
    C("locator", Text, nullable=False),
    C("first_seen", DateTime(timezone=True), nullable=False),
)

# Where and when bytes were seen. The latest sighting of a locator is its current version.
sightings = Table(
    "sightings",
    metadata,
    C("id", Integer, primary_key=True, autoincrement=True),
    C("source", String(40), nullable=False),
    C("locator", Text, nullable=False, index=True),
    C("sha256", String(64), ForeignKey("documents.sha256"), nullable=False, index=True),
    C("seen_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("source", "locator", "sha256"),
)

results = Table(
    "results",
    metadata,
    C("sha256", String(64), ForeignKey("documents.sha256"), primary_key=True),
    C("version", String(120), primary_key=True),
    C("status", String(10), nullable=False),
    C("report", String(80)),
    C("title", Text),
    C("pages", Integer, nullable=False, default=0),
    C("passages", Integer, nullable=False, default=0),
    C("recommendations", Integer, nullable=False, default=0),
    C("seconds", Float, nullable=False, default=0.0),
    C("finished_at", DateTime(timezone=True), nullable=False),
)

# Problems of a document (by hash) or of a place that gave no document (by locator alone).
problems = Table(
    "problems",
    metadata,
    C("id", Integer, primary_key=True, autoincrement=True),
    C("sha256", String(64), index=True),
    C("locator", Text, nullable=False, index=True),
    C("kind", String(40), nullable=False),
    C("what", Text, nullable=False),
    C("mend", Text, nullable=False, default=""),
    C("page", Integer),
    C("exit_code", Integer, nullable=False, default=10),
    C("seen_at", DateTime(timezone=True), nullable=False),
)

# What the served generation of the index holds: report, and the result it was made from.
published = Table(
    "published",
    metadata,
    C("report", String(80), primary_key=True),
    C("sha256", String(64), nullable=False),
    C("version", String(120), nullable=False),
)

runs = Table(
    "runs",
    metadata,
    C("id", Integer, primary_key=True, autoincrement=True),
    C("command", Text, nullable=False),
    C("started_at", DateTime(timezone=True), nullable=False),
    C("finished_at", DateTime(timezone=True)),
    C("found", Integer, nullable=False, default=0),
    C("worked", Integer, nullable=False, default=0),
    C("failed", Integer, nullable=False, default=0),
)
