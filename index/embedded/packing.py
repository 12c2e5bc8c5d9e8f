"""Stored passages packed small: each by itself, so that one can be read alone, with a dictionary learnt from the first.

The dictionary is written with a generation and goes on with its increments.
"""

from pathlib import Path

import zstandard

SAMPLES = 2_000
"""Passages that the dictionary is learnt from."""
FEWEST = 200
"""Of fewer no dictionary is learnt: they are small whatever is done."""
SIZE = 112_640
LEVEL = 3


class Packing:
    """Packs and unpacks.

    Args:
        learnt: the dictionary's bytes; empty for none.
    """

    def __init__(self, learnt: bytes = b"") -> None:
        self.learnt = learnt
        held = zstandard.ZstdCompressionDict(learnt) if learnt else None
        self._packer = zstandard.ZstdCompressor(level=LEVEL, dict_data=held)
        self._unpacker = zstandard.ZstdDecompressor(dict_data=held)

    @classmethod
    def learn(cls, samples: list[bytes]) -> "Packing":
        """The packing that suits *samples*."""
        if len(samples) < FEWEST:
            return cls()
        return cls(zstandard.train_dictionary(SIZE, [*samples[:SAMPLES]]).as_bytes())

    @classmethod
    def read(cls, path: Path) -> "Packing":
        """The packing whose dictionary lies at *path*."""
        return cls(path.read_bytes())

    def write(self, path: Path) -> None:
        """Lay the dictionary at *path*."""
        path.write_bytes(self.learnt)

    def pack(self, record: bytes) -> bytes:
        """*record*, small."""
        return self._packer.compress(record)

    def unpack(self, packed: bytes) -> bytes:
        """What ``pack`` made small."""
        return self._unpacker.decompress(packed)
