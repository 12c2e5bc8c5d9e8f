"""What is done with one document, in a worker process: read, tag, and leave both results in the store."""

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import ModelError, ReadingLimit, SourceError, StoreError
from extractors.formats.limits import Limits
from extractors.formats.records import ImportRecord, read_record
from extractors.reading import read
from extractors.records import Document, Reading, Record, Tagged
from extractors.report import describe
from pipelines import names
from pipelines.outcomes import RECORD_TYPE, Outcome, failure, success
from pipelines.store.files import Files, archive_name
from pipelines.store.stages import StageKey, read_lines, write_lines

if TYPE_CHECKING:
    from extractors.tagging.tagger import Tagger
    from pipelines.settings import Settings

log = logging.getLogger(__name__)

READER_VERSION = "r17"
"""Raised when the same bytes would be read otherwise."""

TAGGED_VERSION = "t6"
"""Raised when the same reading would be tagged otherwise by the same model."""


class Versions(Record):
    """What a tagged result depends on besides the bytes."""

    reader: str
    tagged: str


def versions(revision: str, names: str = "") -> Versions:
    """Stage versions with a tagger of *revision* and further names of digest *names*."""
    parts = [READER_VERSION, TAGGED_VERSION, revision[:12], names]
    return Versions(reader=READER_VERSION, tagged="-".join(filter(None, parts)))


class Worker:
    """Reads and tags documents of one store.

    Args:
        archive: where the bytes lie.
        stages: where results go.
        tagger: tags paragraphs.
        names: digest of the further names this process knows.
        limits: how much may be spent on one document.
    """

    def __init__(
        self, archive: Files, stages: Files, tagger: "Tagger", names: str = "", limits: Limits | None = None
    ) -> None:
        self._archive, self._stages, self._tagger, self._limits = archive, stages, tagger, limits
        self._versions = versions(tagger.maker.revision, names)

    def work(self, document: Document) -> Outcome:
        """Read and tag *document*, or find that it was done and only not yet recorded."""
        began = time.monotonic()
        try:
            tagged = self._tagged(document)
        except SourceError as error:
            return failure(document.sha256, error)
        except (StoreError, ModelError):
            raise
        except MemoryError:
            return failure(document.sha256, ReadingLimit("Reading needed more memory than it may use."))
        except Exception as error:  # noqa: BLE001 - whatever one document does to a library must not end the batch
            log.warning("document %s: %s", document.sha256[:12], type(error).__name__)
            return failure(document.sha256, _unexpected(error))
        return success(document.sha256, tagged, time.monotonic() - began)

    def _tagged(self, document: Document) -> Tagged:
        key = StageKey(sha256=document.sha256, stage="tagged", version=self._versions.tagged)
        if self._stages.exists(key.name):
            return next(read_lines(self._stages, key, Tagged))
        from extractors.tagged import tag_reading

        data = self._archive.read(archive_name(document.sha256))
        record = ImportRecord.model_validate_json(data) if document.media_type == RECORD_TYPE else None
        reading = self._reading(document, data, record)
        tagged = tag_reading(describe(reading, document, record), reading, self._tagger)
        write_lines(self._stages, key, [tagged])
        return tagged

    def _reading(self, document: Document, data: bytes, record: ImportRecord | None) -> Reading:
        key = StageKey(sha256=document.sha256, stage="reading", version=self._versions.reader)
        if self._stages.exists(key.name):
            return next(read_lines(self._stages, key, Reading))
        name = Path(document.source.locator).name
        reading = read_record(record) if record is not None else read(data, name=name, limits=self._limits)
        write_lines(self._stages, key, [reading])
        return reading


def _unexpected(error: Exception) -> SourceError:
    # The message of a foreign exception may quote the report, so only its type is kept.
    return SourceError(f"Reading stopped at an error of type {type(error).__name__}.", mend="Please report it.")


_worker: Worker | None = None


def prepare(archive: str, stages: str, settings: "Settings", limits: Limits) -> None:
    """Make this process a worker: load the tagger and the names once."""
    from pipelines.tagging import open_tagger

    global _worker  # noqa: PLW0603 - a pool's initialiser can hand its work nothing but a global
    names.know(settings.gazetteer)
    further = names.digest(settings.gazetteer)
    _worker = Worker(Files(archive), Files(stages), open_tagger(settings), further, limits)


def work(document: Document) -> Outcome:
    """Work on one document in a prepared process."""
    assert _worker is not None
    return _worker.work(document)
