"""How far a model's answer is believed, strategy by strategy: decided here and nowhere else.

The rules and the model both read the article. What they agree on is settled by whoever is better at it; what only one
of them reports is admitted or rejected by these lines. Nothing disappears: what is not admitted is rejected with its
reason.

| | windows: small models | whole: capable models |
|---|---|---|
| words, source, value, quote, certainty, realis | the rules' | the rules' |
| kind, where a cue in the words decides it | the cue's | the cue's |
| kind, where none does | the rules' | the model's |
| actor, where the words name one | the rules' | the rules' |
| actor, where they do not | the model's | the model's |
| object | the model's, if its words stand in the sentence | the same |
| an act that only the model reports | admitted if it passes `act` and `actor` | admitted if no check rejects it |
| an act that only the rules report | admitted | admitted if a cue of its kind stands in its words |

The reason is measured (`evals/experiments.md`): a model of 1.5 billion parameters names the right kind of one act in
five, where the rules' cues are right four times in five.
"""

from dataclasses import dataclass

WINDOWS, WHOLE = "windows", "whole"


@dataclass(frozen=True)
class Trust:
    """What a strategy believes of its model.

    `kind`: the model names the kind where no cue does. `alone`: the checks that an act passes which it alone reports.
    `silence`: an act that it does not report is doubtful, unless a cue says so.
    """

    kind: bool
    alone: tuple[str, ...]
    silence: bool


TRUST = {
    WINDOWS: Trust(kind=False, alone=("act", "actor"), silence=False),
    WHOLE: Trust(kind=True, alone=(), silence=True),
}

# How alike, of 100, the words that a model gives and a stretch of the article are at least, to be about one thing
# (rapidfuzz partial_ratio): two different acts of one sentence share less, a phrase with a word left out more.
ALIKE = 75.0
