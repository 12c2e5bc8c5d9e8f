"""How good the tagger is beside what any tagger must beat, in JSON: document-grouped folds over labelled paragraphs.

Data: a file of labelled paragraphs (``--labels``), and further ones that all learn from and none is measured on
(``--also``; ``make further-labels`` writes them). Peers: cue words; logistic regression over words and pairs, the
neighbouring sentences' words among them; the plain encoder frozen, with logistic regression over its sentence vectors.
Method: five folds by document; every peer learns on four and is measured on the fifth. The shipped tagger's own figures
are those of its manifest, made in the same folds by ``findingaid train``, since its weights learnt from all labels.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from extractors.scoring import ScoredSentence
from extractors.tagging.baseline import CueTagger
from extractors.tagging.experiment import fit_lexicals, flat
from extractors.tagging.folds import Material
from extractors.tagging.heads import softmax
from extractors.tagging.judging import judge, measured
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.manifest import read_manifest
from extractors.tagging.model import lexical_inputs
from extractors.tagging.network import plain_encoder, weights_folder
from extractors.tagging.reading import read_windows
from extractors.tagging.runtimes import TorchRuntime
from extractors.tagging.second_fit import true_roles
from extractors.tagging.tagger import SHIPPED_MODEL
from extractors.tagging.tokens import TOKENIZER_FILE, Tokens
from extractors.tagging.vocabulary import ROLE_ORDER
from pipelines.train import load_labels

LABELS = Path(__file__).parents[2] / "shared" / "labels" / "paragraphs.jsonl"
FURTHER = Path(__file__).parent / "out" / "further_labels.jsonl"
KEPT = ("macro_f1", "macro_low", "macro_high", "accuracy", "allegation_as_finding", "calibration_error")
Labels = list[LabelledParagraph]


def figures(labels: Labels, probabilities: np.ndarray) -> dict[str, float]:
    """Role figures of *probabilities*, one row per sentence of *labels*."""
    truths = [(p.document, s.role) for p in labels for s in p.sentences]
    scored = [
        ScoredSentence(document=document, truth=role, guess=ROLE_ORDER[int(row.argmax())], score=float(row.max()))
        for (document, role), row in zip(truths, probabilities, strict=True)
    ]
    found = flat(measured(scored, []))
    return {name: value for name, value in found.items() if name in KEPT or name.startswith("role.")}


def vectors_of(labels: Labels) -> list[np.ndarray]:
    """Mean vectors of each paragraph's sentences by the plain encoder, read in the same windows as the tagger reads."""
    tokens = Tokens(weights_folder() / TOKENIZER_FILE)
    plain = [paragraph.unlabelled() for paragraph in labels]
    pieces = [tokens.pieces([p.text[start:end] for start, end in p.sentences or ()]) for p in plain]
    encoder = plain_encoder(weights_folder())
    ends = np.cumsum([len(own) for own in pieces])
    windows = tokens.windows(plain, pieces)
    read = read_windows(TorchRuntime(encoder), windows, int(ends[-1]), encoder.config.hidden_size).sentences
    return np.split(read, ends[:-1])


def lexical_rows(learnt: Labels, asked: Labels) -> np.ndarray:
    """Probabilities of *asked* by a model over words that learnt from *learnt*."""
    plain = [paragraph.unlabelled() for paragraph in asked]
    rows, _ = lexical_inputs(plain, [p.sentences or () for p in plain])
    return softmax(fit_lexicals(learnt).roles.logits(rows))


def frozen_rows(vectors: np.ndarray, truth: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Probabilities of the sentences *asked* about, by logistic regression over frozen vectors."""
    from sklearn.linear_model import LogisticRegression

    model: Any = LogisticRegression(C=10, max_iter=500).fit(vectors, truth)
    return model.predict_proba(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--also", type=Path, default=FURTHER)
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    if not options.labels.exists():
        raise SystemExit(f"{options.labels} is not here: name labelled paragraphs with --labels.")
    material = Material(load_labels([options.labels]), load_labels([options.also]) if options.also.exists() else ())
    every = material.all
    vectors = dict(zip((id(p) for p in every), vectors_of(every), strict=True))
    asked: Labels = []
    lexical, frozen = [], []
    for fold in range(options.folds):
        learnt, held = material.cut(fold, options.folds)
        asked += held.labels
        lexical.append(lexical_rows(learnt.all, list(held.labels)))
        frozen.append(
            frozen_rows(
                np.concatenate([vectors[id(p)] for p in learnt.all]),
                true_roles(learnt.all),
                np.concatenate([vectors[id(p)] for p in held.labels]),
            )
        )
    labels = list(material.labels)
    cues = flat(judge(labels, CueTagger().tag([p.unlabelled() for p in labels])))
    manifest = read_manifest(SHIPPED_MODEL)
    rows = {
        "cue words": {name: cues[name] for name in cues if name in KEPT or name.startswith("role.")},
        "words and pairs, logistic regression": figures(asked, np.concatenate(lexical)),
        "frozen encoder, logistic regression": figures(asked, np.concatenate(frozen)),
        f"{manifest.name} {manifest.revision}": {
            name: value for name, value in manifest.figures.items() if name in KEPT or name.startswith("role.")
        },
    }
    print(
        json.dumps(
            {
                "sentences": len(true_roles(labels)),
                "further": len(material.further),
                "folds": options.folds,
                "taggers": rows,
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
