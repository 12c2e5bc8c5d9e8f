"""Permanent names of passages and recommendations: they outlive a new reading, which may number paragraphs anew.

    c324a6fb59c82880.p4.1f9a3c2b7d      report, page, and the first ten digits of the digest of its words

An id found in an index (``report:ordinal``) holds within one generation; this one holds as long as the words stand in
the report. The page is for the reader: where the words have moved to another page, they are found there.
"""

import hashlib
import re

from extractors.records import Passage, Recommendation
from index.protocol import Filters, Index

_CITED = re.compile(r"(?P<report>.+)\.(?P<kind>[pr])(?P<page>\d+)\.(?P<words>[0-9a-f]{10})")


def citation_id(cited: Passage | Recommendation) -> str:
    """The permanent name of a passage or recommendation."""
    kind, page = ("p", cited.block.pages[0]) if isinstance(cited, Passage) else ("r", cited.pages[0])
    return f"{cited.report.id}.{kind}{page}.{_digest(cited)}"


def lasting_key(cited: Passage | Recommendation) -> str:
    """What stays the same when the report is read again: the report, the kind and the words."""
    return f"{cited.report.id}.{'p' if isinstance(cited, Passage) else 'r'}.{_digest(cited)}"


def is_citation(name: str) -> bool:
    """Whether *name* has the form of a permanent name, be there something of that name or not."""
    return _CITED.fullmatch(name) is not None


def cited_passage(index: Index, name: str) -> Passage | None:
    """The passage of that permanent name, or None."""
    found = _CITED.fullmatch(name)
    if not found or found["kind"] != "p":
        return None
    held = index.passages(Filters(reports=(found["report"],)))
    return _nearest([one for one in held if _digest(one) == found["words"]], int(found["page"]))


def cited_recommendation(index: Index, name: str) -> Recommendation | None:
    """The recommendation of that permanent name, or of that id in the index; or None."""
    found = _CITED.fullmatch(name)
    report, colon, _ = name.rpartition(":")
    if not found and colon:
        held = index.recommendations(Filters(reports=(report,)))
        return next((one for one in held if one.id == name), None)
    if not found or found["kind"] != "r":
        return None
    held = index.recommendations(Filters(reports=(found["report"],)))
    return next((one for one in held if _digest(one) == found["words"]), None)


def _nearest(alike: list[Passage], page: int) -> Passage | None:
    """Of passages in the same words, the one nearest to the page."""
    return min(alike, key=lambda one: (abs(one.block.pages[0] - page), one.block.ordinal), default=None)


def _digest(cited: Passage | Recommendation) -> str:
    if isinstance(cited, Recommendation):
        said = cited.text
    else:
        said = cited.block.text or " ".join(cell for row in cited.block.rows for cell in row)
    return hashlib.sha256(" ".join(said.casefold().split()).encode()).hexdigest()[:10]
