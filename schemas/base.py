"""The settings that every schema shares, and its version."""

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1


class Schema(BaseModel):
    """A frozen pydantic model that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)
