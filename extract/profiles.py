"""`readouts.toml` in, its settings and one of its profiles out.

    profile = "local"                            # a profile to use where none is named
    concurrency = 2                              # any setting, for all profiles

    [profiles.local]
    model = "qwen2.5:7b"
    base_url = "http://127.0.0.1:11434/v1"
    context = 8192

    [profiles.house]
    model = "large"
    base_url = "https://models.example.org/v1"
    api_key_env = "HOUSE_KEY"                    # the environment variable that holds this endpoint's key

Keys themselves do not belong in a file.
"""

import difflib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import ConfigError

FILE = "readouts.toml"


@dataclass(frozen=True)
class ConfigFile:
    """A file's settings by name, those for all profiles and those of each; empty where there is no file."""

    path: Path = Path(FILE)
    common: Mapping[str, object] = field(default_factory=dict)
    profiles: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def profile(self, name: str) -> Mapping[str, object]:
        """The settings of one profile.

        Raises:
            ConfigError: there is none of that name.

        """
        if name in self.profiles:
            return self.profiles[name]
        known = ", ".join(self.profiles) or "none"
        raise ConfigError(f"no profile {name} in {self.path}", f"Add [profiles.{name}] there; it has: {known}.")


def load_file(named: str | None, known: Collection[str]) -> ConfigFile:
    """The file of that name, or else `readouts.toml` of the working directory. `known` are the settings it may hold.

    Raises:
        ConfigError: not there though named, not TOML, or with a name that is not known.

    """
    path = Path(named or FILE)
    if not named and not path.exists():
        return ConfigFile()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}", "Check --config and READOUTS_CONFIG.") from None
    except ValueError as error:
        raise ConfigError(f"{path} is not TOML: {error}", f"Mend {path}.") from None
    profiles = content.pop("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(profile, dict) for profile in profiles.values()):
        raise ConfigError(f"{path}: profiles are tables", "Write [profiles.NAME] and the settings below it.")
    _check_names(content, {*known, "profile"}, str(path))
    for name, profile in profiles.items():
        _check_names(profile, known, f"{path} [profiles.{name}]")
    return ConfigFile(path, content, profiles)


def _check_names(settings: Mapping[str, object], known: Collection[str], where: str) -> None:
    for name in settings:
        if "key" in name and name not in known:
            raise ConfigError(
                f"{where}: {name}: a key does not belong in a file",
                'Put it in an environment variable, and name that one: api_key_env = "VARIABLE".',
            )
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(sorted(known))}."
            raise ConfigError(f"{where}: there is no setting {name}", hint)
