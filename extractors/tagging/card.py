"""The model card's table of figures, made from the manifest so that the two cannot part."""

from extractors.tagging.manifest import Manifest
from extractors.tagging.vocabulary import ROLES, THEMES

BEGIN = "<!-- figures: made from the manifest -->"
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


def with_figures(card: str, manifest: Manifest) -> str:
    """*card* with what stands between its markers replaced by the figures of *manifest*.

    Raises:
        ValueError: the card has no markers.
    """
    before, found, rest = card.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (found and ended):
        raise ValueError("the card has no markers for its figures")
    return f"{before}{figures_block(manifest)}{after}"
