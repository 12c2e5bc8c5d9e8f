"""Cue words: the tagger that any model must beat, kept for good.

It needs no weights and reads nothing but the sentence, its heading and the words below. Its
scores are not calibrated beyond "how often this cue was right"; it never abstains.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.records import Maker, Role, TaggedSentence, ThemeScore
from extractors.tagging.paragraphs import Paragraph, TaggedParagraph
from extractors.tagging.spans import sentence_spans
from extractors.tagging.vocabulary import JUDGING_ROLES, ROLE_ORDER

_ROLE_CUES: tuple[tuple[Role, str], ...] = (
    # Narrated calls come first, or "recommended" in a story would be a recommendation.
    (Role.NARRATIVE, r"\b(?:he|she|they|officer \w|witness\w*|sergeant)\b.{0,20}\b(?:recommended|suggested)\b"),
    (
        Role.RECOMMENDATION,
        (
            r"\b(?:we|i|inquiry|commission|committee|iopc|ipcc)\b(?: \w+){0,2} recommends?\b"
            r"|\brecommends that\b|\bshould\b"
            r"|\bought to\b|\bneeds? to\b|^(?:ensure|review|consider|introduce|establish|provide|remind)\b"
            r"|\bwe directed\b"
        ),
    ),
    (
        Role.RESPONSE,
        (
            r"\b(?:force|constabulary|police|service|government|department|ministers?|we|trust)\b(?: \w+){0,3} "
            r"(?:accept|accepts|accepted|agree|agrees|agreed|rejects?|rejected|welcomes?|will|have since|has since)\b"
        ),
    ),
    (Role.ALLEGATION, r"\balleg(?:ed|es|ing|ations?)\b|\bcomplain(?:ed|s|t that)\b|\bclaim(?:ed|s) that\b"),
    (
        Role.OUTCOME,
        (
            r"\b(?:dismissed|convicted|acquitted|sentenced|found guilty|written warning|management action"
            r"|no further action|verdict|jury (?:returned|concluded)|misconduct (?:hearing|meeting|panel)"
            r"|medical cause of death"
            r"|charged with|pleaded guilty|inquest concluded)\b"
        ),
    ),
    (
        Role.FINDING,
        (
            r"\b(?:found|find|conclude[ds]?|conclusion|in (?:my|our|the investigator.?s) (?:opinion|view)"
            r"|satisfied that|case to answer|fail(?:ed|ure|ures|ing|ings)|missed opportunit\w+|inadequate"
            r"|insufficient|indicated that"
            r"|evidence (?:suggested|showed)|no indication|concerned? that|matters? of concern|poor"
            r"|appropriate(?:ly)?)\b"
        ),
    ),
    (
        Role.OTHER,
        (
            r"^(?:recommendation|chapter|appendix|annex|page|figure|table|section|part)?\s*[\dIVXA-H.():–-]*\s*$"
            r"|\bwe (?:investigated|interviewed|reviewed|obtained|examined|completed|considered|gathered|analysed)\b"
            r"|\bour investigators?\b|\b(?:during|at the end of) (?:our|the) investigation\b|\bterms of reference\b"
            r"|\b(?:section|article|regulation|paragraph) \d+|\bserved\b.*\bnotices?\b|\bAct \d{4}\b"
            r"|^(?:see|source|contents)\b"
        ),
    ),
)
_THEME_CUES: dict[str, str] = {
    "discrimination": (
        r"discriminat\w+|racis\w*|racial\w*|ethnic\w*|disabilit\w+|disproportionat\w+|equality"
        r"|sexuality|black"
    ),
    "sexual-misconduct": (
        r"misogyn\w+|sexual(?:ly)? (?:harass|relation|purpose|advance|misconduct)\w*"
        r"|abuse of position"
    ),
    "culture": r"culture|banter|bully\w*|toxic|zero.tolerance",
    "messaging": r"whatsapp|social media|facebook|text messages|messaging|posted",
    "integrity": (
        r"honest\w*|dishonest\w*|integrity|corrupt\w*|conflicts? of interest|candour"
        r"|false (?:statement|account)\w*|unauthorised"
    ),
    "speaking-up": r"whistle.?blow\w*|speak\w* (?:up|out)|reporting wrongdoing|raise concerns",
    "misconduct-process": (
        r"misconduct|case to answer|complaints?|disciplinary|standards of professional behaviour"
        r"|referr(?:al|ed) to the i[op]"
    ),
    "vetting": r"vetting|vetted|recruit\w*|probation\w*",
    "use-of-force": (
        r"use of force|restrain\w*|handcuff\w*|batons?|spray|pava|force used|police dogs?"
        r"|spit (?:guard|hood)s?"
    ),
    "firearms": r"firearms?|tasers?|armed|shotguns?|weapons?",
    "stop-search": r"stop(?:ped)? and search\w*|searched|stop and account|strip.search\w*",
    "custody": r"custody|detainees?|cells?|detention|prison\w*|detained",
    "mental-health": r"mental\w*|suicid\w*|self.harm\w*|vulnerab\w+|intoxicat\w+|drugs|section 136|alcohol",
    "missing": r"missing(?: person| people|s)?",
    "domestic-abuse": r"domestic|stalking|rape|sexual offen[cs]es?|ex-partner|non-molestation",
    "child-protection": r"child(?:ren)?|safeguarding|young (?:people|person)s?|school",
    "road": r"pursu(?:it|ed|ing)\w*|driv(?:er|ing|ers)|collisions?|vehicles?|road|motorcycl\w+|speed",
    "call-handling": r"calls?|999|101|call.handler\w*|dispatch\w*|grad(?:ed|ing)|control room|attend(?:ance|ed)",
    "public-order": (
        r"protest\w*|demonstrat(?:ion|ors)\w*|crowd\w*|football|terroris\w+|emergenc(?:y|ies)"
        r"|pandemic|disaster|major incident"
    ),
    "investigation": r"lines? of enquiry|evidence|forensic\w*|disclosure|investigat(?:ion|ive|ing)",
    "victims-families": r"famil(?:y|ies)|victims?|bereaved|public confidence|compensation|redress|apolog\w+",
    "training": r"train(?:ing|ed)|skills|competen\w+|accredit\w+|refresher",
    "policy": r"polic(?:y|ies)(?! officer)|guidance|procedures?|protocols?|SOPs?|standard operating",
    "supervision": r"supervis\w+|managers?|leadership|sergeants?|management|senior officers?",
    "records": r"record(?:s|ed|ing|keeping)?|logs?|body.worn|notes|notebooks?|audit trail|document(?:ed|ation)",
    "information-sharing": (
        r"information.sharing|shar(?:e|ed|ing)|partner\w*|multi.agency|intelligence|liais\w+"
        r"|communicat\w+"
    ),
    "technology": r"systems?|software|IT|equipment|technolog\w+|devices?|cctv|radios?",
    "resources": r"resourc\w+|staffing|workload|welfare|funding|wellbeing|staff shortages?",
    "oversight": (
        r"oversight|governance|inspect\w*|audit|monitor\w*|board|regulat\w+|legislation"
        r"|secretary of state"
    ),
    "safety": r"safety|hospital|medical|patients?|fire|building|train(?:s)?|clinical|hazard\w*|health",
}  # fmt: skip
_MOST_THEMES = 3
_CUE_SCORE = 0.6
_FALLBACK_SCORE = 0.5


@lru_cache(maxsize=1)
def _role_patterns() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((role, re.compile(cue, re.IGNORECASE)) for role, cue in _ROLE_CUES)


@lru_cache(maxsize=1)
def _theme_patterns() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(rf"\b(?:{cue})\b", re.IGNORECASE) for code, cue in _THEME_CUES.items()}


def cue_role(sentence: str) -> tuple[Role, float]:
    """The role whose cue comes first in the table, with how much to trust it.

    Examples:
        >>> cue_role("The force should remind its officers.")[0].value
        'recommendation'
        >>> cue_role("He walked to the car.")[0].value
        'narrative'
    """
    head = sentence[:2000]
    for role, pattern in _role_patterns():
        if pattern.search(head):
            return role, _CUE_SCORE
    return Role.NARRATIVE, _FALLBACK_SCORE


def cue_counts(text: str) -> dict[str, int]:
    """How often the cues of each theme stand in *text*.

    Examples:
        >>> {code: n for code, n in cue_counts("The cell was searched; the cells were clean.").items() if n}
        {'stop-search': 1, 'custody': 2}
    """
    head = text[:20000]
    return {code: len(pattern.findall(head)) for code, pattern in _theme_patterns().items()}


def cue_themes(text: str) -> tuple[ThemeScore, ...]:
    """At most three themes, those whose cues stand in *text* most often."""
    best = sorted((-count, code) for code, count in cue_counts(text).items() if count)[:_MOST_THEMES]
    return tuple(ThemeScore(theme=code, score=1 - 0.5 ** (1 - minus)) for minus, code in best)


class CueTagger:
    """Tags by cue words alone."""

    maker = Maker(name="cue-words", revision="1")

    def tag(self, paragraphs: Sequence[Paragraph]) -> list[TaggedParagraph]:
        """Tag each paragraph by its own words; neighbours are not looked at."""
        return [self._one(paragraph) for paragraph in paragraphs]

    def _one(self, paragraph: Paragraph) -> TaggedParagraph:
        sentences = tuple(_tagged(paragraph.text, *span) for span in sentence_spans(paragraph))
        judges = any(s.role in JUDGING_ROLES for s in sentences)
        themes = cue_themes(f"{paragraph.heading}\n{paragraph.text}") if judges else ()
        return TaggedParagraph(id=paragraph.id, sentences=sentences, themes=themes, problems=())


def _tagged(text: str, start: int, end: int) -> TaggedSentence:
    role, score = cue_role(text[start:end])
    rest = (1 - score) / (len(ROLE_ORDER) - 1)
    scores = {other: score if other is role else rest for other in ROLE_ORDER}
    return TaggedSentence(start=start, end=end, role=role, score=score, scores=scores, abstained=False)
