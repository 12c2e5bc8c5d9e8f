"""Label files are checked line by line, and no message holds their text."""

import json

import pytest

from extractors.errors import BadRecord
from extractors.records import Role
from extractors.tagging.labels import read_labels

SECRET = "The sergeant hid the log."
GOOD = {
    "id": "a",
    "document": "report-1",
    "text": SECRET,
    "sentences": [{"start": 0, "end": 25, "role": "finding"}],
    "themes": ["records"],
}


def lines(*changes):
    return [json.dumps({**GOOD, **change}) for change in changes]


def test_reads_a_paragraph():
    """Roles, themes and offsets come through; further paragraphs follow; blank lines do not count."""
    first, second = read_labels([*lines({}), "", *lines({"id": "b", "themes": []})])
    assert (first.sentences[0].role, first.themes, second.id) == (Role.FINDING, ("records",), "b")
    assert first.unlabelled().sentences == ((0, 25),)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"themes": ["gossip"]}, id="unknown theme"),
        pytest.param({"sentences": [{"start": 0, "end": 9, "role": "verdict"}]}, id="unknown role"),
        pytest.param({"sentences": [{"start": 0, "end": 99, "role": "other"}]}, id="beyond the text"),
        pytest.param({"sentences": [{"start": 5, "end": 5, "role": "other"}]}, id="empty span"),
        pytest.param(
            {"sentences": [{"start": 0, "end": 9, "role": "other"}, {"start": 5, "end": 12, "role": "other"}]},
            id="overlap",
        ),
        pytest.param({"text": SECRET + "\ud83d"}, id="half a surrogate pair"),
        pytest.param({"document": ""}, id="no document"),
        pytest.param({"unheard-of": 1}, id="unknown field"),
    ],
)
def test_refuses(change):
    """A wrong code, offset or field names its line, and never its text."""
    with pytest.raises(BadRecord, match="Line 2 of labels") as caught:
        list(read_labels(lines({}, {"id": "b", **change})))
    assert "sergeant" not in str(caught.value)


@pytest.mark.parametrize("line", ["{", "[1]", '"text"', "\x00"], ids=["broken", "a list", "a string", "control"])
def test_refuses_what_is_no_object(line):
    """A line that is no JSON object is named by its number."""
    with pytest.raises(BadRecord, match="Line 1 of mine"):
        list(read_labels([line], name="mine"))


def test_refuses_the_same_id_twice():
    """One paragraph, one set of labels."""
    with pytest.raises(BadRecord, match="repeats the id a"):
        list(read_labels(lines({}, {})))
