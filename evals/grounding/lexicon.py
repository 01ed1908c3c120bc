"""The words that the edits put in and take out: verbs and their opposites, look-alike letters, invisible characters."""

import re

# Past form -> plain form, opposite.
VERBS: dict[str, tuple[str, str]] = {
    "agreed": ("agree", "refused"),
    "accepted": ("accept", "rejected"),
    "committed": ("commit", "refused"),
    "promised": ("promise", "refused"),
    "pledged": ("pledge", "refused"),
    "ordered": ("order", "forbade"),
    "instructed": ("instruct", "forbade"),
    "proposed": ("propose", "opposed"),
    "offered": ("offer", "refused"),
    "demanded": ("demand", "dropped"),
    "urged": ("urge", "discouraged"),
    "discussed": ("discuss", "avoided"),
    "confirmed": ("confirm", "denied"),
    "supported": ("support", "opposed"),
    "welcomed": ("welcome", "deplored"),
    "refused": ("refuse", "agreed"),
    "rejected": ("reject", "accepted"),
    "declined": ("decline", "agreed"),
    "denied": ("deny", "confirmed"),
    "warned": ("warn", "promised"),
    "stressed": ("stress", "denied"),
}
NUMBERS: dict[str, str] = {
    "one": "four", "two": "five", "three": "seven", "four": "nine", "five": "two", "six": "eleven", "seven": "three",
    "eight": "six", "nine": "four", "ten": "eight", "eleven": "six", "twelve": "twenty", "fourteen": "forty",
    "thirty": "sixty", "ninety": "fifty", "first": "third", "second": "fourth", "third": "first", "half": "third",
}  # fmt: skip
LOOK_ALIKES = str.maketrans(
    {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "i": "і", "x": "х", "y": "у", "A": "А", "3": "З", "0": "О"}
)
INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
TAILS = (
    " and promised to end the war by the summer",
    ", adding that a full treaty had been signed",
    " “without any condition”",
    ", officials on both sides confirmed",
)
NUMBER = re.compile(rf"\d+|\b(?:{'|'.join(NUMBERS)})\b", re.IGNORECASE)
PAST = re.compile(rf"(?<!\bbe )(?<!\bbeen )(?<!\bwas )(?<!\bwere )\b(?:{'|'.join(VERBS)})\b")
AUXILIARY = re.compile(r"\b(?:will|would|could|can|must|should|is|are|was|were|has|have|had)\b(?! not\b)")
ANY_NEGATION = re.compile(r"\b(?:no|not|never|nothing|none|nobody|nor|neither|without)\b|n[’']t\b", re.IGNORECASE)
NOT = re.compile(r"\b(did |does |do )?(not|never)\s|(?<=\w)n[’']t\b")


def other_number(found: re.Match[str]) -> str:
    """Another number of the same sort and, in digits, of the same length."""
    word = found[0]
    if word.isdigit():
        return str((int(word[0]) % 8) + 1) + word[1:]
    changed = NUMBERS[word.lower()]
    return changed.capitalize() if word[0].isupper() else changed
