"""How far a model's answer is believed, strategy by strategy: decided here and nowhere else.

The rules and the model both read the article. What they agree on is settled by whoever is better at it; what only one
of them reports is admitted or rejected by these lines. Nothing disappears: what is not admitted is rejected with its
reason.

| | windows: small models | whole: capable models |
|---|---|---|
| asked about | what the rules leave open | every sentence |
| words, source, value, quote, certainty, realis | the rules' | the rules' |
| kind | the rules' | the model's, unless a cue in the words decides it |
| actor | the model's where the rules find none | the model's where the words name none |
| object, a short piece of the sentence that keeps its negation | the model's where no cue stands | the model's |
| an act that only the model reports | admitted if it passes `act` and `actor` | admitted if no check rejects it |
| an act that only the rules report | admitted | admitted if a cue of its kind stands in its words |

The reason is measured (`evals/experiments.md`): a model of 1.5 billion parameters names the right kind of one act in
five, where the rules' cues are right four times in five, and takes the one who tells of an act for the one who acts.
"""

from dataclasses import dataclass

WINDOWS, WHOLE = "windows", "whole"


@dataclass(frozen=True)
class Trust:
    """What a strategy believes of its model.

    `kind`: the model names the kind where no cue does. `actor`: it knows better than the rules whom a pronoun means.
    `object`: it knows better than the words behind a cue what the act is about, but for a property of the contact.
    `alone`: the checks that an act passes which it alone reports. `silence`: an act that it does not report is
    doubtful, unless a cue says so.
    """

    kind: bool
    actor: bool
    object: bool
    alone: tuple[str, ...]
    silence: bool


TRUST = {
    WINDOWS: Trust(kind=False, actor=False, object=False, alone=("act", "actor"), silence=False),
    WHOLE: Trust(kind=True, actor=True, object=True, alone=(), silence=True),
}

# How alike, of 100, the words that a model gives and a stretch of the article are at least, to be about one thing
# (rapidfuzz partial_ratio): two different acts of one sentence share less, a phrase with a word left out more.
ALIKE = 75.0
# Words of an object, at most: a model that copies out the whole sentence has not said what the act is about.
OBJECT_WORDS = 12
