"""What an answer has to look like, in the three shapes that asking needs: a model, a part of the cache key, a reader.

A pydantic model that is made for one question takes longer to make than a recorded answer takes to read, so it is made
only when somebody is asked, or when an answer does not fit and its fault has to be named.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from pydantic import BaseModel

from extract.errors import ConfigError

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Form(Generic[T]):
    """The form of an answer.

    `name` is that of the function that a model calls. `key` is JSON that changes whenever the form does. `model` makes
    the pydantic model. `read` gives the answer that a JSON text holds, or None where only `model` can tell.
    """

    name: str
    key: object
    model: Callable[[], type[T]]
    read: Callable[[str], T | None]


@lru_cache(maxsize=16)
def form_of(schema: type[T]) -> Form[T]:
    """The form of a pydantic model that is there already. Raises ConfigError where unknown keys would pass."""
    found = schema.model_json_schema()
    for part in (found, *found.get("$defs", {}).values()):
        if "properties" in part and part.get("additionalProperties") is not False:
            raise ConfigError(f"the schema {schema.__name__} accepts unknown keys in an answer", "set extra='forbid'")
    return Form(schema.__name__, found, lambda: schema, lambda _: None)
