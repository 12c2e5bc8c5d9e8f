"""Whose judgement or claim: who is named, who is not, and what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.entities.speakers import NAMED_PERSON, OWN_VOICE, attributed
from extractors.records import Role, TaggedSentence
from extractors.sentences import split

IOPC = "Independent Office for Police Conduct"
F, O, A, N = Role.FINDING, Role.OUTCOME, Role.ALLEGATION, Role.NARRATIVE  # noqa: E741 - the codebook's letters


def told(text: str, *roles: Role) -> list[TaggedSentence]:
    return [
        TaggedSentence(start=start, end=end, role=role, score=1.0, scores={role: 1.0})
        for (start, end), role in zip(split(text), roles, strict=True)
    ]


def name(text: str, *roles: Role, voice: str | None = None) -> str | None:
    """The name of the last sentence's speaker."""
    last = attributed(text, told(text, *roles), voice=voice)[-1]
    return last.speaker.name if last.speaker else None


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        pytest.param("The IOPC found that the log was blank.", F, IOPC, id="a body"),
        pytest.param(
            "The Lead Investigator concluded that the force used was lawful.", F, "the Lead Investigator", id="a post"
        ),
        pytest.param("We were satisfied that the search was lawful.", F, OWN_VOICE, id="we, in a state"),
        pytest.param("There was, in my view, no need to run.", F, OWN_VOICE, id="my view"),
        pytest.param("In the opinion of the panel the officer had lied.", F, "the panel", id="opinion of"),
        pytest.param("According to the pathologist the blow came later.", F, "the pathologist", id="according to"),
        pytest.param("Kent Police agreed that the log was blank.", F, "Kent Police", id="a force"),
        pytest.param("The force did not uphold the complaint.", O, "the force", id="upheld or not"),
        pytest.param(
            "The jury, which sat for nine days, returned a verdict of suicide.", O, "the jury", id="a clause between"
        ),
        pytest.param("An inquest held in May 2017 found that he drowned.", O, "an inquest", id="held when"),
        pytest.param("The inquest jury determined the cause.", O, "the inquest jury", id="two nouns"),
        pytest.param(
            "The officer's sergeant concluded that she had lied.", F, "the officer's sergeant", id="a firm verb"
        ),
        pytest.param("The woman’s mother later complained about the cell.", A, "the woman’s mother", id="whose mother"),
        pytest.param("Two officers reported that a third had hit the boy.", A, "two officers", id="several"),
        pytest.param("A woman phoned the police and complained of his manner.", A, "a woman", id="a second verb"),
        pytest.param("We investigated complaints made by a man and his wife.", A, "a man and his wife", id="made by"),
        pytest.param("We received a complaint from the boy’s sister.", A, "the boy’s sister", id="from"),
        pytest.param("His sergeant said that he had been drinking.", A, "his sergeant", id="his sergeant"),
        pytest.param(
            "PC Vane alleged that the inspector had shouted.", A, "police constable", id="a rank before a name"
        ),
        pytest.param("Mr Arlo Dunmore claimed to have been struck.", A, NAMED_PERSON, id="never a person's name"),
        pytest.param("The Dunmore family complained of delay.", A, NAMED_PERSON, id="nor a family's"),
        pytest.param("Officer B alleged that she was mocked.", A, "Officer B", id="a letter is no name"),
    ],
)
def test_speakers(text, role, expected):
    """Who judges or claims is found by verb, by noun, or by what is theirs."""
    assert name(text, role) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("The log was left blank.", F, id="the report's own voice"),
        pytest.param("It was alleged that the officer ran.", A, id="nobody says"),
        pytest.param("The officer was dismissed without notice.", O, id="what was done to somebody"),
        pytest.param("The officer considered the risk and drove on.", F, id="what somebody did is judged"),
        pytest.param("A reasonable tribunal could find that she lied.", F, id="what might be found"),
        pytest.param("The force did not consider the risk.", F, id="what was not done"),
        pytest.param("We investigated allegations that the officers claimed money.", A, id="within the claim"),
        pytest.param("We considered allegations of bullying.", A, id="an investigator claims nothing"),
        pytest.param("The investigation concluded in May 2017.", O, id="ended"),
        pytest.param("The jury found the door locked.", N, id="a story"),
    ],
)
def test_no_speaker(text, role):
    """Near misses: nobody is made to have judged or claimed what they did not."""
    assert name(text, role) is None


@pytest.mark.parametrize(
    ("text", "roles", "expected"),
    [
        pytest.param("The man ran. He later complained.", (N, A), "the man", id="he"),
        pytest.param("A man saw his wife. She said he had hit her.", (N, A), "his wife", id="she is not the man"),
        pytest.param("Two officers left. They alleged it was late.", (N, A), "two officers", id="they"),
        pytest.param("The girl left. In her complaint the bus was late.", (N, A), "the girl", id="hers"),
        pytest.param("The jury left. He said it was late.", (N, A), None, id="a jury is no he"),
        pytest.param("He alleged it was late.", (A,), None, id="nobody before"),
        pytest.param("The man left. " + "It rained. " * 8 + "He complained.", (N,) * 9 + (A,), None, id="too far back"),
    ],
)
def test_pronouns(text, roles, expected):
    """A pronoun means the first fitting person of the nearest sentence before it."""
    assert name(text, *roles) == expected


def test_we_is_the_publisher():
    """Where the publisher is known, it is who says "we"."""
    assert name("We found no failing.", F, voice=IOPC) == IOPC


WORDS = (
    "the man|his|sergeant|We|found|alleged|that|and|was|Mr Arlo Dunmore|PC Vane|the IOPC|complaint|from|by|the jury|,|("
    "|who|In our opinion|.|concluded|’s|She|Kent Police"
)


@given(st.lists(st.sampled_from(WORDS.split("|")), max_size=25), st.sampled_from([F, O, A, N]))
def test_what_always_holds(words, role):
    """Offsets index the text and lie in their sentence; nothing else changes; no name of a person comes out."""
    text = " ".join(words)
    before = told(text, *(role for _ in split(text)))
    after = attributed(text, before)
    assert [s.replaced(speaker=None) for s in after] == before
    for sentence in after:
        if sentence.speaker is not None:
            assert role is not N
            assert sentence.start <= sentence.speaker.start < sentence.speaker.end <= sentence.end
            assert not {"Arlo", "Dunmore", "Vane"} & set(sentence.speaker.name.split())
