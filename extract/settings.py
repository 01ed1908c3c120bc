"""Flags, environment and `readouts.toml` in, one Settings out, which remembers where each value came from.

First found wins: a flag, the profile named by `--profile` or READOUTS_PROFILE, the environment, the file, the default.
The file is `readouts.toml` in the working directory, or what `--config` or READOUTS_CONFIG names (`extract.profiles`);
which key goes where is `extract.keys`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError

from extract.asking.endpoint import OPENAI, Endpoint, identity, is_loopback
from extract.errors import ConfigError
from extract.keys import KeyFor, key_for
from extract.profiles import load_file
from schemas import Schema

RULES = "rules"
VARIABLES = {
    "model": "READOUTS_MODEL",
    "base_url": "OPENAI_BASE_URL",
    "strategy": "READOUTS_STRATEGY",
    "offline": "READOUTS_OFFLINE",
    "concurrency": "READOUTS_CONCURRENCY",
    "workers": "READOUTS_WORKERS",
    "max_cost": "READOUTS_MAX_COST",
    "context": "READOUTS_CONTEXT",
    "deadline": "READOUTS_DEADLINE",
    "longest_wait": "READOUTS_LONGEST_WAIT",
    "cache_dir": "READOUTS_CACHE",
}


def _cache_path() -> Path:
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed where the directory is configured

    return user_cache_path("readouts", appauthor=False)


def _address(url: str) -> str:
    try:
        identity(Endpoint(model="", base_url=url))
    except ConfigError as error:
        raise ValueError(str(error)) from None
    return url.rstrip("/")


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(gt=0)]
Directory = Annotated[Path, AfterValidator(Path.expanduser)]


class Settings(Schema):
    """Everything that a run needs to know; `sources` says for each setting where its value came from."""

    model: Name = Field(RULES, description="the model to ask; rules asks none")
    base_url: Annotated[str, AfterValidator(_address)] | None = Field(None, description="the endpoint that serves it")
    strategy: Literal["auto", "whole", "windows", "rules"] = Field("auto", description="how an article is put to it")
    offline: bool = Field(default=False, description="answer from the cache alone")
    concurrency: Count = Field(4, description="articles at a time; 1 on loopback")
    workers: Count = Field(1, description="processes that read where nobody is asked")
    max_cost: Amount | None = Field(None, description="the most that a run may cost, in USD")
    context: Count | None = Field(None, description="tokens that the endpoint takes, prompt and answer together")
    deadline: Seconds = Field(120.0, description="seconds for one request in all; 900 on loopback")
    longest_wait: Amount = Field(60.0, description="most seconds between two attempts after a fault")
    cache_dir: Directory = Field(default_factory=_cache_path, description="directory of the response cache")
    api_key: SecretStr | None = Field(None, description="the key that goes to this endpoint")
    sources: Mapping[str, str] = {}

    @property
    def asks(self) -> bool:
        """Whether a model is asked at all."""
        return RULES not in (self.model, self.strategy)

    def shown(self) -> dict[str, str | int | float | bool | None]:
        """Each setting by name, fit to be shown: of the key only where it is from."""
        values = self.model_dump(mode="json", exclude={"api_key", "sources"})
        return {**values, "api_key": self.sources.get("api_key", "")}

    @property
    def endpoint(self) -> Endpoint:
        """What `extract.asking` needs to know. Offline with no address, a recording from any endpoint answers."""
        return Endpoint(
            model=self.model,
            base_url=self.base_url,
            api_key=self.api_key.get_secret_value() if self.api_key else None,
            context=self.context,
            deadline=self.deadline,
            longest_wait=self.longest_wait,
        )

    @property
    def endpoint_host(self) -> str | None:
        """Host and port of the endpoint; None where nothing is asked."""
        return urlsplit(self.base_url).netloc if self.base_url and self.asks else None


@dataclass(frozen=True)
class _Place:
    """Somewhere settings are given; `{}` in `label` stands for what the setting is called there."""

    label: str
    values: Mapping[str, object]

    def called(self, name: str) -> str:
        return self.label.replace("{}", VARIABLES[name] if "environment" in self.label else name.replace("_", "-"))


def load_settings(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    fallback: Mapping[str, object] | None = None,
) -> Settings:
    """The settings in force. `flags` is what the caller gives, `config` and `profile` included; None is not given.

    `fallback` is what the caller would have in place of a default.

    Raises:
        ConfigError: a value that cannot be, or a name that is not known.

    """
    environ = os.environ if environ is None else environ
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    if unknown := given.keys() - {*VARIABLES, "config", "profile"}:
        raise ConfigError(
            f"there is no setting {min(unknown)}", f"Known are {', '.join(VARIABLES)}, config and profile."
        )
    file = load_file(str(given.get("config") or environ.get("READOUTS_CONFIG") or ""), {*VARIABLES, "api_key_env"})
    named = given.get("profile") or environ.get("READOUTS_PROFILE")
    name = str(named or file.common.get("profile") or "")
    profile = _Place(f"{file.path} [profiles.{name}]", file.profile(name) if name else {})
    common = _Place(str(file.path), file.common)
    environment = _Place("environment {}", {n: environ[v] for n, v in VARIABLES.items() if environ.get(v)})
    flag = _Place("flag --{}", given)
    own = _Place("default of the command", fallback or {})
    order = (flag, profile, environment, common, own) if named else (flag, environment, profile, common, own)
    chosen = {name: place for name in VARIABLES for place in reversed(order) if name in place.values}
    return _with_key(_settled(chosen), _keys([profile, common], environ), environ)


def check(settings: Settings) -> None:
    """Let pass settings that a run can start with.

    Raises:
        ConfigError: an endpoint or a strategy without a model to ask, or OpenAI without a key.

    """
    if settings.model == RULES and settings.strategy in ("whole", "windows"):
        raise ConfigError(f"the strategy {settings.strategy} asks a model", "Name the model with -m MODEL.")
    if settings.model == RULES and ("flag" in settings.sources["base_url"] or "[" in settings.sources["base_url"]):
        raise ConfigError("an endpoint is given, and no model", "Name the model: -m MODEL, or model in the profile.")
    if settings.asks and settings.base_url == OPENAI and not settings.api_key and not settings.offline:
        raise ConfigError(
            f"{settings.model} at api.openai.com needs a key ({settings.sources['api_key']})",
            "Set OPENAI_API_KEY, or name another endpoint with --base-url, or use -m rules, which needs neither.",
        )


def _settled(chosen: Mapping[str, _Place]) -> Settings:
    """The chosen values, checked, with the defaults that follow from them."""
    values: dict[str, object] = {name: place.values[name] for name, place in chosen.items()}
    sources = dict.fromkeys(VARIABLES, "default") | {name: place.called(name) for name, place in chosen.items()}
    settings = _checked(values, sources)
    follows: dict[str, object] = {"strategy": RULES} if settings.model == RULES else {}
    if settings.asks and not settings.base_url and not settings.offline:
        follows["base_url"] = OPENAI
    if settings.base_url and is_loopback(settings.base_url):
        follows |= {"concurrency": 1, "deadline": 900.0}
    return settings.model_copy(update={name: value for name, value in follows.items() if name not in chosen})


def _checked(values: Mapping[str, object], sources: Mapping[str, str]) -> Settings:
    try:
        return Settings.model_validate({**values, "sources": sources})
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        name = str(problem["loc"][0])
        wrong = problem["msg"].removeprefix("Value error, ")
        raise ConfigError(f"{name}: {wrong}", f"Correct it; it comes from: {sources[name]}.") from None


def _keys(places: list[_Place], environ: Mapping[str, str]) -> list[KeyFor]:
    """The keys that are configured, each with the endpoint it is for; the file's before the environment's."""
    keys = [
        KeyFor(
            variable=str(place.values["api_key_env"]),
            base_url=str(place.values.get("base_url") or places[-1].values.get("base_url") or OPENAI),
            source=f"environment {place.values['api_key_env']}, named in {place.label}",
        )
        for place in places
        if "api_key_env" in place.values
    ]
    openai = environ.get(VARIABLES["base_url"]) or OPENAI
    return [*keys, KeyFor("OPENAI_API_KEY", openai, "environment OPENAI_API_KEY")]


def _with_key(settings: Settings, keys: list[KeyFor], environ: Mapping[str, str]) -> Settings:
    key, source = None, "none: nothing is asked"
    if settings.base_url and settings.asks:
        key, source = key_for(settings.base_url, keys, environ)
    return settings.model_copy(
        update={"api_key": SecretStr(key) if key else None, "sources": {**settings.sources, "api_key": source}}
    )
