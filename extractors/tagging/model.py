"""The trained tagger: encoder, lexical model, second reading and calibration put together."""

# safetensors type their calls in part; what comes out of them is narrowed where it enters a record.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnnecessaryCast=false

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from extractors.errors import ModelError
from extractors.records import Maker, Problem, TaggedSentence, ThemeScore
from extractors.tagging.calibration import decide
from extractors.tagging.context import Layout, Raw
from extractors.tagging.heads import Floats, Heads
from extractors.tagging.language import is_english
from extractors.tagging.lexical import LexicalModel, paragraph_terms, sentence_terms
from extractors.tagging.manifest import Manifest, read_manifest
from extractors.tagging.paragraphs import Paragraph, TaggedParagraph
from extractors.tagging.reading import read_windows
from extractors.tagging.runtimes import ENCODER_FILE, OnnxRuntime, Runtime
from extractors.tagging.second import SecondReading
from extractors.tagging.spans import sentence_spans
from extractors.tagging.tokens import TOKENIZER_FILE, Tokens, runs, useful_heading
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES

HEADS_FILE = "heads.safetensors"
LEXICAL_FILE = "lexical.safetensors"
SECOND_FILE = "second.safetensors"
_NOT_ENGLISH = Problem(
    kind="not-english",
    what="The paragraph does not read as English, so it was not tagged.",
    mend="Look for the English version of the document.",
    page=None,
)

Spans = Sequence[Sequence[tuple[int, int]]]


def lexical_inputs(paragraphs: Sequence[Paragraph], spans: Spans) -> tuple[list[list[str]], list[list[str]]]:
    """Terms of every sentence, with its neighbours in the document, and of every paragraph."""
    sentence_rows: list[list[str]] = []
    for run in runs(paragraphs):
        texts = [paragraphs[at].text[start:end] for at in run for start, end in spans[at]]
        heading = useful_heading(paragraphs[run[0]].heading)
        framed = ["", *texts, ""]
        for at, text in enumerate(texts):
            sentence_rows.append(sentence_terms(text, framed[at], framed[at + 2], heading))
    return sentence_rows, [paragraph_terms(p.text, useful_heading(p.heading)) for p in paragraphs]


@dataclass(frozen=True, slots=True)
class Lexicals:
    """The two linear models over words."""

    roles: LexicalModel
    themes: LexicalModel


def raw_scores(
    paragraphs: Sequence[Paragraph], spans: Spans, tokens: Tokens, runtime: Runtime, heads: Heads, lexical: Lexicals
) -> Raw:
    """The first reading's scores: what the second reads, and what it is learnt from.

    Args:
        paragraphs: documents' paragraphs in order.
        spans: per paragraph, its sentences' offsets.
        tokens: the tokenizer.
        runtime: the encoder.
        heads: what reads the encoder's vectors.
        lexical: the models over words.
    """
    texts = [[p.text[start:end] for start, end in own] for p, own in zip(paragraphs, spans, strict=True)]
    windows = tokens.windows(paragraphs, [tokens.pieces(own) for own in texts])
    starts = np.cumsum([0, *map(len, texts)]).tolist()
    vectors = read_windows(runtime, windows, starts[-1], heads.role_weight.shape[1])
    members = [range(first, last) for first, last in pairwise(starts)]
    sentence_rows, paragraph_rows = lexical_inputs(paragraphs, spans)
    return Raw(
        heads.roles(vectors.sentences),
        lexical.roles.logits(sentence_rows),
        heads.themes(vectors.sentences, vectors.windows, vectors.sizes, members),
        lexical.themes.logits(paragraph_rows),
    )


class ModelTagger:
    """Tags with a trained model. Safe to share between threads; holds no state between calls."""

    def __init__(
        self,
        manifest: Manifest,
        tokens: Tokens,
        runtime: Runtime,
        heads: Heads,
        lexical: Lexicals,
        second: SecondReading,
    ) -> None:
        """Put the parts together; ``load_model`` reads them from a folder."""
        self._manifest = manifest
        self._tokens = tokens
        self._runtime = runtime
        self._heads = heads
        self._lexical = lexical
        self._second = second

    @property
    def maker(self) -> Maker:
        """Name and revision, to be stored with every tag."""
        return self._manifest.maker

    def tag(self, paragraphs: Sequence[Paragraph]) -> list[TaggedParagraph]:
        """Tag *paragraphs*, one answer each in the same order; neighbours in a document are context."""
        spans = [sentence_spans(paragraph) for paragraph in paragraphs]
        raw = raw_scores(paragraphs, spans, self._tokens, self._runtime, self._heads, self._lexical)
        read = self._second.read(Layout.of(paragraphs, spans), raw)
        assigned = self._manifest.calibration.assigned(read.themes, read.judging)
        starts = np.cumsum([0, *(len(own) for own in spans)]).tolist()
        return [
            self._tagged(paragraph, spans[at], read.roles[first:last], read.themes[at], assigned[at])
            for at, (paragraph, (first, last)) in enumerate(zip(paragraphs, pairwise(starts), strict=True))
        ]

    def _tagged(
        self,
        paragraph: Paragraph,
        spans: Sequence[tuple[int, int]],
        roles: Floats,
        themes: Floats,
        assigned: NDArray[np.bool_],
    ) -> TaggedParagraph:
        english = is_english(paragraph.text)
        floor = self._manifest.calibration.abstain_below if english else 1.1
        sentences = tuple(_sentence(span, row, floor) for span, row in zip(spans, roles, strict=True))
        chosen = sorted(np.flatnonzero(assigned), key=lambda c: -themes[c]) if english else []
        scores = tuple(ThemeScore(theme=THEME_CODES[c], score=min(1.0, float(themes[c]))) for c in chosen)
        problems = () if english else (_NOT_ENGLISH,)
        return TaggedParagraph(id=paragraph.id, sentences=sentences, themes=scores, problems=problems)


def _sentence(span: tuple[int, int], row: Floats, floor: float) -> TaggedSentence:
    best = decide(row)
    score = min(1.0, float(row[best]))
    scores = {role: min(1.0, float(value)) for role, value in zip(ROLE_ORDER, row, strict=True)}
    start, end = span
    return TaggedSentence(
        start=start, end=end, role=ROLE_ORDER[best], score=score, scores=scores, abstained=score < floor
    )


def _tensors(path: Path) -> dict[str, NDArray[np.generic]]:
    import safetensors.numpy as stored

    try:
        return cast("Any", stored).load_file(path)
    except Exception as error:  # the library raises its own kind
        raise ModelError(f"{path} cannot be loaded as weights.") from error


def load_model(folder: Path, runtime: Runtime | None = None) -> ModelTagger:
    """The tagger in *folder*, run by onnxruntime unless another *runtime* is given.

    Raises:
        ModelError: weights are missing, damaged, or made for another vocabulary.
    """
    manifest = read_manifest(folder)
    heads = Heads.from_tensors(_tensors(folder / HEADS_FILE))
    tables = _tensors(folder / LEXICAL_FILE)
    lexical = Lexicals(LexicalModel.from_tensors(tables, "roles"), LexicalModel.from_tensors(tables, "themes"))
    tokens = Tokens(folder / TOKENIZER_FILE)
    second = SecondReading.from_tensors(_tensors(folder / SECOND_FILE))
    return ModelTagger(manifest, tokens, runtime or OnnxRuntime(folder / ENCODER_FILE), heads, lexical, second)
