"""Whether a text is in English, as far as a tagger trained on English needs to know."""

import re

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def words_of(listed: str) -> frozenset[str]:
    """The words of a list written as prose."""
    return frozenset(listed.split())


_ENGLISH = words_of("""
    the of and to in a is that for on was with as it be by at from this were are had has have not or an
    which been their they he his her she we our will should would could but there who its any all when if
    what no police officer officers force report recommendation
""")
_LEAST_WORDS = 12
_LEAST_SHARE = 0.08


def is_english(text: str) -> bool:
    """Whether *text* reads as English; short texts, lists of names and numbers get the benefit of the doubt.

    Examples:
        >>> is_english("The force should review how its officers record searches of people in their homes.")
        True
        >>> is_english("Dylai'r heddlu adolygu sut mae swyddogion yn cofnodi chwiliadau o bobl yn y dref")
        False
    """
    words = _WORDS.findall(text[:4000].lower())
    if len(words) < _LEAST_WORDS:
        return not _mostly_foreign_script(words)
    known = sum(word in _ENGLISH for word in words)
    if known / len(words) >= _LEAST_SHARE:
        return not _mostly_foreign_script(words)
    # Names and headings in English lack function words too, but then no other language's stand in their place.
    return not (_mostly_foreign_script(words) or sum(w in _FOREIGN for w in words) / len(words) >= _FOREIGN_SHARE)


_FOREIGN_SHARE = 0.08
_FOREIGN = words_of("""
    yn y yr i'r o'r a'r ac mae bod gan wedi ei eu ar gyfer sydd fel hwn bob sut le la les des du et est une
    dans que qui pour pas sur avec der die das und ist nicht den von zu mit ein eine auf für el los las y en
    por con para una del se no w z na nie jest że się do przez oraz
""") - frozenset({"a", "no", "do", "die", "den", "on", "pas", "la", "del"})


def _mostly_foreign_script(words: list[str]) -> bool:
    letters = sum(map(len, words))
    return letters > 0 and sum(len(w) for w in words if ord(w[0]) > 0x24F) > letters / 2
