"""Records, events and texts in, one self-contained HTML page out.

Nothing that comes from an article or a model is ever markup: the template escapes it, the script in the page makes text
nodes of it. The page's policy allows the one style sheet and the one script by their digests, and no request at all.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from report import headline, sources, times, witnesses
from report.articles import article_name
from report.view import main_event, page_data
from report.words import FAMILIES, counted, letters, spoken
from schemas import Events, Record

_IN_SCRIPT = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def render(
    records: Sequence[Record], events: Events, texts: Mapping[str, str], run: Mapping[str, Any] | None = None
) -> str:
    """The page, as HTML text. The same arguments give the same page.

    `texts` maps article ids to their texts; an article that is missing there is shown by its evidence alone. `run` is
    the run file's object, from which the footer takes the date.
    """
    style, script = _joined("style"), _joined("script")
    place = main_event(events)
    event = headline.NO_EVENT if place is None else events.events[place]
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704  ours, and shipped
            script=Markup(script),  # noqa: S704  ours, and shipped
            data=_for_script(page_data(records, events, texts)),
            head=headline.headline(records, event, len(events.events)),
            origins=headline.origins(records),
            date=headline.run_date(run or {}),
            judge=events.judge,
            records=records,
            missing=sum(record.article.id not in texts for record in records),
            drawings=times.draw(records, event),
            graph=sources.draw(records, events),
            graph_width=sources.WIDTH,
            graph_names={letters(number): article_name(record.article) for number, record in enumerate(records)},
            event_place=place,
            hollow=witnesses.widely_carried_from_one(event),
            witness_counts=witnesses.counts(event),
            families=FAMILIES,
        )
    )


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _for_script(data: object) -> Markup:
    """JSON that can stand inside a script element: nothing in it can end the element or open another."""
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(plain.translate(_IN_SCRIPT))  # noqa: S704  every character that HTML reads is escaped


@lru_cache(maxsize=2)
def _joined(kind: str) -> str:
    """All shipped files of a folder of the templates, by name, as one text."""
    folder = files("report").joinpath("templates", kind)
    return "\n" + "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(folder.iterdir(), key=lambda path: path.name)
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(spoken=spoken, counted=counted, letters=letters, address=_address)
    return environment


def _address(what: str, ids: Iterable[str]) -> str:
    """Where a fact or a claim is, in the form that the page's script follows."""
    return "/".join([what, *(quote(str(part), safe="") for part in ids)])
