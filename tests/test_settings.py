"""Which setting wins, where it is said to come from, and where a key goes."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import ConfigError
from extract.settings import VARIABLES, Settings, check, load_settings

KEY = "sk-secret-of-the-tests"
OPENAI = "https://api.openai.com/v1"
HOUSE = "https://models.example.org/v1"
LOCAL = "http://127.0.0.1:8391/v1"


@pytest.fixture(autouse=True)
def _empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def configure(text: str, name: str = "readouts.toml") -> Path:
    """A file of settings in the working directory."""
    path = Path(name)
    path.write_text(text)
    return path


def load(environ: dict[str, str] | None = None, **flags: object) -> Settings:
    """The settings with these flags and this environment."""
    return load_settings(flags, environ or {})


def test_nothing_configured() -> None:
    """With nothing configured, rules read the articles: no model, no endpoint, no key."""
    settings = load()
    check(settings)
    assert (settings.model, settings.strategy, settings.asks) == ("rules", "rules", False)
    assert (settings.base_url, settings.api_key, settings.endpoint_host) == (None, None, None)
    assert {settings.sources[name] for name in VARIABLES} == {"default"}


def test_order_of_places() -> None:
    """A flag wins over the environment, the environment over the file, the file over the default; each is named."""
    configure('model = "of file"\nconcurrency = 7\ncontext = 999')
    settings = load({"READOUTS_MODEL": "of environment", "READOUTS_CONCURRENCY": "5"}, model="of flag")
    assert (settings.model, settings.sources["model"]) == ("of flag", "flag --model")
    assert (settings.concurrency, settings.sources["concurrency"]) == (5, "environment READOUTS_CONCURRENCY")
    assert (settings.context, settings.sources["context"]) == (999, "readouts.toml")
    assert settings.sources["max_cost"] == "default"


def test_a_command_has_defaults_of_its_own() -> None:
    """What a command has in place of a default gives way to all that is configured, and says what it is."""
    alone = load_settings({}, {}, fallback={"workers": 3})
    assert (alone.workers, alone.sources["workers"]) == (3, "default of the command")
    assert load_settings({}, {"READOUTS_WORKERS": "5"}, fallback={"workers": 3}).workers == 5
    configure("workers = 7")
    assert load_settings({}, {}, fallback={"workers": 3}).workers == 7


def test_named_profile_wins_over_the_environment() -> None:
    """A profile that is asked for by name is not undone by an endpoint that lies about in the environment."""
    configure(f'[profiles.local]\nmodel = "small"\nbase_url = "{LOCAL}"')
    for settings in (
        load({"OPENAI_BASE_URL": HOUSE}, profile="local"),
        load({"OPENAI_BASE_URL": HOUSE, "READOUTS_PROFILE": "local"}),
    ):
        assert (settings.model, settings.base_url) == ("small", LOCAL)
        assert settings.sources["base_url"] == "readouts.toml [profiles.local]"
    assert load({"OPENAI_BASE_URL": HOUSE}, profile="local", base_url=OPENAI).base_url == OPENAI


def test_default_profile_is_part_of_the_file() -> None:
    """The profile that the file itself names ranks with the file, before what it says for all profiles."""
    configure('profile = "a"\nmodel = "common"\ncontext = 1\n[profiles.a]\nmodel = "of a"')
    settings = load({"READOUTS_CONTEXT": "2"})
    assert (settings.model, settings.context) == ("of a", 2)


@given(
    places=st.lists(st.sampled_from(["flag", "environment", "profile", "common"]), unique=True),
    name=st.sampled_from(["concurrency", "context"]),
)
def test_first_place_wins(places: list[str], name: str) -> None:
    """Whatever combination of places gives a setting, the first in the order wins."""
    order = ["flag", "profile", "environment", "common"]
    value = {place: order.index(place) + 2 for place in places}
    common = f"{name} = {value['common']}\n" if "common" in value else ""
    profile = f"{name} = {value['profile']}\n" if "profile" in value else ""
    path = configure(f"{common}[profiles.p]\n{profile}")
    environ = {VARIABLES[name]: str(value["environment"])} if "environment" in value else {}
    settings = load_settings({"profile": "p", "config": path, name: value.get("flag")}, environ)
    default = {"concurrency": 4, "context": None}[name]
    assert getattr(settings, name) == min(value.values(), default=default)


def test_another_file() -> None:
    """`--config` and READOUTS_CONFIG name a file to read in place of the working directory's."""
    configure("concurrency = 2")
    other = configure("concurrency = 3", "other.toml")
    assert load(config=other).concurrency == 3
    assert load({"READOUTS_CONFIG": str(other)}).sources["concurrency"] == "other.toml"


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("modle = 'x'", "Did you mean model?"),
        ("concurrency = 0", "readouts.toml"),
        ("concurrency = 'many'", "readouts.toml"),
        ("strategy = 'guess'", "readouts.toml"),
        ("base_url = 'models.example.org'", "readouts.toml"),
        ("base_url = 'https://me:pw@models.example.org'", "readouts.toml"),
        ("max_cost = nan", "readouts.toml"),
        ("deadline = 0", "readouts.toml"),
        ("[profiles]\nlocal = 1", "[profiles.NAME]"),
        ("profile = 'gone'", "[profiles.gone]"),
        ("[profiles.a]\nspeed = 1", "Known are"),
        ("= 1", "Mend readouts.toml"),
        (f"api_key = '{KEY}'", "api_key_env"),
        (f"[profiles.a]\nopenai_key = '{KEY}'", "api_key_env"),
    ],
)
def test_file_that_cannot_be(file: str, named: str) -> None:
    """A file with an unknown name, an impossible value or a key in it is refused, with what to do, and no key shown."""
    configure(file)
    with pytest.raises(ConfigError) as refused:
        load(profile="a" if "profiles.a" in file else None)
    assert named in refused.value.advice
    assert KEY not in str(refused.value) + refused.value.advice


