"""The codebook in code: seven roles of a sentence and thirty themes of a paragraph.

Documentation, interface, training and checks all read these two tables; no other module
lists the codes. The order of ``ROLES`` is the order of precedence where one sentence does
two things at once.
"""

from collections.abc import Mapping

from extractors.records import Record, Role


class RoleEntry(Record):
    """One role: what a sentence that holds it does, and in whose voice."""

    role: Role
    letter: str
    title: str
    definition: str
    beware: str = ""


class ThemeEntry(Record):
    """One theme: what a paragraph's findings and recommendations are about."""

    code: str
    title: str
    covers: str


def _role(role: Role, letter: str, title: str, definition: str, beware: str = "") -> RoleEntry:
    return RoleEntry(role=role, letter=letter, title=title, definition=definition, beware=beware)


def _theme(code: str, title: str, covers: str) -> ThemeEntry:
    return ThemeEntry(code=code, title=title, covers=covers)


ROLES: tuple[RoleEntry, ...] = (
    _role(
        Role.RECOMMENDATION, "R", "Recommendation",
        "The body that wrote the report calls on somebody to act, with the conditions and deadlines of that call.",
        "A recommendation only told as part of a story is narrative; what a force says it will do is a response.",
    ),
    _role(
        Role.FINDING, "F", "Finding",
        "The body's own judgement on the evidence: what went wrong or well and why, or a case to answer.",
        "What a witness said is narrative; what a hearing or a court decided is an outcome.",
    ),
    _role(
        Role.OUTCOME, "O", "Outcome",
        "A formal result that somebody else decided: a sanction, verdict, conviction, charge or cause of death.",
        "The investigator's opinion that there is a case to answer is a finding.",
    ),
    _role(
        Role.RESPONSE, "P", "Response",
        "What the body addressed accepts, rejects, has done or will do about findings or recommendations.",
        "The investigator asking for it is a recommendation.",
    ),
    _role(
        Role.ALLEGATION, "A", "Allegation",
        "A claim or complaint that is under investigation or put down to somebody, and not established.",
        "Never to be read as a finding; the same fact is a finding once the body has found it.",
    ),
    _role(
        Role.NARRATIVE, "N", "Narrative",
        "An account of what happened, what people did and said, and what documents and footage show.",
    ),
    _role(
        Role.OTHER, "X", "Other",
        "Method, terms of reference, law and policy explained, headings, contents, references and page furniture.",
    ),
)  # fmt: skip
"""All roles, in order of precedence."""

