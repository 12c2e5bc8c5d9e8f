"""Stage results as compressed JSON lines, keyed by content, stage version and model revision."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import zstandard

from extractors.errors import NewerSchema
from extractors.records import SCHEMA_VERSION, Record
from pipelines.store.files import Files

R = TypeVar("R", bound=Record)


class StageKey(Record):
    """What a stage result depends on; the same key always means the same result."""

    sha256: str
    stage: str
    version: str

    @property
    def name(self) -> str:
        """Where the result lies under the stages folder."""
        return f"{self.stage}/{self.version}/{self.sha256[:2]}/{self.sha256}.jsonl.zst"


def write_lines(files: Files, key: StageKey, records: Iterable[Record]) -> None:
    """Store *records* as the result of *key*, whole or not at all."""
    lines = [f'{{"schema_version":"{SCHEMA_VERSION}"}}', *(record.model_dump_json() for record in records)]
    files.write(key.name, zstandard.compress("\n".join(lines).encode(), level=3))


def read_lines(files: Files, key: StageKey, kind: type[R]) -> Iterator[R]:
    """The records of *key*, in the order they were written.

    Raises:
        NewerSchema: a newer major version wrote them.
    """
    data = zstandard.ZstdDecompressor().decompressobj().decompress(files.read(key.name))
    head, *lines = data.decode().split("\n")
    refuse_newer(head.partition(':"')[2].rstrip('"}'), key.name)
    yield from (kind.model_validate_json(line) for line in lines)


def refuse_newer(version: str, where: str) -> None:
    """Raise NewerSchema where *version* has a newer major than ours."""
    if int(version.partition(".")[0]) > int(SCHEMA_VERSION.partition(".")[0]):
        raise NewerSchema(f"{where} was written with schema {version}, newer than {SCHEMA_VERSION}.")