def test_missing_file_is_an_error_only_if_named() -> None:
    """Without `readouts.toml` there are defaults; a file that was named has to be there."""
    load()
    with pytest.raises(ConfigError, match=r"gone\.toml"):
        load(config="gone.toml")


def test_unknown_option() -> None:
    """A misspelt option is refused."""
    with pytest.raises(ConfigError, match="modle"):
        load(modle="x")


@pytest.mark.parametrize(
    "flags", [{"base_url": HOUSE}, {"strategy": "windows"}, {"strategy": "whole", "model": "rules"}, {"profile": "p"}]
)
def test_endpoint_without_a_model(flags: dict[str, str]) -> None:
    """An endpoint or a strategy that asks a model needs the model's name."""
    configure(f"[profiles.p]\nbase_url = '{HOUSE}'")
    with pytest.raises(ConfigError) as refused:
        check(load_settings(flags, {}))
    assert "-m MODEL" in refused.value.advice


def test_endpoint_of_the_environment_alone_changes_nothing() -> None:
    """OPENAI_BASE_URL stands in many environments: it does not make rules into a request."""
    settings = load({"OPENAI_BASE_URL": HOUSE, "OPENAI_API_KEY": KEY})
    check(settings)
    assert not settings.asks
    assert settings.api_key is None


def test_openai_needs_a_key_before_anything_is_asked() -> None:
    """A model with neither endpoint nor key is an error at once; offline, a recording may answer it."""
    with pytest.raises(ConfigError, match="OPENAI_API_KEY is not set"):
        check(load(model="gpt-5"))
    settings = load(model="gpt-5", offline=True)
    check(settings)
    assert settings.endpoint.base_url is None


def test_loopback_is_patient() -> None:
    """An endpoint on this machine gets one article at a time and a long deadline, unless told otherwise."""
    assert (load(model="m", base_url=LOCAL).concurrency, load(model="m", base_url=LOCAL).deadline) == (1, 900)
    assert (load(model="m", base_url=HOUSE).concurrency, load(model="m", base_url=HOUSE).deadline) == (4, 120)
    assert load(model="m", base_url=LOCAL, concurrency=3, deadline=7).concurrency == 3


class TestKeys:
    """A key goes to the host that it was configured for, and nowhere else."""

    def key(self, environ: dict[str, str], **flags: object) -> str | None:
        """The key that goes to the endpoint."""
        return load(environ, model="m", **flags).endpoint.api_key

    def test_openai(self) -> None:
        """OPENAI_API_KEY alone is for api.openai.com."""
        assert self.key({"OPENAI_API_KEY": KEY}) == KEY
        assert self.key({"OPENAI_API_KEY": KEY}, base_url=OPENAI + "/") == KEY

    def test_endpoint_of_the_environment(self) -> None:
        """With OPENAI_BASE_URL it is for that endpoint, and no longer for api.openai.com."""
        environ = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": HOUSE}
        assert self.key(environ) == KEY
        assert self.key(environ, base_url=HOUSE + "/other/path") == KEY
        assert self.key(environ, base_url=OPENAI) is None

    @pytest.mark.parametrize(
        "url",
        [
            LOCAL,
            HOUSE,
            "http://api.openai.com/v1",
            "https://api.openai.com:8443/v1",
            "http://api.openai.com:443/v1",
            "https://api.openai.com.example.org/v1",
            "https://example.org/api.openai.com/v1",
        ],
    )
    def test_not_elsewhere(self, url: str) -> None:
        """Another host, port or scheme gets no key, and `sources` says why."""
        settings = load({"OPENAI_API_KEY": KEY}, model="m", base_url=url)
        check(settings)
        assert settings.api_key is None
        assert settings.sources["api_key"] == "none: OPENAI_API_KEY is for api.openai.com"

    def test_of_a_profile(self) -> None:
        """A profile names the variable that holds its endpoint's key; another endpoint does not get that one either."""
        configure(f"[profiles.house]\nmodel = 'm'\nbase_url = '{HOUSE}'\napi_key_env = 'HOUSE_KEY'")
        environ = {"HOUSE_KEY": KEY, "OPENAI_API_KEY": "other"}
        assert self.key(environ, profile="house") == KEY
        assert self.key(environ, profile="house", base_url=LOCAL) is None
        assert self.key(environ, profile="house", base_url=OPENAI) == "other"
        assert "HOUSE_KEY" in load(environ, profile="house").sources["api_key"]

    def test_never_shown(self) -> None:
        """No form of the settings shows a key."""
        settings = load({"OPENAI_API_KEY": KEY}, model="m")
        shown = f"{settings!r} {settings} {settings.model_dump_json()} {settings.shown()} {settings.endpoint!r}"
        assert KEY not in shown
        assert settings.shown()["api_key"] == "environment OPENAI_API_KEY"


def test_cache_directory(tmp_path: Path) -> None:
    """The cache is in the user's cache directory unless READOUTS_CACHE says otherwise; `~` is the home directory."""
    assert load().cache_dir.name == "readouts"
    assert load({"READOUTS_CACHE": str(tmp_path)}).cache_dir == tmp_path
    assert load({"READOUTS_CACHE": "~/x"}).cache_dir == Path(os.path.expanduser("~/x"))  # noqa: PTH111
