"""Words for counts, as every message puts them."""


def counted(count: int, noun: str) -> str:
    """*count* and *noun*, in the singular for one.

    Examples:
        >>> counted(1, "report"), counted(0, "reviewed paragraph"), counted(12, "hit")
        ('1 report', '0 reviewed paragraphs', '12 hits')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"
