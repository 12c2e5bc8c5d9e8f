"""The garbage collector, kept out of the way of reading."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Generator[None]:
    """No passes for garbage in cycles within: reading makes none, and passes over its words cost a tenth of it."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
