"""Tables of the catalogue. SQLite by default; any database SQLAlchemy knows, by URL."""

from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, MetaData, String, Table, Text, UniqueConstraint

CATALOGUE_VERSION = 1
"""Raised with each change of the tables that an older version could not read."""

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("source", String(40), nullable=False),
    Column("locator", Text, nullable=False),
    Column("first_seen", DateTime(timezone=True), nullable=False),
)

# Where and when bytes were seen. The latest sighting of a locator is its current version.
sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(40), nullable=False),
    Column("locator", Text, nullable=False, index=True),
    Column("sha256", String(64), ForeignKey("documents.sha256"), nullable=False, index=True),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("source", "locator", "sha256"),
)

results = Table(
    "results",
    metadata,
    Column("sha256", String(64), ForeignKey("documents.sha256"), primary_key=True),
    Column("version", String(120), primary_key=True),
    Column("status", String(10), nullable=False),
    Column("report", String(80)),
    Column("title", Text),
    Column("pages", Integer, nullable=False, default=0),
    Column("passages", Integer, nullable=False, default=0),
    Column("recommendations", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("finished_at", DateTime(timezone=True), nullable=False),
)

# Problems of a document (by hash) or of a place that gave no document (by locator alone).
problems = Table(
    "problems",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("sha256", String(64), index=True),
    Column("locator", Text, nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("what", Text, nullable=False),
    Column("mend", Text, nullable=False, default=""),
    Column("page", Integer),
    Column("exit_code", Integer, nullable=False, default=10),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

# What the served generation of the index holds: report, and the result it was made from.
published = Table(
    "published",
    metadata,
    Column("report", String(80), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("version", String(120), nullable=False),
)

# What a person said of a sentence the tagger was unsure of; the latest word on a sentence counts.
reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("sentence", String(120), nullable=False, unique=True),
    Column("text_sha256", String(64), nullable=False),
    Column("was", String(20), nullable=False),
    Column("role", String(20), nullable=False),
    Column("reason", Text),
    Column("who", String(120), nullable=False),
    Column("reviewed_at", DateTime(timezone=True), nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("command", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("found", Integer, nullable=False, default=0),
    Column("worked", Integer, nullable=False, default=0),
    Column("failed", Integer, nullable=False, default=0),
)

# A saved search, and what it has reported: permanent names, so that a new reading reports nothing again.
alerts = Table(
    "alerts",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("query", Text, nullable=False),
    Column("filters", Text, nullable=False),
    Column("kinds", String(40), nullable=False),
    Column("outputs", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("ran_at", DateTime(timezone=True)),
    Column("generation", String(80)),
)

alert_seen = Table(
    "alert_seen",
    metadata,
    Column("alert", String(80), ForeignKey("alerts.name"), primary_key=True),
    Column("item", String(200), primary_key=True),
)

# Found and not yet delivered, one row an output; a row goes once its output has it.
alert_batches = Table(
    "alert_batches",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False),
    Column("alert", String(80), ForeignKey("alerts.name"), nullable=False),
    Column("output", Text, nullable=False),
    Column("items", Text, nullable=False),
)
