"""The words by which a sentence says who speaks: nouns for those who may, verbs for what they do."""

import re
from dataclasses import dataclass


def _any(listed: str) -> str:
    return "(?:" + "|".join(word.strip() for word in listed.split("|")) + ")"


_BODIES = _any(r"""
    jury|coroner|panel|tribunal|court|judge|magistrate|inquest|committee|inquiry|commission|ombudsman|commissioner
    |inspectorate|board|hearing|meeting|review|reviewer|investigation|investigator|decision[\s-]+maker|expert|pathologist
    |investigating\s+officer|appropriate\s+authority|force|constabulary|government|department|assessor|auditor|unit
    |regulator|authority|report|audit|inspection|team|scientist|council|ministry|adviser|chair|adjudicator|chief\s+constable|directorate
""")
_PEOPLE = _any(r"""
    man|men|woman|women|boy|girl|child|children|teenager|youth|male|female|complainant|claimant|appellant|family
    |families|(?:step)?(?:mother|father|son|daughter|brother|sister)|parent|wife|husband|partner|ex-partner|girlfriend|boyfriend
    |neighbour|friend|relative|grandmother|grandfather|uncle|aunt|cousin|nephew|niece|passenger|driver|rider|pedestrian
    |caller|detainee|prisoner|patient|victim|survivor|witness|witnesses|members?\s+of\s+(?:the\s+public|parliament)|mp|people|person
    |members?\s+of\s+(?:police\s+)?staff|colleague|employee|staff|supervisor|manager|applicant|participant|carer|couple
    |correspondent|representative|resident|student|nurse|doctor|paramedic|solicitor|lawyer|officer|constable|sergeant
    |inspector|superintendent|whistleblower|recruit|cyclist|motorcyclist|journalist|postmaster|tenant|individual|suspect
    |operator|handler|trainer|detective|professional|worker|practitioner|teacher|owner|landlord|user|member
""")
_HEADS = rf"(?:(?:{_BODIES}|{_PEOPLE})s?\b)(?:\s+(?:{_BODIES}|{_PEOPLE})s?\b)*"
_DETERMINER = _any(
    r"the|a|an|one|two|three|four|five|six|both|another|other|several|some|many|most|all|each|his|her|their|its|my|our"
    r"|this|these|those|no|a\s+(?:number|group|series)\s+of(?:\s+the)?|a\s+majority\s+of"
)
# A word that would carry the phrase over into the next one is no modifier.
_WORD = (
    r"(?!(?:and|or|but|that|who|which|was|were|is|are|had|has|have|of|in|to|by|from|for|on|at|with|as|about|the|a|an|his|her"
    r"|their|its|mr|mrs|ms|miss|dr|pc|ps|dc|ds)\b)[\w’'-]+"
)
_PHRASE = (
    rf"\b{_DETERMINER}\s+(?:{_WORD}\s+){{0,4}}?{_HEADS}"
    rf"(?:[’']s?\s+(?:{_WORD}\s+){{0,3}}?{_HEADS})*"
)
NOUNS = re.compile(
    r"(?P<letter>\b(?:[Oo]fficer|[Ww]itness|Mr|Mrs|Ms|Miss)\s+[A-Z]{1,2}\d?\b)"
    r"|(?P<person>\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Lord|Lady|Dame|Prof(?:essor)?)\.?(?:\s+[A-Z][\w’'-]+){1,3})"
    rf"|(?P<phrase>(?i:{_PHRASE}(?:\s+and\s+{_PHRASE})?)(?:\s+[A-Z]\b)?)"
    r"|(?P<own>\b(?:[Ww]e|I|[Oo]ur|[Mm]y)\b)"
    r"|(?P<pronoun>\b(?:[Hh]e|[Ss]he|[Tt]hey|[Hh]is|[Hh]er|[Tt]heir)\b)"
    r"|(?P<many>\b(?:[Jj]urors|[Mm]agistrates|[Oo]fficers|[Ww]itnesses|[Rr]elatives|[Rr]esidents)\b)"
)
"""Everyone in a text who may be a speaker, by what kind of word names them."""

BODY = re.compile(rf"{_BODIES}s?(?:\s+[A-Z])?$", re.IGNORECASE)
"""A phrase that names those whose business is to judge."""

_LINK = _any(
    r"had|has|have|did|does|do|also|later|then|subsequently|further|initially|formally|therefore|clearly|cannot|could"
    r"|would|can|may|simply|itself|himself|herself|themselves|ultimately|finally|both|all|however|still|again|since|not"
    r"|first|already|never|fully|previously|repeatedly|specifically|indeed|instead|additionally|unanimously|separately"
    r"|publicly|who|which|went\s+on\s+to|explained\s+and|said\s+and|noted\s+and|was|were|is|are|been|be|being|am"
)
GAP = re.compile(
    r"(?:\s+(?:Professional\s+Standards\s+\w+|(?:Directorate|Department)\s+(?:of|for)\s+Professional\s+Standards))?"
    rf"(?:\s+(?:of|in|into|from|at|on|with)(?:\s+(?:the|a|an|his|her|their|its))?(?:\s+{_WORD}){{1,4}}){{0,2}}"
    r"(?:\s+held\s+(?:in|on|at|by)(?:\s+\w+){1,4})?"
    r"(?:\s*\([^()]{1,80}\))?(?:,[^,;:]{1,90},|\s+(?:who|which|whom)\s[^;:,]{1,90}?,?)?"
    rf"(?P<links>(?:,?\s+{_LINK})*),?\s+"
)
"""What may stand between a speaker and the verb."""