THEMES: tuple[ThemeEntry, ...] = (
    _theme(
        "discrimination", "Discrimination and equality",
        "unequal treatment by race, sex, disability, religion or sexuality, disproportionality, duties of equality",
    ),
    _theme(
        "sexual-misconduct", "Sexual misconduct and misogyny",
        "misogyny, sexual harassment by staff, a position abused for a sexual purpose",
    ),
    _theme(
        "culture", "Workplace culture, bullying and harassment",
        "banter, bullying, harassment, toxic teams and the standards of behaviour colleagues keep",
    ),
    _theme(
        "messaging", "Messaging and social media",
        "chat groups such as WhatsApp, messages on phones, what staff post on social media",
    ),
    _theme(
        "integrity", "Honesty, corruption and data misuse",
        "false accounts, corruption, conflicts of interest, systems and data misused, leaks, want of candour",
    ),
    _theme(
        "speaking-up", "Speaking up",
        "wrongdoing reported by colleagues, whistleblowing, how those who report are protected and supported",
    ),
    _theme(
        "misconduct-process", "Complaints and misconduct process",
        "how complaints, discipline, referrals to the watchdog and misconduct proceedings are handled and how fast",
    ),
    _theme(
        "vetting", "Vetting and recruitment",
        "checks before and during service, hiring, transfers and probation",
    ),
    _theme(
        "use-of-force", "Use of force",
        "restraint, handcuffs, batons, incapacitant spray, spit guards and dogs",
    ),
    _theme(
        "firearms", "Firearms and Taser",
        "armed operations, Taser and other such weapons, the licensing of guns",
    ),
    _theme(
        "stop-search", "Stop and search",
        "people stopped, searched or asked to account for themselves",
    ),
    _theme(
        "custody", "Custody and detention",
        "cells, checks on detainees, risk assessments, transport, prisons and immigration detention",
    ),
    _theme(
        "mental-health", "Mental health and vulnerability",
        "mental ill health, risk of suicide, drink and drugs, vulnerable people, section 136 and those who assess",
    ),
    _theme(
        "missing", "Missing persons",
        "reports of missing people, how they are graded and how they are looked for",
    ),
    _theme(
        "domestic-abuse", "Domestic abuse, stalking and sexual offences",
        "domestic abuse, stalking, rape and violence against women, as crimes that are dealt with",
    ),
    _theme(
        "child-protection", "Children and child protection",
        "abuse and neglect of children, their safeguarding, young people",
    ),
    _theme(
        "road", "Road traffic and pursuits",
        "police driving, pursuits, traffic, vehicles on the road and collisions",
    ),
    _theme(
        "call-handling", "Call handling and response",
        "emergency calls, grading, dispatch, how soon somebody attends",
    ),
    _theme(
        "public-order", "Public order, events and major incidents",
        "protest, crowds, football, terrorism, disasters, pandemics and other emergencies",
    ),
    _theme(
        "investigation", "Investigation quality",
        "lines of enquiry, evidence gathered and disclosed, forensics, the quality of case files",
    ),
    _theme(
        "victims-families", "Victims, families and the public",
        "how victims, bereaved families and the public are told, supported and put right; public confidence",
    ),
    _theme(
        "training", "Training and competence",
        "training, skills, accreditation and refreshers",
    ),
    _theme(
        "policy", "Policy and guidance",
        "policies, procedures, operating instructions, national guidance and standards, and how they are followed",
    ),
    _theme(
        "supervision", "Supervision and leadership",
        "supervisors, managers and leaders: their oversight of staff, their roles and accountability",
    ),
    _theme(
        "records", "Record keeping",
        "logs, notes, forms, body-worn video, retention and audit trails",
    ),
    _theme(
        "information-sharing", "Information sharing and partnership",
        "what units, forces and agencies tell one another, the flow of intelligence, working together",
    ),
    _theme(
        "technology", "Technology and equipment",
        "computer systems, devices, vehicles, buildings and the equipment of cells and officers",
    ),
    _theme(
        "resources", "Resources and wellbeing",
        "staffing, workload, funding and the welfare of staff",
    ),
    _theme(
        "oversight", "Oversight and governance",
        "audit, monitoring, inspection, boards, regulators, and the law and its reform",
    ),
    _theme(
        "safety", "Health and safety of the public",
        "safety of products, buildings, transport and health care; medical treatment",
    ),
)  # fmt: skip
"""All themes, in the order in which interfaces list them."""

ROLE_ORDER: tuple[Role, ...] = tuple(entry.role for entry in ROLES)
THEME_CODES: tuple[str, ...] = tuple(entry.code for entry in THEMES)
THEME_NAMES: Mapping[str, str] = {name.casefold(): entry.code for entry in THEMES for name in (entry.code, entry.title)}
"""The code of each theme by what a person may call it: its code or its title, in small letters."""
JUDGING_ROLES: frozenset[Role] = frozenset({Role.RECOMMENDATION, Role.FINDING})
"""Only a paragraph with a sentence of these roles has themes."""

_ROLE_ENTRIES = {entry.role: entry for entry in ROLES}
_THEME_ENTRIES = {entry.code: entry for entry in THEMES}


def role_entry(role: Role) -> RoleEntry:
    """The codebook's entry for *role*."""
    return _ROLE_ENTRIES[role]


def theme_entry(code: str) -> ThemeEntry:
    """The codebook's entry for the theme *code*.

    Raises:
        KeyError: no such theme.
    """
    return _THEME_ENTRIES[code]


def theme_title(code: str) -> str:
    """What to show a reader for *code*; the code itself where a newer codebook made it.

    Examples:
        >>> theme_title("stop-search")
        'Stop and search'
    """
    entry = _THEME_ENTRIES.get(code)
    return entry.title if entry else code
