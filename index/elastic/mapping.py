"""The indices on the server: the same analysis and the same fields as the other back ends."""

from typing import Any, Literal

from index import long_names
from index.analysis import LONGEST, WORD_PATTERN
from index.fields import FACETS
from index.meaning import DIMENSIONS
from index.paging import DEEPEST

LAYOUT = 7
"""Raised when the fields change; a generation of another layout must be published again."""
SHARDS = 2
"""A search walks through each shard with a thread of its own, and through all segments of one with the same: the server
parts no search that orders ties by a field."""
TOLD_OVER_ALL: Literal["dfs_query_then_fetch"] = "dfs_query_then_fetch"
"""How rare a word is must be told over all shards: else equal passages would score differently."""

ANALYSIS: dict[str, Any] = {
    "tokenizer": {
        "findingaid_words": {"type": "pattern", "pattern": WORD_PATTERN, "group": 0},
        "findingaid_blanks": {"type": "pattern", "pattern": " "},
    },
    "filter": {
        "findingaid_longest": {"type": "length", "max": LONGEST},
        "findingaid_stems": {"type": "stemmer", "language": "porter2"},
    },
    "analyzer": {
        "names": {"type": "custom", "tokenizer": "findingaid_blanks"},
        "exact": {
            "type": "custom",
            "tokenizer": "findingaid_words",
            "filter": ["findingaid_longest", "asciifolding", "lowercase"],
        },
        "stemmed": {
            "type": "custom",
            "tokenizer": "findingaid_words",
            "filter": ["findingaid_longest", "asciifolding", "lowercase", "findingaid_stems"],
        },
    },
}
"""The steps of ``index.analysis`` in the server's words."""

_BOTH_WAYS = {"type": "text", "analyzer": "stemmed", "fields": {"exact": {"type": "text", "analyzer": "exact"}}}
_KEY = {"type": "keyword", "doc_values": False, "norms": False}
_NAMES = {"type": "text", "analyzer": "names", "index_options": "freqs"}
"""Terms with blanks between: ``index.long_names``."""
_COUNTED = {"type": "keyword", "index": False}
_NUMBER = {"type": "integer", "doc_values": False}

_VECTOR = {
    "type": "dense_vector",
    "dims": DIMENSIONS,
    "element_type": "byte",  # our vectors are whole numbers already; int8_hnsw would keep the floats as well
    "similarity": "cosine",
    "index_options": {"type": "hnsw", "m": 16, "ef_construction": 100},
}

PASSAGE_FIELDS: dict[str, Any] = {
    "text": _BOTH_WAYS,
    "title": _BOTH_WAYS,
    "heading": _BOTH_WAYS,
    "number": {"type": "text", "analyzer": "exact"},
    "keys": _KEY,
    long_names.FIELD: _NAMES,
    "report_id": {"type": "keyword"},
    "stretch": _KEY,  # as a number each of the hundred that a search lifts would be a range
    "page": _NUMBER,
    "published": {"type": "integer"},
    "place": {"type": "long"},
    "record": {"type": "object", "enabled": False},
    **{f"facet_{facet}": _COUNTED for facet in FACETS},
}

RECORD_FIELDS: dict[str, Any] = {
    "kind": {"type": "keyword"},
    "id": {"type": "keyword"},
    "report_id": {"type": "keyword"},
    "place": {"type": "integer"},
    "passages": {"type": "integer"},
    "digest": _COUNTED,
    "maker": {"type": "keyword"},
    "keys": _KEY,
    long_names.FIELD: _NAMES,
    "published": _NUMBER,
    "whole": {"type": "text", "analyzer": "stemmed"},
    "stretch": {"type": "long", "index": False},
    "record": {"type": "object", "enabled": False},
}
"""Of reports, recommendations and stretches; the last are searched as one text each."""


def passage_index(*, vectors: bool = False) -> dict[str, Any]:
    """Settings and mapping of an index of passages. What is searched is stored once, in the record."""
    fields = PASSAGE_FIELDS | ({"vector": _VECTOR} if vectors else {})
    mappings = {"dynamic": "strict", "_source": {"includes": ["record"]}, "properties": fields}
    return {"settings": _settings() | {"analysis": ANALYSIS}, "mappings": mappings}


def record_index() -> dict[str, Any]:
    """Settings and mapping of the index of reports, recommendations and stretches."""
    mappings = {"dynamic": "strict", "_source": {"excludes": ["whole"]}, "properties": RECORD_FIELDS}
    return {"settings": _settings() | {"analysis": ANALYSIS}, "mappings": mappings}


def _settings() -> dict[str, Any]:
    return {
        "number_of_shards": SHARDS,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "max_result_window": 2 * DEEPEST,  # a page may begin at the deepest offset
    }
