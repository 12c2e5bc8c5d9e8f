"""Invented labels, of few words and four roles."""

import random

from extractors.records import Role
from extractors.tagging.labels import LabelledParagraph, LabelledSentence

SENTENCES = {
    Role.RECOMMENDATION: "Wexcombe Police should review how it records {}.",
    Role.FINDING: "We found that the sergeant failed to deal with {}.",
    Role.NARRATIVE: "He drove to the house and spoke to her about {}.",
    Role.OTHER: "Our investigators reviewed documents about {}.",
}
SUBJECTS = {"stop-search": "stop and search", "custody": "the cells in custody", "road": "the pursuit of the car"}


def invented(documents: int) -> list[LabelledParagraph]:
    """Three paragraphs of one sentence for each of so many documents."""
    chance = random.Random(4)
    made: list[LabelledParagraph] = []
    for document in range(documents):
        theme, subject = chance.choice(sorted(SUBJECTS.items()))
        for number in range(3):
            role = chance.choice(sorted(SENTENCES))
            text = SENTENCES[role].format(subject)
            made.append(
                LabelledParagraph(
                    id=f"{document}-{number}",
                    document=f"report {document}",
                    text=text,
                    sentences=(LabelledSentence(start=0, end=len(text), role=role),),
                    themes=(theme,) if role in {Role.RECOMMENDATION, Role.FINDING} else (),
                )
            )
    return made


def as_lines(labels: list[LabelledParagraph]) -> str:
    """*labels* as a label file holds them."""
    return "\n".join(label.model_dump_json() for label in labels)
