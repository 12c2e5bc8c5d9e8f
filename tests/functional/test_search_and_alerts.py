"""A researcher's way: search, explain, count, page, export, cite, ask again, and be told what is new."""

import json

import pytest

REPORTS = [
    {"url": "https://reports.example/1", "title": "A lost camera", "published": "2020-05-01", "publisher": "Watchdog",
     "text": "Officers lost a camera in a field.\n\nThe force should audit every camera each month."},
    {"url": "https://reports.example/2", "title": "A found camera", "published": "2022-05-01", "publisher": "Watchdog",
     "text": "The camera was found by a walker.\n\nNobody had reported it lost."},
]  # fmt: skip
NEW = {"url": "https://reports.example/3", "title": "A new camera", "text": "A third camera was bought."}


def write(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.fixture
def corpus(findingaid, tmp_path):
    """Two reports, published."""
    assert findingaid("ingest", write(tmp_path / "one.jsonl", *REPORTS)).code == 0
    return tmp_path


def test_search_in_every_way(findingaid, corpus):
    """Order, pages, counts and explanation of one query, each as data on stdout."""
    newest = findingaid("search", "camera", "--sort", "newest", "--json").lines
    dates = [line["published"] for line in newest]
    assert dates == sorted(dates, reverse=True)
    assert {"boxes", "role_scores", "theme_scores", "section", "citation_id", "source"} <= set(newest[0])
    first = findingaid("search", "camera", "--limit", "1", "--json")
    cursor = first.err.split("--after ")[1].strip()
    second = findingaid("search", "camera", "--limit", "1", "--json", "--after", cursor)
    assert first.lines[0]["id"] != second.lines[0]["id"]
    (counts,) = findingaid("search", "camera", "--facets", "--json").lines
    assert counts["total"] == len(newest)
    assert sum(counts["facets"]["year"].values()) == len(newest)
    (explained,) = findingaid("search", "the cameras", "--explain", "--json").lines
    assert (explained["terms"], explained["left_out"]) == ({"cameras": "camera"}, ["the"])
    assert "stems" in findingaid("search", "the cameras", "--explain").out
    nothing = findingaid("search", "forse:zebra")
    assert "Did you mean force:?" in nothing.err
    assert findingaid("search", "camera", "--after", "x").code == 2


def test_what_was_sought_is_told(findingaid, corpus):
    """An answer for people names the words it read otherwise, their other names, and where the next page begins."""
    said = findingaid("search", "bwv camra", "--limit", "1").out
    assert "'camra' read as 'camera'" in said
    assert "'bwv' sought also as" in said
    cursor = findingaid("search", "camera", "--limit", "1").out.split("--after ")[1].split()[0]
    assert findingaid("search", "camera", "--limit", "1", "--after", cursor, "--json").lines


def test_search_by_meaning(findingaid, corpus):
    """Meaning needs vectors, and says so; once published with them, later runs keep them, and a record reruns."""
    refused = findingaid("search", "film lost by police", "--mode", "meaning")
    assert (refused.code, "publish --vectors" in refused.err) == (2, True)
    assert findingaid("search", "camera", "--mode", "meening").code == 2
    assert "2 reports published" in findingaid("publish", "--vectors").err
    nearest = findingaid("search", "video mislaid by police", "--mode", "meaning", "--limit", "1", "--json").lines
    assert "camera" in nearest[0]["text"]
    findingaid("ingest", write(corpus / "two.jsonl", NEW))
    bought = ("search", "purchase of a video", "--mode", "hybrid", "--limit", "3", "--record", corpus / "h.json")
    assert "near in meaning" in findingaid(*bought).out
    assert findingaid("rerun", corpus / "h.json").code == 0
    assert "3 reports published" in findingaid("publish", "--no-vectors").err
    assert findingaid("search", "camera", "--mode", "hybrid").code == 2


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_an_export_can_be_asked_again(findingaid, corpus, form):
    """An export reruns to the same bytes; once the corpus has changed, that is said, and ends with 1."""
    path = corpus / f"all.{form}"
    assert findingaid("export", "camera", "-o", path, "--sort", "newest").code == 0
    assert findingaid("export", "camera", "-o", corpus / "units.csv", "--kind", "recommendations").code == 0
    assert findingaid("rerun", corpus / "units.csv").code == 0
    again = findingaid("rerun", path, "--json")
    assert (again.code, len(again.lines) > 1) == (0, True)
    findingaid("ingest", write(corpus / "two.jsonl", NEW))
    changed = findingaid("rerun", path)
    assert changed.code == 1
    assert "the record is of" in changed.err


def test_a_search_can_be_cited(findingaid, corpus):
    """The record of a search holds the versions it rests on, and asks it again."""
    shown = findingaid("search", "camera", "--limit", "1", "--json", "--record", corpus / "q.json")
    held = json.loads((corpus / "q.json").read_text())
    assert (held["query"], held["limit"]) == ("camera", 1)
    assert held["generation"]
    assert held["models"]
    assert findingaid("rerun", corpus / "q.json", "--json").lines == shown.lines
    (corpus / "q.json").write_text(json.dumps(held | {"answer": "0" * 64}))
    assert findingaid("rerun", corpus / "q.json").code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["export", "camera", "-o", "x.docx"], 2),
        (["export", "role:findng", "-o", "x.csv"], 2),
        (["export", "camera", "-o", "/nowhere/x.csv"], 41),
        (["rerun", "nothing.csv"], 16),
        (["alerts", "run", "nobody"], 2),
        (["alerts", "remove", "nobody"], 2),
        (["alerts", "add", "a b", "camera"], 2),
        (["alerts", "add", "hook", "camera", "--to", "https://example.org/"], 2),
    ],
)
def test_what_cannot_be_done_is_said(findingaid, corpus, arguments, code):
    """Each mistake has its exit code and one sentence."""
    said = findingaid(*arguments)
    assert (said.code, said.out) == (code, "")
    assert said.err.count("\n") == 1


def test_alerts(findingaid, corpus):
    """An alert is silent about what is there, tells what comes once, to each of its outputs, and can be removed."""
    news = corpus / "news.jsonl"
    assert findingaid("alerts", "add", "cameras", "camera", "--to", "-", "--to", news).code == 0
    assert findingaid("alerts", "run", "--json").lines == []
    findingaid("ingest", write(corpus / "two.jsonl", NEW))
    told = findingaid("alerts", "run", "--json").lines
    assert {line["title"] for line in told} == {"A new camera"}
    assert [json.loads(line)["citation_id"] for line in news.read_text().splitlines()] == [
        line["citation_id"] for line in told
    ]
    assert findingaid("alerts", "run", "--json").lines == []
    (listed,) = findingaid("alerts", "list", "--json").lines
    assert (listed["name"], listed["query"], listed["waiting"]) == ("cameras", "camera", 0)
    assert "cameras: camera" in findingaid("alerts", "list").out
    assert findingaid("alerts", "remove", "cameras").code == 0
    assert findingaid("alerts", "list", "--json").lines == []
