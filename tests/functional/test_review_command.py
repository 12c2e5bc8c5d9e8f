"""``findingaid review``: look, correct, export, from the command line."""

import json

import pytest


@pytest.fixture
def queue(findingaid, samples):
    """The queue of one published sample report."""
    findingaid("ingest", samples / "reports" / "custody-death-northmoor-case-summary.pdf")
    return findingaid("review", "list", "--limit", "500", "--json").lines


def test_a_sentence_is_shown_corrected_and_gone(findingaid, queue):
    """What waits is shown with its reason and scores; once somebody has spoken it waits no more; who and why stay."""
    assert queue, "the tagger is unsure of something in any report"
    first = queue[0]
    shown = findingaid("review", "show", first["id"]).out
    assert f"[{first['text']}]" in shown
    assert f"reason: {first['reason']}" in shown
    assert findingaid("review", "set", first["id"], "--role", "narrative", "--by", "A. Reader").code == 0
    again = findingaid("review", "list", "--limit", "500", "--json").lines
    assert {row["id"] for row in queue} - {row["id"] for row in again} == {first["id"]}
    (said,) = findingaid("review", "show", first["id"], "--json").lines[0]["reviews"]
    assert (said["who"], said["role"], said["reason"]) == ("A. Reader", "narrative", first["reason"])
    assert "A. Reader said narrative" in findingaid("review", "show", first["id"]).out


def test_what_a_person_said_is_found(findingaid, queue):
    """Search goes by the reviewed role once the index is brought up, says that a person gave it, and counts it so."""
    first = queue[0]
    passage, role = first["id"].rpartition("@")[0], "allegation" if first["role"] != "allegation" else "narrative"
    said = findingaid("review", "set", first["id"], "--role", role, "--by", "A. Reader")
    assert "findingaid publish" in said.err
    found = findingaid("search", f"role:{role}", "--limit", "500", "--json").lines
    assert not any(role in hit["reviewed_roles"] for hit in found)
    assert "served    1 report (1 to publish)\nreviewed  1 sentence\n" in findingaid("status").out
    assert "1 report published" in findingaid("publish").err
    assert "served    1 report\n" in findingaid("status").out
    (hit,) = [h for h in findingaid("search", f"role:{role}", "--limit", "500", "--json").lines if h["reviewed_roles"]]
    assert (hit["id"], hit["reviewed_roles"]) == (passage, [role])
    assert "reviewed]" in findingaid("search", f"role:{role}", "--limit", "500").out
    assert first["id"] not in {row["id"] for row in findingaid("review", "list", "--limit", "500", "--json").lines}


def test_a_part_of_the_queue(findingaid, queue):
    """One role's doubts, one report's, one force's; together they leave what meets all."""
    report, role = "custody-death-northmoor-case-summary.pdf", queue[0]["role"]
    likely = [row["id"] for row in queue if row["role"] == role]

    def listed(*options):
        return [row["id"] for row in findingaid("review", "list", "--limit", "500", "--json", *options).lines]

    assert listed("--role", role) == likely
    assert listed("--report", report, "--role", role, "--force", "Northmoor Police") == likely
    assert listed("--force", "Kent Police") == []
    assert findingaid("review", "list", "--report", "no such report").code == 2


def test_a_passage_without_doubts_left_is_exported(findingaid, queue, tmp_path):
    """Its labels are measured like any others."""
    passage = queue[0]["id"].rpartition("@")[0]
    for row in queue:
        if row["id"].startswith(f"{passage}@"):
            findingaid("review", "set", row["id"], "--role", row["role"], "--by", "A. Reader")
    said = findingaid("review", "export")
    (label,) = said.lines
    assert label["id"] == passage
    (tmp_path / "reviewed.jsonl").write_text(said.out)
    figures = findingaid("measure", "--labels", tmp_path / "reviewed.jsonl", "--json").lines[0]
    assert figures["sentences"] == len(label["sentences"])
    assert [group["name"] for group in figures["sources"]] == ["review"]


def test_a_role_that_is_none(findingaid, queue):
    """An unknown role, an unknown sentence and a nameless reviewer are refused with what to do."""
    name = queue[0]["id"]
    assert findingaid("review", "set", name, "--role", "verdict", "--by", "me").code == 2
    assert findingaid("review", "set", "r:0@0", "--role", "finding", "--by", "me").code == 2
    assert findingaid("review", "set", name, "--role", "finding", "--by", " ").code == 2
    assert json.loads(findingaid("review", "show", name, "--json").out)["reviews"] == []
