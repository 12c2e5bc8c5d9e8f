"""Answers of GOV.UK's content API as documents."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import BadRecord, EmptyDocument, SourceError
from extractors.formats.govuk import read_govuk
from extractors.reading import GOVUK, read, sniff
from extractors.records import BlockKind

BODY = '<div class="govspeak"><h2>Findings</h2><p>The force kept no record.</p><ul><li>It should.</li></ul></div>'


AS_HTML = {"content_type": "text/html", "content": "<p>As HTML.</p>"}


def answer(**fields: Any) -> bytes:
    page = {"content_id": "1", "title": "Review  of custody", "details": {"body": BODY}, **fields}
    return json.dumps(page).encode()


def test_a_page() -> None:
    """Its body is read as HTML; title, publisher and day come from its fields."""
    organisations = [{"title": "Home Office"}, {"title": "Another"}]
    data = answer(links={"organisations": organisations}, first_published_at="2017-07-19T12:40:28.000+00:00")
    reading = read(data, name="page.json")
    assert sniff(data) == GOVUK
    assert [(b.kind, b.text) for b in reading.blocks] == [
        (BlockKind.HEADING, "Findings"),
        (BlockKind.PARAGRAPH, "The force kept no record."),
        (BlockKind.LIST_ITEM, "It should."),
    ]
    assert (reading.title, reading.publisher, reading.published) == (
        "Review of custody", "Home Office", date(2017, 7, 19),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "texts"),
    [
        pytest.param(
            {"details": {"body": [{"content_type": "text/govspeak", "content": "$CTA"}, AS_HTML]}},
            ["As HTML."], id="several versions",
        ),
        pytest.param(
            {"details": {"body": "<p>Old words.</p>"}, "withdrawn_notice": {"explanation": "<p>It is withdrawn.</p>"}},
            ["It is withdrawn.", "Old words."], id="withdrawn",
        ),
        pytest.param({"details": {"body": "<p>Words.</p>"}, "withdrawn_notice": {}}, ["Words."], id="not withdrawn"),
    ],
)  # fmt: skip
def test_bodies(fields: dict[str, Any], texts: list[str]) -> None:
    """Whatever form the body has, its HTML is read, after the notice of a withdrawal."""
    assert [b.text for b in read_govuk(answer(**fields), "page.json").blocks] == texts


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b'{"content_id": 1, "details": ', BadRecord),
        (b"[1]", BadRecord),
        (b"[" * 100_000, BadRecord),
        (answer(details={}), EmptyDocument),
        (answer(details=None), EmptyDocument),
        (answer(details={"body": [7]}), EmptyDocument),
    ],
)
def test_what_is_no_page(data: bytes, error: type[SourceError]) -> None:
    """What has no text of its own, or is no JSON, says so with its own error."""
    with pytest.raises(error):
        read_govuk(data, "page.json")


NAMES = st.sampled_from(["title", "body", "content", "content_type", "explanation", "organisations"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(["title", "details", "links", "withdrawn_notice", "public_updated_at"]), ANYTHING)
)
def test_fields_of_any_kind(fields: dict[str, Any]) -> None:
    """A field of an unexpected kind is as if it were absent."""
    with suppress(EmptyDocument):
        assert read_govuk(json.dumps(fields).encode(), "page.json").blocks


def test_real_answers(shared: Path) -> None:
    """Each real answer is read with title, publisher and blocks."""
    for path in sorted((shared / "corpus/fixtures/govuk").glob("*.json")):
        reading = read(path.read_bytes(), name=path.name)
        assert reading.blocks, path.name
        assert reading.title, path.name
        assert reading.publisher, path.name
