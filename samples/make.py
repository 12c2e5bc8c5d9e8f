"""Makes the sample reports from ``samples/sources``: ``python samples/make.py`` writes ``samples/reports``.

The same sources give the same bytes. ``python samples/make.py --broken FOLDER`` writes files that
cannot be read instead: empty, cut off, an error page under a PDF's name, locked.
"""

import argparse
import io
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # the modules beside this one are no package

from reportlab.lib.pagesizes import A4  # noqa: E402  (after the path)
from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402
from sourcefile import curled, load  # noqa: E402
from typeset import to_pdf  # noqa: E402
from webpage import to_html  # noqa: E402

ERROR_PAGE = """<!DOCTYPE html>
<html><head><title>404 - Page not found</title></head>
<body><h1>Page not found</h1><p>The document you asked for has moved or been withdrawn.</p></body></html>
"""


def reports() -> Iterator[tuple[str, bytes]]:
    """File name and bytes of every report, in order of name."""
    for path in sorted((HERE / "sources").glob("*.md")):
        source = load(path)
        if "page" in source.meta:
            yield f"{source.name}.html", to_html(source).encode()
        else:
            yield f"{source.name}.pdf", to_pdf(source)
    yield "records.jsonl", jsonl(_records())


def _records() -> Iterator[dict[str, Any]]:
    """Import records, one a case page."""
    for row in tomllib.loads((HERE / "sources" / "records.toml").read_text("utf-8"))["record"]:
        yield {**row, "published": row["published"].isoformat(), "text": curled(row["text"]).strip()}


def labels() -> Iterator[dict[str, Any]]:
    """Labelled paragraphs, offsets worked out from one sentence a line.

    Example:
        ``F The checks fell short.`` under ``@ pfd | Concerns | custody`` is one finding about custody.
    """
    names = ("recommendation", "finding", "outcome", "response", "allegation", "narrative", "other")
    roles = dict(zip("RFOPANX", names, strict=True))
    chunks = curled((HERE / "sources" / "labels.txt").read_text("utf-8")).strip().split("\n\n")
    for ordinal, chunk in enumerate(chunks):
        head, *lines = chunk.splitlines()
        document, kind, heading, themes = (part.strip() for part in head.removeprefix("@").split("|"))
        sentences, text = [], ""
        for line in lines:
            start = len(text) + (1 if text else 0)
            text = f"{text} {line[2:]}".strip()
            sentences.append({"start": start, "end": len(text), "role": roles[line[0]]})
        place = {"id": f"sample-{ordinal:02d}", "document": document, "source": kind, "heading": heading}
        yield {**place, "text": text, "sentences": sentences, "themes": themes.split()}


def jsonl(rows: Iterator[dict[str, Any]]) -> bytes:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def write(folder: Path) -> list[Path]:
    """Write every report below *folder*; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in reports():
        (folder / name).write_bytes(data)
        written.append(folder / name)
    return written


def broken(folder: Path) -> dict[str, Path]:
    """Write one file of each kind that cannot be read below *folder*; returns them by kind."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = {
        "empty": b"",
        "truncated": _one_page()[:700],
        "error-page": ERROR_PAGE.encode(),
        "password-hunter2": _one_page(StandardEncryption("hunter2", canPrint=0)),
    }
    for kind, data in kinds.items():
        (folder / f"{kind}.pdf").write_bytes(data)
    return {kind: folder / f"{kind}.pdf" for kind in kinds}


def _one_page(encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=0, encrypt=encrypt)
    for line in range(40):
        canvas.drawString(72, 760 - 16 * line, f"{line + 1}. The log holds no entry for the check that was due.")
    canvas.save()
    return out.getvalue()


def main() -> None:
    """Write the samples, or the broken files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--broken", type=Path, metavar="FOLDER", help="write unreadable files there instead")
    args = parser.parse_args()
    if args.broken:
        files = list(broken(args.broken).values())
    else:
        files = write(HERE / "reports")
        (HERE / "labels.jsonl").write_bytes(jsonl(labels()))
    print(f"{len(files)} files in {files[0].parent}")


if __name__ == "__main__":
    main()
