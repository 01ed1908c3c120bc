"""Every weight and threshold of the scorer, in one place; its digest says which ruler a figure was measured with.

They were not set on any system's output. Of the weights and thresholds tried, these let every pair that two independent
passes of labels meant alike stay a pair, and give the least to an answer that makes each sentence a fact.
"""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Criteria:
    """How two facts are compared. All similarities and shares are in [0, 1]."""

    # Similarity of a predicted fact and a labelled one: a weighted mean. Attribution has no part in it, for then a
    # wrong source would hide as a missed fact. Kind only breaks ties, for the same reason.
    evidence_weight: float = 0.40  # Dice overlap of code points, best of the labelled evidence and its alternatives
    text_weight: float = 0.30  # object and summary, by sorted tokens
    actor_weight: float = 0.30  # actors named alike, of all actors of both

    # A pair below either threshold is no pair, whatever else fits.
    min_evidence: float = 0.2  # Dice: a paragraph quoted for a clause is no evidence of it
    min_similarity: float = 0.6  # more than evidence and text copied from the article give as a rule

    # Similarities are rounded to `resolution` before assignment, so that a tie is one; the bonus for the same kind is
    # so small that it cannot outweigh one step of similarity in documents of up to 100 facts.
    resolution: float = 0.01
    kind_bonus: float = 0.0001

    # Evidence supports a fact if it covers this share of the labelled words ...
    support_covered: float = 0.5
    # ... and at least this share of its own words lies inside them: a long sentence passes, an article does not.
    support_inside: float = 0.2

    # Names: spellings of one name differ by a letter or so ("Zoryana", "Zorjana").
    same_spelling: float = 0.9  # Levenshtein-like ratio of two words of at least `spelled_out` letters
    same_first_name: float = 0.8  # beside the same last name
    spelled_out: int = 6

    # Level of the intervals over articles.
    confidence: float = 0.95


CRITERIA = Criteria()


def criteria_digest() -> str:
    """SHA-256 of all weights and thresholds, in hex."""
    return hashlib.sha256(json.dumps(asdict(CRITERIA), sort_keys=True).encode()).hexdigest()
