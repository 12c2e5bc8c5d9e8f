"""Named things: exact offsets, near-misses, and what always holds."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.entities import find
from extractors.entities.gazetteer import BODIES, FORCES, resolve_body, resolve_force
from extractors.records import EntityKind


def found(text: str, kind: EntityKind) -> list[tuple[str, str]]:
    """(as printed, canonical) of one kind; offsets are checked on the way."""
    entities = find(text)
    assert all(text[entity.start : entity.end] == entity.text for entity in entities)
    return [(entity.text, entity.name) for entity in entities if entity.kind is kind]


BTP = "British Transport Police"
MPS, HIOW = "Metropolitan Police Service", "Hampshire and Isle of Wight Constabulary"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Kent Police replied.", [("Kent Police", "Kent Police")], id="full name"),
        pytest.param(
            "Kent Constabulary's log", [("Kent Constabulary", "Kent Police")], id="another suffix, possessive"
        ),
        pytest.param("KENT POLICE", [("KENT POLICE", "Kent Police")], id="capitals"),
        pytest.param("Dyfed Powys  Police", [("Dyfed Powys  Police", "Dyfed-Powys Police")], id="hyphen or blanks"),
        pytest.param(
            "Devon & Cornwall Police", [("Devon & Cornwall Police", "Devon and Cornwall Police")], id="ampersand"
        ),
        pytest.param("Hampshire Constabulary", [("Hampshire Constabulary", HIOW)], id="earlier name"),
        pytest.param("Heddlu De Cymru", [("Heddlu De Cymru", "South Wales Police")], id="Welsh"),
        pytest.param(
            "Heddlu Trafnidiaeth Prydain", [("Heddlu Trafnidiaeth Prydain", BTP)], id="Welsh, of the railways"
        ),
        pytest.param("Gwynedd Constabulary", [("Gwynedd Constabulary", "North Wales Police")], id="a former name"),
        pytest.param("SYP officers", [("SYP", "South Yorkshire Police")], id="initials of a county"),
        pytest.param("the Met and the MPS", [("the Met", MPS), ("MPS", MPS)], id="short names"),
        pytest.param("the Met's officers", [("the Met", MPS)], id="the Met's"),
        pytest.param(
            "the Chief Constable of Surrey shall", [("Chief Constable of Surrey", "Surrey Police")], id="its chief"
        ),
        pytest.param(
            "Norfolk and Suffolk Constabularies",
            [("Norfolk", "Norfolk Constabulary"), ("Suffolk Constabularies", "Suffolk Constabulary")],
            id="a shared plural",
        ),
        pytest.param(
            "Kent and Essex Police", [("Kent", "Kent Police"), ("Essex Police", "Essex Police")], id="a shared suffix"
        ),
        pytest.param("Strathclyde Police", [("Strathclyde Police", "Strathclyde Police")], id="a former force"),
        pytest.param("GMP officers", [("GMP", "Greater Manchester Police")], id="initials, with context"),
        pytest.param("GMP guidance for factories", [], id="initials of something else"),
        pytest.param("an ASP baton was drawn by the officer", [], id="a baton is not Avon and Somerset"),
        pytest.param("NYP tickets and RMP valves", [], id="initials without police near"),
        pytest.param("She lives in Kent.", [], id="a county"),
        pytest.param("The Met Office warned.", [], id="the weather service"),
        pytest.param("They met the officer; the met team", [], id="small letters"),
        pytest.param("Kentish Police; XGMP officers; AMPS", [], id="inside other words"),
        pytest.param("Kent Police and Crime Commissioner", [], id="a commissioner is no force"),
        pytest.param("Kent Police Federation", [], id="nor is a federation"),
        pytest.param("the police", [], id="the police"),
    ],
)
def test_forces(text: str, expected: list[tuple[str, str]]):
    """A force is found under any of its names and under nothing else."""
    assert found(text, EntityKind.FORCE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("the IOPC", ["Independent Office for Police Conduct"], id="initials"),
        pytest.param("Swyddfa Annibynnol Ymddygiad yr Heddlu", ["Independent Office for Police Conduct"], id="Welsh"),
        pytest.param("HMCPSI", ["His Majesty's Crown Prosecution Service Inspectorate"], id="an inspectorate"),
        pytest.param("the IPT heard it; the ipt did not", ["Investigatory Powers Tribunal"], id="a tribunal"),
        pytest.param("the Police Complaints Board of 1979", ["Police Complaints Board"], id="a former body"),
        pytest.param("National Police Chiefs’ Council", ["National Police Chiefs' Council"], id="curly apostrophe"),
        pytest.param("the PCC for Kent", ["Police and Crime Commissioner for Kent"], id="a commissioner"),
        pytest.param("Secretary of State for the Home Department", ["Home Office"], id="a minister we know"),
        pytest.param("the Vale of Orr NHS Foundation Trust", ["Vale of Orr NHS Foundation Trust"], id="a trust"),
        pytest.param("At HMP Northmoor", ["HMP Northmoor"], id="a prison"),
        pytest.param("Orr County Council", ["Orr County Council"], id="a council"),
        pytest.param("He put his Trust in them", [], id="trust"),
        pytest.param("a nice place; iopc", [], id="small letters"),
    ],
)
def test_bodies(text: str, expected: list[str]):
    """Bodies come from the gazetteer or from the way such bodies are called."""
    assert [name for _, name in found(text, EntityKind.BODY)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Operation Larch began", [("Operation Larch", "Operation Larch")], id="plain"),
        pytest.param("OPERATION LARCH", [("OPERATION LARCH", "Operation Larch")], id="capitals"),
        pytest.param("Op Larch", [("Op Larch", "Operation Larch")], id="short"),
        pytest.param("Operation “Larch”", [("Operation “Larch", "Operation Larch")], id="in quotes"),
        pytest.param("Operations Elm and Oak", [("Elm", "Operation Elm"), ("Oak", "Operation Oak")], id="several"),
        pytest.param("the operation of the Act", [], id="an ordinary word"),
        pytest.param("Operation of the Act", [], id="at a sentence's start"),
        pytest.param("Operation Manual, Operation Room 4", [], id="documents and rooms"),
        pytest.param("Operations Manager and Head", [], id="a post"),
    ],
)
def test_operations(text: str, expected: list[tuple[str, str]]):
    """An operation is the word and a name."""
    assert found(text, EntityKind.OPERATION) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("case 2019/118999.", ["2019/118999"], id="a case"),
        pytest.param("Ref: 2025-0592", ["2025-0592"], id="a coroner's report"),
        pytest.param("HC 119 and HL Paper 45", ["HC 119", "HL Paper 45"], id="papers of Parliament"),
        pytest.param("in 2019-2020 or 2019/2020", [], id="years"),
        pytest.param("SI 2013/16290", [], id="a statutory instrument"),
        pytest.param("£12345/123456 and 01234-567890", [], id="money and telephones"),
    ],
)
def test_references(text: str, expected: list[str]):
    """References keep one form; years, law and telephones are none."""
    assert [name for _, name in found(text, EntityKind.REFERENCE)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("on Monday 3rd March 2021,", [("3rd March 2021", "2021-03-03")], id="in words"),
        pytest.param("March 3, 2021", [("March 3, 2021", "2021-03-03")], id="month first"),
        pytest.param("in Sept 2021", [("Sept 2021", "2021-09")], id="a month"),
        pytest.param("03/04/2021", [("03/04/2021", "2021-04-03")], id="day first"),
        pytest.param("2021-03-04", [("2021-03-04", "2021-03-04")], id="ISO"),
        pytest.param("3 to 5 March 2021", [("5 March 2021", "2021-03-05")], id="the end of a span"),
        pytest.param("30 February 2021", [], id="no such day"),
        pytest.param("paragraph 3.12.2021.4", [], id="a number with stops"),
        pytest.param("in 2021", [], id="a bare year"),
        pytest.param("May 21 officers", [], id="a month without a year"),
    ],
)
def test_dates(text: str, expected: list[tuple[str, str]]):
    """Dates become ISO; only days that exist are dates."""
    assert found(text, EntityKind.DATE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("within six months of this", [("within six months", "P6M")], id="in words"),
        pytest.param(
            "within 56 days of the date of this report",
            [("within 56 days of the date of this report", "P56D")],
            id="from the report on",
        ),
        pytest.param("By 30 April 2023, forces", [("By 30 April 2023", "2023-04-30")], id="a day"),
        pytest.param(
            "by the end of February 2024", [("by the end of February 2024", "2024-02-29")], id="a month's end"
        ),
        pytest.param(
            "no later than the end of 2026", [("no later than the end of 2026", "2026-12-31")], id="a year's end"
        ),
        pytest.param("within the next twelve months", [("within the next twelve months", "P12M")], id="next"),
        pytest.param("It was built in six months. Kept near.", [], id="how long it took"),
        pytest.param("by 1975 he had left", [], id="a bare year"),
    ],
)
def test_deadlines(text: str, expected: list[tuple[str, str]]):
    """Deadlines are days, or durations in ISO 8601."""
    assert found(text, EntityKind.DEADLINE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "under section 136 of the Mental Health Act 1983.",
            [("section 136 of the Mental Health Act 1983", "Mental Health Act 1983, section 136")],
            id="section",
        ),
        pytest.param(
            "paragraph 28A of Schedule 3 to the Police Reform Act 2002",
            [
                (
                    "paragraph 28A of Schedule 3 to the Police Reform Act 2002",
                    "Police Reform Act 2002, paragraph 28A of schedule 3",
                )
            ],
            id="schedule",
        ),
        pytest.param(
            "Regulation 29 of the Coroners (Investigations) Regulations 2013",
            [
                (
                    "Regulation 29 of the Coroners (Investigations) Regulations 2013",
                    "Coroners (Investigations) Regulations 2013, regulation 29",
                )
            ],
            id="regulation",
        ),
        pytest.param("The Inquiries Act 2005 says", [("Inquiries Act 2005", "Inquiries Act 2005")], id="an Act alone"),
        pytest.param(
            "PACE Code C", [("PACE Code C", "Police and Criminal Evidence Act 1984, Code C")], id="by its initials"
        ),
        pytest.param("They did not act in 2005. Act 2005", [], id="act"),
    ],
)
def test_legislation(text: str, expected: list[tuple[str, str]]):
    """An Act is named first and the provision after it."""
    assert found(text, EntityKind.LEGISLATION) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "a Detective Chief Inspector", [("Detective Chief Inspector", "detective chief inspector")], id="longest"
        ),
        pytest.param("custody sergeants", [("custody sergeants", "custody sergeant")], id="plural"),
        pytest.param("PC Vane and DS [A]", [("PC", "police constable"), ("DS", "detective sergeant")], id="short"),
        pytest.param("his PC was off", [], id="a computer"),
        pytest.param("Constabulary", [], id="inside a word"),
    ],
)
def test_ranks(text: str, expected: list[tuple[str, str]]):
    """Ranks are found, names are not."""
    assert found(text, EntityKind.RANK) == expected


PIECES = (
    "Kent Police|the Met|and|Essex|Operation|Larch|Op|within|six|months|by|3|March|2021|section 4 of the"
    "|Police Act 1996|PC|2019/118999|NHS Trust|,|(|”|’s|IOPC|Chief Constable of"
)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14), st.sampled_from([" ", "", "\n", "  "]))
def test_no_overlaps(words: list[str], gap: str):
    """Offsets give the text back, and entities of one kind never overlap."""
    text = gap.join(words)
    entities = find(text)
    assert all(text[entity.start : entity.end] == entity.text for entity in entities)
    for kind in EntityKind:
        own = [entity for entity in entities if entity.kind is kind]
        assert all(before.end <= after.start for before, after in pairwise(own))


def test_every_territorial_force():
    """All 43 forces of England and Wales are there, and every name in the gazetteer leads to one entry."""
    assert sum(force.area is not None for force in FORCES) == 43
    assert all(resolve_force(force.name) == force.name for force in FORCES)
    assert all(resolve_body(body.name) == body.name for body in BODIES)
    names = {force.name for force in FORCES}
    assert all(force.successor in names for force in FORCES if force.successor)


def test_dates_of_existence():
    """All 43 say since when they exist; what ended began before, and what followed was there when it ended."""
    entries = (*FORCES, *BODIES)
    years = {entry.name: entry.since for entry in entries}
    assert all(force.since for force in FORCES if force.area)
    for entry in entries:
        assert (entry.until is not None) is (entry.kind == "former" or entry.successor is not None), entry.name
        if entry.until and entry.since:
            assert entry.since <= entry.until.year, entry.name
        if entry.until and entry.successor and years[entry.successor]:
            assert (years[entry.successor] or 0) <= entry.until.year + 1, entry.name
    assert all(entry.name not in entry.former for entry in entries)


@pytest.mark.parametrize("name", ["Kent", "", "the police", "Orrshire Police", "Met Office"])
def test_no_force(name: str):
    """What is no force's name resolves to nothing."""
    assert resolve_force(name) is None


def test_watchdog_vocabulary_resolves(shared: Path):
    """Every force as the watchdog's pages write it resolves."""
    folder = shared / "corpus" / "datasets"
    names = set(json.loads((folder / "iopc_tag_vocabulary.json").read_text("utf-8"))["forces"])
    lines = (folder / "iopc_recommendations_2021.jsonl").read_text("utf-8").splitlines()
    names |= {row["Force"] for row in map(json.loads, lines) if row.get("Force")}
    assert len(names) >= 43
    assert not [name for name in names if resolve_force(name) is None]
