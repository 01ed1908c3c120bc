"""The closed word lists of a readout fact: every enumeration that the other schemas use.

Kinds follow PLOVER, PARC3 and peace-agreement codebooks; certainty is FactBank's scale (Saurí and Pustejovsky 2009);
realis follows PLOVER's auxiliary modes; comparators follow TIMEX3 `mod`.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of act a fact reports."""

    MEETING = "meeting"
    SCHEDULING = "scheduling"
    TOPIC = "topic"
    AGREEMENT = "agreement"
    COMMITMENT = "commitment"
    DIRECTIVE = "directive"
    PROPOSAL = "proposal"
    CONDITION = "condition"
    REQUEST = "request"
    REFUSAL = "refusal"
    NON_COMMITMENT = "non_commitment"
    THREAT = "threat"
    POSITION = "position"
    CONCERN = "concern"
    ACCUSATION = "accusation"
    EXPECTATION = "expectation"
    DENIAL = "denial"
    NO_COMMENT = "no_comment"
    ABSENCE = "absence"
    REACTION = "reaction"
    STATEMENT = "statement"
    BACKGROUND_EVENT = "background_event"
    ASSESSMENT = "assessment"


class Certainty(StrEnum):
    """How sure the innermost source is: certain, probable, possible, unknown; positive or negative."""

    CERTAIN = "CT+"
    CERTAIN_NOT = "CT-"
    PROBABLE = "PR+"
    PROBABLE_NOT = "PR-"
    POSSIBLE = "PS+"
    POSSIBLE_NOT = "PS-"
    CERTAIN_UNKNOWN = "CTu"
    UNKNOWN = "Uu"


class Realis(StrEnum):
    """Whether the act has happened, is happening or is only thought of."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    SCHEDULED = "scheduled"
    EXPECTED = "expected"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"


class SourceType(StrEnum):
    """What a link of an attribution chain is."""

    PERSON = "person"
    OFFICE = "office"
    AGENCY = "agency"
    OUTLET = "outlet"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    WRITER = "writer"


class SourceRole(StrEnum):
    """What a link of an attribution chain does with the words."""

    SPEAKER = "speaker"
    SPOKESPERSON = "spokesperson"
    RELAYER = "relayer"
    TRANSLATOR = "translator"
    PUBLISHER = "publisher"


class Channel(StrEnum):
    """Through what the words came."""

    OFFICIAL_READOUT = "official_readout"
    STATEMENT = "statement"
    PRESS_BRIEFING = "press_briefing"
    TO_REPORTERS = "to_reporters"
    SOCIAL_POST = "social_post"
    INTERVIEW = "interview"
    ADDRESS = "address"
    LEAK = "leak"
    TRANSLATION = "translation"
    UNKNOWN = "unknown"


class Anonymity(StrEnum):
    """How openly a source is identified."""

    NAMED = "named"
    DESCRIBED = "described"
    UNNAMED = "unnamed"


class ValueType(StrEnum):
    """The type of a value."""

    DURATION = "duration"
    INSTANT = "instant"
    DATE = "date"
    NUMBER = "number"


class Comparator(StrEnum):
    """How a value bounds the truth."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    NEARLY = "nearly"
    MORE_THAN = "more_than"


class QuoteMode(StrEnum):
    """Whether the quoted words are the whole utterance, part of a sentence, or only reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class CheckResult(StrEnum):
    """The outcome of one verification check."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


class DivergenceType(StrEnum):
    """How two accounts part; there is no plain "contradiction"."""

    VALUE = "value"
    SCOPE = "scope"
    ATTRIBUTION = "attribution"
    STANCE = "stance"
    SILENCE = "silence"
    DENIAL = "denial"
    QUOTE_DRIFT = "quote_drift"
    INTERNAL = "internal"
    STALE = "stale"


class Severity(StrEnum):
    """How much a divergence matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
