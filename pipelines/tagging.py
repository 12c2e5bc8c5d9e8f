"""The tagger that the settings name, with what it said before: the same text is never computed twice."""

import hashlib
import json
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from extractors.records import Maker
from extractors.tagging.paragraphs import Paragraph, TaggedParagraph, Tagger
from pipelines.settings import Settings

log = logging.getLogger(__name__)

CACHE_FILE = "tags.sqlite"
MOST_BYTES = 1 << 30
"""A larger cache is emptied: it can always be made again."""


class TagCache:
    """Tags by what they were made from, in one file that any number of processes share.

    It holds hashes and scores, no text. Whatever goes wrong with it costs time, never an answer.

    Args:
        path: the file.
        maker: what made the tags: model revision and runtime.
    """

    def __init__(self, path: Path, maker: str) -> None:
        self._path, self._maker = path, maker

    def get(self, keys: Sequence[bytes]) -> dict[bytes, list[TaggedParagraph]]:
        """What is known of *keys*."""
        found: dict[bytes, list[TaggedParagraph]] = {}
        with suppress(sqlite3.Error, OSError), closing(self._open()) as database:
            for key in keys:
                for (value,) in database.execute("select value from tags where key = ?", (self._key(key),)):
                    found[key] = _unpacked(value)
        return found

    def put(self, tagged: Mapping[bytes, Sequence[TaggedParagraph]]) -> None:
        """Remember *tagged*."""
        rows = [(self._key(key), _packed(value)) for key, value in tagged.items()]
        try:
            with closing(self._open()) as database, database:
                database.executemany("insert or replace into tags values (?, ?)", rows)
        except (sqlite3.Error, OSError) as error:
            log.info("tags are not kept: %s", type(error).__name__)

    def _key(self, key: bytes) -> bytes:
        return hashlib.sha256(self._maker.encode() + key).digest()

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.is_file() and self._path.stat().st_size > MOST_BYTES:
            self._path.unlink()
        database = sqlite3.connect(self._path, timeout=5)
        database.execute("pragma synchronous = off")
        database.execute("create table if not exists tags (key blob primary key, value blob not null) without rowid")
        return database


def _packed(tagged: Sequence[TaggedParagraph]) -> bytes:
    import zstandard

    return zstandard.compress(json.dumps([one.model_dump(mode="json") for one in tagged]).encode(), 3)


def _unpacked(value: bytes) -> list[TaggedParagraph]:
    import zstandard

    return [TaggedParagraph.model_validate(one) for one in json.loads(zstandard.decompress(value))]


class CachedTagger:
    """A tagger that asks the cache first, and loads the model only for what is new.

    Args:
        load: gives the tagger.
        maker: who it is.
        cache: what it said before.
    """

    def __init__(self, load: Callable[[], Tagger], maker: Maker, cache: TagCache) -> None:
        self._load, self._maker, self._cache = load, maker, cache
        self._tagger: Tagger | None = None

    @property
    def maker(self) -> Maker:
        """Name and revision of the tagger behind it."""
        return self._maker

    def tag(self, paragraphs: Sequence[Paragraph]) -> list[TaggedParagraph]:
        """Tag *paragraphs*: a document that was tagged before, word by word the same, is not tagged again."""
        documents = _documents(paragraphs)
        keys = [_digest(document) for document in documents]
        known = self._cache.get(keys)
        fresh = {key: document for key, document in zip(keys, documents, strict=True) if key not in known}
        if fresh:
            made = self._made(fresh)
            self._cache.put(made)
            known |= made
        return [
            tagged.replaced(id=paragraph.id)
            for key, document in zip(keys, documents, strict=True)
            for paragraph, tagged in zip(document, known[key], strict=True)
        ]

    def _made(self, fresh: Mapping[bytes, Sequence[Paragraph]]) -> dict[bytes, list[TaggedParagraph]]:
        self._tagger = self._tagger or self._load()
        # Documents of one name, or without any, must not become each other's context.
        named = {n: key for n, (key, own) in enumerate(fresh.items()) if own[0].document}
        renamed = [p.replaced(document=f"{n}:{p.document}") for n, key in named.items() for p in fresh[key]]
        tagged = iter(self._tagger.tag(renamed))
        made = {key: [next(tagged) for _ in fresh[key]] for key in named.values()}
        made |= {key: self._tagger.tag(own) for key, own in fresh.items() if key not in made}
        return {key: [one.replaced(id="-") for one in own] for key, own in made.items()}


def _documents(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs that stand together: whatever may be context for another lies in one group with it."""
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if groups and groups[-1][-1].document == paragraph.document:
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return groups


def _digest(document: Sequence[Paragraph]) -> bytes:
    said = [[p.heading, p.text, p.sentences] for p in document]
    return hashlib.sha256(json.dumps(said).encode()).digest()


def open_tagger(settings: Settings) -> CachedTagger:
    """The tagger that the settings name, with the home's cache.

    Raises:
        ModelError: there is no such model, or it is damaged.
    """
    from extractors.tagging.manifest import read_manifest
    from extractors.tagging.tagger import SHIPPED_MODEL, load_tagger

    folder = settings.model or SHIPPED_MODEL
    maker = read_manifest(folder).maker
    cache = TagCache(settings.home / "cache" / CACHE_FILE, f"{maker.name} {maker.revision} {settings.runtime}")
    return CachedTagger(lambda: load_tagger(folder, settings.runtime), maker, cache)
