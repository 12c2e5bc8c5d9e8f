"""PDFs written by hand, object by object, for tests."""

SENTENCE = "The custody log was left blank for the whole of the night."


def text(words: str = SENTENCE) -> bytes:
    return b"BT /F1 11 Tf 72 700 Td (" + words.encode("cp1252") + b") Tj ET"


def stream(body: bytes, extra: str = "") -> bytes:
    return f"<< /Length {len(body)} {extra} >>\nstream\n".encode() + body + b"\nendstream"


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(
    *pages: bytes, box: str = "0 0 595 842", catalog: str = "", font: bytes = FONT, kids: str = "", count: int = 0,
    filters: str = "", more: tuple[bytes, ...] = ()
) -> bytes:  # fmt: skip
    """A PDF with these content streams: object 1 is the catalogue, 2 the tree, 3 the font, then pages and contents."""
    objects = [b"", b"", font]
    for body in pages:
        own = len(objects) + 1
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {own + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(stream(body, filters))
    named = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects[1] = f"<< /Type /Pages /Kids [{kids or named}] /Count {count or len(pages)} >>".encode()
    return written([*objects, *more])


def written(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + (
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    )  # fmt: skip
