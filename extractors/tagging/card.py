"""The cards' figures, made from the manifest and counted in the labels, so that card and truth cannot part."""

from collections import Counter
from collections.abc import Sequence

from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.manifest import Manifest
from extractors.tagging.vocabulary import ROLES, THEMES
from extractors.wording import counted

BEGIN = "<!-- figures: made from the manifest -->"
BEGIN_DATA = "<!-- figures: counted in the labels -->"
END = "<!-- end of figures -->"


def figures_block(manifest: Manifest) -> str:
    """The figures of *manifest* as Markdown, markers included."""
    kept = manifest.figures
    lines = [
        BEGIN,
        (
            f"Model `{manifest.name}`, revision `{manifest.revision}`; measured on "
            f"{kept['sentences']:.0f} sentences of {kept['documents']:.0f} held-out documents."
        ),
        "",
        "| measure | figure |",
        "|---|---|",
        (
            f"| role macro-F1 (95 % interval over documents) | "
            f"{kept['macro_f1']:.3f} ({kept['macro_low']:.3f} to {kept['macro_high']:.3f}) |"
        ),
        f"| role accuracy | {kept['accuracy']:.3f} |",
        f"| role accuracy, the least sure tenth left out | {kept['accuracy_when_sure']:.3f} |",
        f"| allegations shown as findings | {kept['allegation_as_finding']:.1%} |",
        f"| calibration error | {kept['calibration_error']:.3f} |",
        f"| themes, micro and macro F1 | {kept['theme_micro']:.3f}, {kept['theme_macro']:.3f} |",
        *(f"| F1 of role {entry.title.lower()} | {kept[f'role.{entry.role}']:.3f} |" for entry in ROLES),
        *(
            f"| F1 of theme {entry.title.lower()} | {kept[name]:.3f} |"
            for entry in THEMES
            if (name := f"theme.{entry.code}") in kept
        ),
        END,
    ]
    return "\n".join(lines)


def data_block(labels: Sequence[LabelledParagraph]) -> str:
    """What the labels hold, counted, as Markdown, markers included."""
    roles = Counter(sentence.role for label in labels for sentence in label.sentences)
    themes = Counter(theme for label in labels for theme in label.themes)
    sources = Counter(label.source for label in labels)
    documents = {label.document for label in labels}
    held = Counter(source for source, _ in {(label.source, label.document) for label in labels})
    nouns = {"paragraph": len(labels), "sentence": sum(roles.values()), "document": len(documents)}
    paragraphs, sentences, in_documents = (counted(count, noun) for noun, count in nouns.items())
    lines = [
        BEGIN_DATA,
        f"{paragraphs} with {sentences} from {in_documents}.",
        "",
        "| role | sentences |",
        "|---|---|",
        *(f"| {entry.title.lower()} | {roles[entry.role]} |" for entry in ROLES),
        "",
        "| source | paragraphs | documents |",
        "|---|---|---|",
        *(f"| {source} | {count} | {held[source]} |" for source, count in sources.most_common()),
        "",
        "| theme | paragraphs |",
        "|---|---|",
        *(f"| {entry.title.lower()} | {themes[entry.code]} |" for entry in THEMES),
        END,
    ]
    return "\n".join(lines)


def with_data(card: str, labels: Sequence[LabelledParagraph]) -> str:
    """*card* with what stands between its markers replaced by the counts of *labels*.

    Raises:
        ValueError: the card has no markers.
    """
    return _between(card, BEGIN_DATA, data_block(labels))


def with_figures(card: str, manifest: Manifest) -> str:
    """*card* with what stands between its markers replaced by the figures of *manifest*.

    Raises:
        ValueError: the card has no markers.
    """
    return _between(card, BEGIN, figures_block(manifest))


def _between(card: str, begin: str, block: str) -> str:
    before, found, rest = card.partition(begin)
    _, ended, after = rest.partition(END)
    if not (found and ended):
        raise ValueError("the card has no markers for its figures")
    return f"{before}{block}{after}"
