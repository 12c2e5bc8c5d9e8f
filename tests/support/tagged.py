"""Reports as the tagging hands them over, by number."""

from extractors.records import Block, BlockKind, Maker, Passage, Recommendation, Report, Tagged


def tagged(number: int, text: str = "", passages: int = 3) -> Tagged:
    """Report *number*, of so many passages with one *text* or with words of their own, and a recommendation."""
    report = Report(id=f"r{number}", sha256=f"{number:064x}", url=f"file:///r{number}.pdf", title=f"Report {number}")
    return Tagged(
        report=report,
        maker=Maker(name="by-hand", revision="1"),
        passages=tuple(
            Passage(
                id=f"r{number}:{n}",
                report=report,
                block=Block(ordinal=n, kind=BlockKind.PARAGRAPH, text=text or f"Words of {number} and {n}", pages=(1,)),
            )
            for n in range(passages)
        ),
        recommendations=(Recommendation(id=f"r{number}/0", report=report, text="Act.", pages=(1,)),),
    )
