"""Tags beside labels: the figures of one tagger, whatever it is made of."""

from collections.abc import Sequence

from extractors.records import Record, Role
from extractors.scoring import (
    ClassScore,
    ScoredSentence,
    accuracy,
    accuracy_when_sure,
    allegation_as_finding,
    calibration_error,
    macro,
    macro_interval,
    micro_macro,
    role_scores,
    theme_scores,
)
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.paragraphs import TaggedParagraph
from extractors.tagging.vocabulary import role_entry, theme_title
from extractors.wording import counted


class Measured(Record):
    """Every figure that is published about a tagger."""

    sentences: int
    documents: int
    accuracy: float
    macro_f1: float
    macro_interval: tuple[float, float]
    roles: dict[Role, ClassScore]
    confusion: dict[Role, dict[Role, int]]
    allegation_as_finding: float
    calibration_error: float
    accuracy_when_sure: float
    theme_micro: float
    theme_macro: float
    themes: dict[str, ClassScore]

    def table(self) -> str:
        """The figures as lines of text, roles first."""
        low, high = self.macro_interval
        lines = [f"{'role':<42}{'precision':>10}{'recall':>8}{'F1':>8}{'n':>7}"]
        lines += [_row(role_entry(role).title, score) for role, score in self.roles.items()]
        lines += [
            f"macro-F1 {self.macro_f1:.3f} (95 % interval {low:.3f} to {high:.3f}), accuracy {self.accuracy:.3f}",
            f"allegations shown as findings {self.allegation_as_finding:.1%}",
            f"calibration error {self.calibration_error:.3f}",
            f"accuracy with the least sure tenth left out {self.accuracy_when_sure:.3f}",
            f"{counted(self.sentences, 'sentence')} of {counted(self.documents, 'document')}",
            "",
            f"{'theme':<42}{'precision':>10}{'recall':>8}{'F1':>8}{'n':>7}",
        ]
        lines += [_row(theme_title(code), score) for code, score in self.themes.items()]
        lines.append(f"micro-F1 {self.theme_micro:.3f}, macro-F1 {self.theme_macro:.3f}")
        return "\n".join(lines)


def _row(title: str, score: ClassScore) -> str:
    return f"{title:<42}{score.precision:>10.3f}{score.recall:>8.3f}{score.f1:>8.3f}{score.support:>7}"


def measured(sentences: Sequence[ScoredSentence], themes: Sequence[tuple[frozenset[str], frozenset[str]]]) -> Measured:
    """Figures of *sentences* and of the (true, assigned) *themes* of paragraphs."""
    roles = role_scores((s.truth, s.guess) for s in sentences)
    micro, mean = micro_macro(themes)
    confusion = {truth: dict.fromkeys(Role, 0) for truth in Role}
    for s in sentences:
        confusion[s.truth][s.guess] += 1
    return Measured(
        sentences=len(sentences),
        documents=len({s.document for s in sentences}),
        accuracy=accuracy(sentences),
        macro_f1=macro(roles),
        macro_interval=macro_interval(sentences),
        roles=roles,
        confusion=confusion,
        allegation_as_finding=allegation_as_finding(sentences),
        calibration_error=calibration_error([(s.score, s.truth is s.guess) for s in sentences]),
        accuracy_when_sure=accuracy_when_sure(sentences),
        theme_micro=micro,
        theme_macro=mean,
        themes=theme_scores(themes),
    )


def judge(labels: Sequence[LabelledParagraph], tags: Sequence[TaggedParagraph]) -> Measured:
    """Figures of *tags* beside *labels*, paragraph by paragraph and sentence by sentence."""
    sentences: list[ScoredSentence] = []
    themes: list[tuple[frozenset[str], frozenset[str]]] = []
    for label, tagged in zip(labels, tags, strict=True):
        for truth, guess in zip(label.sentences, tagged.sentences, strict=True):
            sentences.append(
                ScoredSentence(document=label.document, truth=truth.role, guess=guess.role, score=guess.score)
            )
        themes.append((frozenset(label.themes), frozenset(score.theme for score in tagged.themes)))
    return measured(sentences, themes)
