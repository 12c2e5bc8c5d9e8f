"""What is said of a passage where the tagger was unsure."""

import pytest

from extractors.records import Block, BlockKind, Passage, Report, Role, TaggedSentence
from pipelines.cli.views import passage_fields, unsure_of

REPORT = Report(id="r", sha256="0" * 64, url="file:///r", title="A title", page_count=1)


def passage(*sentences: tuple[Role, float, bool]) -> Passage:
    block = Block(ordinal=0, kind=BlockKind.PARAGRAPH, text="x" * 10 * len(sentences), pages=(1,))
    tagged = tuple(
        TaggedSentence(start=10 * n, end=10 * n + 10, role=role, score=score, scores={role: score}, abstained=abstained)
        for n, (role, score, abstained) in enumerate(sentences)
    )
    return Passage(id="r:0", report=REPORT, block=block, sentences=tagged)


@pytest.mark.parametrize(
    ("made", "likeliest"),
    [
        pytest.param(passage((Role.FINDING, 0.4, True)), Role.FINDING, id="unsure of its only sentence"),
        pytest.param(passage((Role.FINDING, 0.4, True), (Role.ALLEGATION, 0.45, True)), Role.ALLEGATION, id="of both"),
        pytest.param(
            passage((Role.FINDING, 0.4, True), (Role.OTHER, 0.9, False)), Role.FINDING, id="the rest is other"
        ),
        pytest.param(passage((Role.FINDING, 0.4, True), (Role.OUTCOME, 0.9, False)), None, id="sure of something"),
        pytest.param(passage((Role.OTHER, 0.9, False)), None, id="sure that it says nothing"),
        pytest.param(passage(), None, id="nothing to say"),
    ],
)
def test_unsure(made: Passage, likeliest: Role | None) -> None:
    """A passage is unsure where only sentences say anything of which the tagger abstained; it is never plain other."""
    assert unsure_of(made) == likeliest
    assert passage_fields(made)["unsure_of"] == likeliest
