"""``findingaid tag``: what it prints, and input that must not break it."""

import json

import pytest

WELSH = (
    "Rydym yn argymell bod y heddlu yn adolygu sut mae swyddogion yn cofnodi chwiliadau ac yn hyfforddi eu staff ar "
    "gyfer y gwaith hwn."
)


@pytest.fixture
def tag(findingaid, tmp_path):
    def run(*lines, options=()):
        file = tmp_path / "paragraphs.jsonl"
        file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return findingaid("tag", file, *options)

    return run


def test_the_contract(tag):
    """The line as it was given, a role with its scores for each sentence, whose it is, and assigned themes."""
    text = "The jury concluded that he fell from the bench. The force should record every check in custody."
    (line,) = tag({"id": 7, "heading": "Recommendations", "text": text, "mine": ["\ud83d\u2028"]}).lines
    assert (line["id"], line["heading"], line["text"], line["mine"]) == (7, "Recommendations", text, ["\ud83d\u2028"])
    for sentence in line["sentences"]:
        assert sentence["score"] == sentence["scores"][sentence["role"]]
        likeliest = max(sentence["scores"], key=sentence["scores"].get)
        assert sentence["role"] == likeliest or likeliest == "finding", "only a finding may be passed over"
        assert len(sentence["scores"]) == 7
    assert [s["role"] for s in line["sentences"]][1] == "recommendation"
    speaker = line["sentences"][0]["speaker"]
    assert line["sentences"][0]["role"] in {"finding", "outcome"}
    assert (speaker["name"], text[speaker["start"] : speaker["end"]]) == ("the jury", "The jury")
    assert "custody" in {theme["theme"] for theme in line["themes"]}
    assert "problems" not in line


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\t ", id="white space"),
        pytest.param("the officer " * 8500, id="100,000 characters without an end"),
        pytest.param("He ran\x00\x07\x1b[31m away.\u2028She\x85 stayed.", id="control characters"),
        pytest.param("\u202eHe ran.\u202c \u200fShe stayed.", id="right-to-left marks"),
        pytest.param("شرطة المدينة. " * 20, id="right-to-left script"),
        pytest.param("He ran. \ud83d She stayed.", id="half a character"),
        pytest.param("🚓 He ran. 👮🏽‍♀️ She stayed.", id="beyond the basic plane"),
        pytest.param("e\u0301te\u0301. Ｆｏｒｃｅ. ﬁnding.", id="composed and wide letters"),
    ],
)
def test_strange_text(tag, text):
    """Offsets index the text that was given, as long as it was, and each sentence is a stretch of it."""
    (line,) = tag({"id": "a", "text": text}).lines
    assert len(line["text"]) == len(text)
    last = 0
    for sentence in line["sentences"]:
        assert last <= sentence["start"] < sentence["end"] <= len(text)
        last = sentence["end"]


def test_not_english(tag):
    """It is said, nothing is assigned, and every sentence is left to a person."""
    (line,) = tag({"id": "a", "text": WELSH}).lines
    assert [problem["kind"] for problem in line["problems"]] == ["not-english"]
    assert line["themes"] == []
    assert all(sentence["abstained"] for sentence in line["sentences"])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("{", id="no JSON"),
        pytest.param("[1]", id="no object"),
        pytest.param({"id": "a"}, id="no text"),
        pytest.param({"text": 7}, id="a number for a text"),
        pytest.param({"text": "He ran.", "sentences": [{"start": 0, "end": 99}]}, id="beyond the text"),
        pytest.param({"text": "He ran.", "sentences": [{"start": 0, "end": 5}, {"start": 3, "end": 7}]}, id="overlap"),
        pytest.param({"text": "He ran.", "sentences": [{"start": 3}]}, id="no end"),
        pytest.param({"text": "He ran.", "sentences": [{"start": "x", "end": 2}]}, id="no number"),
        pytest.param({"text": "He ran.", "sentences": 7}, id="no list"),
        pytest.param({"text": "He ran.", "sentences": [7]}, id="no span"),
    ],
)
def test_bad_lines(tag, line):
    """Exit code 17, one sentence that names the line and quotes nothing of it."""
    said = tag({"id": "a", "text": "She stayed."}, line)
    assert said.code == 17
    assert "line 2" in said.err
    assert "Traceback" not in said.err
    assert "He ran" not in said.err


def test_a_missing_model(tag, tmp_path):
    """Exit code 20, naming the folder."""
    said = tag({"text": "He ran."}, options=("--model", tmp_path / "none"))
    assert (said.code, str(tmp_path / "none") in said.err) == (20, True)


def test_an_unknown_runtime(tag):
    """Exit code 2, with those that are known."""
    said = tag({"text": "He ran."}, options=("--runtime", "cobol"))
    assert (said.code, "openvino" in said.err) == (2, True)
