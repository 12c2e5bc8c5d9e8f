"""The Elasticsearch back end, for those who run a server: 8.x or 9.x, nothing beyond the Basic licence."""

from index.elastic.connection import Server, connect
from index.elastic.reader import ElasticIndex

__all__ = ["ElasticIndex", "Server", "connect"]
