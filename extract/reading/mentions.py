"""The type that all readers of names share: who is named at which words."""

from functools import lru_cache
from typing import NamedTuple

from extract.reading.words import word_list
from schemas import Actor

HEADS = frozenset(word_list("heads"))
TITLES = HEADS | frozenset(word_list("titles"))
_OF_LESS = ("opposition", "party", "deputy", "vice", "former")  # whose leader or president heads no state
_HEADS_OF_TWO = ("prime minister", "first minister", "general secretary", "federal councillor")


class Mention(NamedTuple):
    """Who is named at [start, end). `type` is person, country, office, organisation, agency, outlet, platform or group.

    `title` is a person's title in lower case ("prime minister"), or "described" for a group that the text describes;
    `of` the body a person speaks for; `form` tells a country's name from its "demonym" and its "capital".
    """

    start: int
    end: int
    type: str
    name: str
    country: str | None = None
    wikidata: str | None = None
    title: str = ""
    of: str | None = None
    form: str = "name"

    def actor(self, text: str) -> Actor:
        """The mention as an actor, with the words of the text."""
        return _actor(self.name, text[self.start : self.end], self.country, self.wikidata)

    @property
    def is_head(self) -> bool:
        """Whether the title is that of a head of state or government."""
        if any(word in _OF_LESS for word in self.title.split()):
            return False
        return any(word in HEADS for word in self.title.split()) or any(title in self.title for title in _HEADS_OF_TWO)


@lru_cache(maxsize=1024)
def _actor(name: str, as_written: str, country: str | None, wikidata: str | None) -> Actor:
    """An actor, made once for all facts in which it is named alike."""
    return Actor(name=name, as_written=as_written, country=country, wikidata=wikidata)