AND = re.compile(rf"\s[^,;:]{{1,100}}\sand(?P<links>(?:\s+{_LINK})*)\s+")
"""What stands between a speaker and a second verb: "a woman phoned the police and complained"."""

BEING = re.compile(r"\b(?:was|were|is|are|been|be|being|am|remains?|felt)\b")
UNSAID = re.compile(r"\b(?:could|would|can|may)\b|\b(?:not|never|cannot)\b(?!.*\b(?:uphold|accept|agree|find)$)")
"""What makes the verb no judgement: it might have been made, or was not."""

CLAIMED = re.compile(
    r"\b(?:allegations?|complaints?|claims?|alleged|accusations?)\s+(?:\w+\s+){0,3}?that\b|\bwas\s+alleged\b"
)
"""What is said after this is the claim itself."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How one kind of sentence tells whose it is."""

    verbs: re.Pattern[str]
    """What a speaker does."""
    firm: re.Pattern[str]
    """Those that make even a bystander the speaker."""
    states: re.Pattern[str]
    """What a speaker is: these alone follow "was"."""
    nouns: re.Pattern[str]
    """What is a speaker's own: "'s verdict", " complaint" after "his"."""
    before: re.Pattern[str]
    """What stands before a speaker: "according to", "a complaint from"."""


def _speech(verbs: str, firm: str, states: str, nouns: str, passive: str, links: str) -> Speech:
    return Speech(
        verbs=re.compile(rf"\b{_any(verbs)}\b"),
        firm=re.compile(rf"\b{_any(firm)}\b"),
        states=re.compile(rf"\b{_any(states)}\b"),
        nouns=re.compile(rf"(?P<s>[’']s?)?\s+(?:\w+\s+){{0,2}}?{_any(nouns)}s?\b"),
        before=re.compile(
            rf"\b(?:{_any(nouns)}s?\s+(?:\w+\s+){{0,4}}?(?:{_any(links)})|[Aa]ccording\s+to"
            rf"|{_any(passive)}\s+(?:\w+\s+)?by)\s+"
        ),
    )


JUDGING = _speech(
    r"""found|finds?|concludes?|concluded(?!\s+(?:in|at|on|by|when|with)\b)|consider(?:ed|s)?|determine[ds]?|decide[ds]?|ruled|held\s+that|upheld|uphold|assessed|judged?
    |accept(?:ed|s)?|agree[ds]?|disagree[ds]?|reject(?:ed|s)?|identif(?:ied|y|ies)|note[ds]?|observed?|returned|recorded
    |highlighted|established|believed?s?|think|thought|felt|feel|doubt|commend(?:ed)?|criticised?|took\s+the\s+view
    |takes?\s+the\s+view|regard(?:ed)?|proposed|commented|welcomed?|sentenced|convicted|acquitted|opined|substantiated
    |recommended|remain|disputed?|imposed|uncover(?:ed)?|confirmed|recognised?|declined|authorised
    |acknowledged?|understand|expect(?:ed)?|see|saw|formed\s+the\s+(?:opinion|view)|made\s+(?:a|no)\s+(?:finding|determination)|advised|dismissed""",
    r"concluded|found\s+that|determined\s+that|considered\s+that|took\s+the\s+view|ruled|assessed\s+that",
    r"satisfied|persuaded|convinced|unable\s+to|confident|critical|of\s+the\s+(?:opinion|view)|concerned|surprised|troubled",
    r"opinion|view|conclusion|finding|judge?ment|verdict|determination",
    r"found|held|concluded|identified|determined|convicted|returned|recorded|decided|expressed|upheld",
    r"of|by",
)
CLAIMING = _speech(
    r"""alleg(?:ed|es|ing)|complain(?:ed|s|ing)|claim(?:ed|s|ing)|said|says|state[ds]|told|report(?:ed|s)|believe[ds]
    |felt|feels|thought|accused|suggested|asserted|maintained|contended|argued|criticised|raised|made\s+(?:\w+\s+){0,5}?(?:allegation|complaint|comment|claim|accusation|report)s?|expressed|described
    |considered|disclosed|denied|disputed|appealed|submitted|questioned|voiced|challenged|contacted|wrote|informed
    |pointed|insinuated|lodged|insisted|advised|highlighted|recalled|had\s+concerns|had\s+complained""",
    r"\w+",
    r"concerned|unhappy|dissatisfied|aggrieved|critical",
    r"allegation|complaint|concern|claim|accusation|criticism|grievance|account",
    r"made|alleged|raised|claimed|reported|submitted|lodged|expressed|voiced|brought|said",
    r"by|from|on\s+behalf\s+of",
)
