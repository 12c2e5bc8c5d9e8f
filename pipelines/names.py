"""Further forces and bodies that an operator names in a file, known to every process of a run."""

import hashlib
import json
from pathlib import Path

from pydantic import ValidationError

from extractors.entities import gazetteer
from extractors.entities.gazetteer import Named
from extractors.errors import UsageError
from extractors.records import Record


class Names(Record):
    """What such a file holds."""

    forces: tuple[Named, ...] = ()
    bodies: tuple[Named, ...] = ()


def know(file: Path | None) -> None:
    """Add the names in *file*, where there is one, to this process's gazetteer.

    Raises:
        UsageError: the file is missing or does not hold {forces, bodies} of {name, aliases}.
    """
    if file is not None:
        names = _read(file)
        gazetteer.add(names.forces, names.bodies)


def digest(file: Path | None) -> str:
    """What tells one such file from another in the key of a result; empty where there is none.

    Raises:
        UsageError: as above.
    """
    return "" if file is None else hashlib.sha256(_read(file).model_dump_json().encode()).hexdigest()[:8]


def _read(file: Path) -> Names:
    try:
        return Names.model_validate(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise UsageError(
            f"FINDINGAID_GAZETTEER is not usable: {file}.",
            mend='It is a JSON file of {"forces": [{"name": …, "aliases": […]}], "bodies": […]}.',
        ) from error
