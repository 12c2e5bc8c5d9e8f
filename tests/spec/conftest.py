"""The back ends that the search tables run against, all holding one invented corpus."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractors.records import (
    Block,
    BlockKind,
    Entity,
    EntityKind,
    Maker,
    Passage,
    Recommendation,
    Report,
    Role,
    Tagged,
    TaggedSentence,
    ThemeScore,
)
from index.embedded import EmbeddedIndex
from index.memory import MemoryIndex
from index.protocol import Index

CORPUS = Path(__file__).parent / "corpus.toml"
MAKER = Maker(name="by-hand", revision="1")


def tagged_corpus() -> list[Tagged]:
    """The corpus as the stages before would hand it over."""
    return [_tagged(row) for row in tomllib.loads(CORPUS.read_text("utf-8"))["report"]]


def _tagged(row: dict[str, Any]) -> Tagged:
    passages, units = row.pop("passages"), row.pop("recommendations", [])
    report = Report(sha256="0" * 64, page_count=30, **row)
    return Tagged(
        report=report,
        maker=MAKER,
        passages=tuple(_passage(report, n, one) for n, one in enumerate(passages)),
        recommendations=tuple(_unit(report, n, one) for n, one in enumerate(units)),
    )


def _passage(report: Report, ordinal: int, row: dict[str, Any]) -> Passage:
    text = row["text"]
    return Passage(
        id=f"{report.id}:{ordinal}",
        report=report,
        block=Block(
            ordinal=ordinal,
            kind=BlockKind.PARAGRAPH,
            text=text,
            raw=text,
            pages=tuple(row["pages"]),
            number=row.get("number"),
            section=tuple(row.get("section", ())),
        ),
        sentences=tuple(
            TaggedSentence(
                start=0, end=len(text), role=Role(role), score=0.9, scores={Role(role): 0.9}, reviewed=role == "finding"
            )
            for role in row["roles"]
        ),
        themes=tuple(ThemeScore(theme=theme, score=0.8) for theme in row.get("themes", ())),
        entities=tuple(
            Entity(kind=EntityKind.FORCE, start=0, end=2, text="PC", name=name) for name in row.get("names", ())
        ),
    )


def _unit(report: Report, place: int, row: dict[str, Any]) -> Recommendation:
    return Recommendation(
        id=f"{report.id}/{place}",
        report=report,
        number=row.get("number"),
        text=row["text"],
        pages=(row["page"],),
        passages=tuple(f"{report.id}:{ordinal}" for ordinal in row["passages"]),
        addressees=tuple(row["addressees"]),
        themes=tuple(row["themes"]),
        made_on=report.published or date(2020, 1, 1),
        decision=row.get("decision"),
    )


@pytest.fixture(scope="session")
def corpus() -> list[Tagged]:
    """The corpus of the tables."""
    return tagged_corpus()


BACK_ENDS = [
    "memory",
    "embedded",
    "embedded in parts",
    pytest.param("elasticsearch", marks=pytest.mark.xdist_group("elasticsearch")),
]


@pytest.fixture(scope="session", params=BACK_ENDS)
def index(request: pytest.FixtureRequest, corpus: list[Tagged], tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Each back end in turn, with the corpus published, vectors and all."""
    made = _made(request, tmp_path_factory)
    made.publish(corpus, vectors=True)
    return made


@pytest.fixture(params=BACK_ENDS)
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Each back end in turn, with nothing published."""
    return _made(request, tmp_path_factory)


def _made(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> Index:
    if request.param == "memory":
        return MemoryIndex()
    if request.param == "embedded":
        return EmbeddedIndex(folders.mktemp("index"))
    if request.param == "embedded in parts":  # as more than fifty thousand passages are searched
        return EmbeddedIndex(folders.mktemp("index"), parted=0)
    return request.getfixturevalue("elasticsearch_index")()
