"""Labels in, Label Studio tasks out, and back, so that people can label in a tool they know. Nothing is lost.

A fact is a region with its kind as label; the other fields hang on the region. What has several parts is a row of cells
between bars ("Ada Ruun|Ms Ruun|XN|"), one row an actor or a link. More spans of one fact, and other spans that would
do, are regions of their own that name the fact ("f7", "f7/1" for the first alternative).

Offsets are code points, as Label Studio writes them. Its older releases counted UTF-16 units: a region whose words do
not stand at its code points is read by those, and refused if they are not there either.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from pydantic import ValidationError

from evals.label_rows import actor, actor_row, link, link_row, quote, quote_row, region_at, value, value_row
from extract.errors import InputError
from schemas import Article, Certainty, Evidence, GoldArticle, GoldArticleRef, GoldFact, Kind, Realis, Span

MORE, ALTERNATIVE = "more evidence", "alternative"
_CHOICES = {"certainty": tuple(Certainty), "realis": tuple(Realis), "optional": ("optional",)}
_ROWS = {
    "fact": "id of the fact; for more evidence the same id, for alternatives id/1, id/2 …",
    "object": "what the act is about",
    "summary": "one sentence",
    "actor": "name|as written|country|Wikidata id",
    "target": "name|as written|country|Wikidata id",
    "attribution": "name|type|role|on behalf of|channel|anonymity|cue",
    "value": "type|iso|comparator|as written",
    "quote": "mode|text|speaker",
    "denies": "which claim",
    "note": "why",
}


def labelling_config() -> str:
    """The project's labelling interface, as Label Studio's XML."""
    view = ET.Element("View")
    labels = ET.SubElement(view, "Labels", name="kind", toName="text")
    for label in (*Kind, MORE, ALTERNATIVE):
        ET.SubElement(labels, "Label", value=label)
    ET.SubElement(view, "Text", name="text", value="$text", granularity="word")
    for name, options in _CHOICES.items():
        ET.SubElement(view, "Header", value=name)
        choices = ET.SubElement(view, "Choices", name=name, toName="text", perRegion="true")
        for option in options:
            ET.SubElement(choices, "Choice", value=option)
    for name, hint in _ROWS.items():
        ET.SubElement(view, "Header", value=name)
        ET.SubElement(view, "TextArea", name=name, toName="text", perRegion="true", editable="true", placeholder=hint)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _fields(fact: GoldFact) -> Iterator[tuple[str, str, list[str]]]:
    """Name, result type and content of each field that hangs on the region."""
    yield "certainty", "choices", [fact.certainty]
    yield "realis", "choices", [fact.realis]
    if fact.optional:
        yield "optional", "choices", ["optional"]
    rows = {
        "fact": [fact.id],
        "object": [fact.object],
        "summary": [fact.summary],
        "actor": [actor_row(one) for one in fact.actor],
        "target": [actor_row(one) for one in fact.target],
        "attribution": [link_row(one) for one in fact.attribution],
        "value": [value_row(fact.value)] if fact.value else [],
        "quote": [quote_row(fact.quote)] if fact.quote else [],
        "denies": [fact.denies or ""],
        "note": [fact.note or ""],
    }
    for name, content in rows.items():
        if any(content):
            yield name, "textarea", content


def _region(
    region: str, span: Span, label: str, fields: Iterable[tuple[str, str, list[str]]]
) -> Iterator[dict[str, Any]]:
    where = {"start": span.start, "end": span.end}
    both = {"id": region, "to_name": "text"}
    yield {**both, "from_name": "kind", "type": "labels", "value": {**where, "text": span.exact, "labels": [label]}}
    for name, type_, content in fields:
        key = "choices" if type_ == "choices" else "text"
        yield {**both, "from_name": name, "type": type_, "value": {**where, key: content}}


def _results(fact: GoldFact) -> Iterator[dict[str, Any]]:
    if not fact.evidence:
        raise InputError(f"fact {fact.id} has no evidence", "A region needs words: label the evidence first.")
    first, *more = fact.evidence
    yield from _region(fact.id, first, fact.kind, _fields(fact))
    for i, span in enumerate(more, start=1):
        yield from _region(f"{fact.id}+{i}", span, MORE, [("fact", "textarea", [fact.id])])
    for i, spans in enumerate(fact.alternatives, start=1):
        for j, span in enumerate(spans):
            yield from _region(f"{fact.id}/{i}.{j}", span, ALTERNATIVE, [("fact", "textarea", [f"{fact.id}/{i}"])])


def to_tasks(labelled: Iterable[tuple[GoldArticle, Article]]) -> list[dict[str, Any]]:
    """One task an article, in Label Studio's JSON format. Raises InputError for a fact without evidence."""
    return [
        {
            "data": {"id": gold.article.id, "text": article.text},
            "annotations": [
                {
                    "completed_by": {"email": gold.annotator},
                    "result": [result for fact in gold.facts for result in _results(fact)],
                }
            ],
        }
        for gold, article in labelled
    ]


@dataclass
class _Region:
    """One region of an annotation. `cells` are the contents of the fields that hang on it, by name."""

    label: str = ""
    span: Evidence | None = None
    cells: dict[str, list[str]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        return self.cells.get(name, [""])[0]


def _regions(results: Sequence[Mapping[str, Any]], text: str) -> dict[str, _Region]:
    regions: dict[str, _Region] = {}
    for result in results:
        region, content = regions.setdefault(result["id"], _Region()), result["value"]
        if result["type"] == "labels":
            region.label = content["labels"][0]
            region.span = Evidence.of(text, *region_at(text, content))
        else:
            cells = content["choices" if result["type"] == "choices" else "text"]
            region.cells[result["from_name"]] = [cells] if isinstance(cells, str) else list(cells)
    return regions


def _spans(regions: Mapping[str, _Region]) -> tuple[dict[str, list[Evidence]], dict[str, dict[str, list[Evidence]]]]:
    """By fact id: its further evidence, and its alternatives by number."""
    more: dict[str, list[Evidence]] = {}
    alternatives: dict[str, dict[str, list[Evidence]]] = {}
    for name, region in regions.items():
        if region.span is None or region.label not in {*Kind, MORE, ALTERNATIVE}:
            raise ValueError(f"region {name} has no label that is known: {region.label or 'none'}")
        if region.label == MORE:
            more.setdefault(region.first("fact"), []).append(region.span)
        elif region.label == ALTERNATIVE:
            fact, _, number = region.first("fact").rpartition("/")
            alternatives.setdefault(fact, {}).setdefault(number, []).append(region.span)
    return more, alternatives


def _facts(article: str, text: str, results: Sequence[Mapping[str, Any]]) -> tuple[GoldFact, ...]:
    """One fact for each region with a kind, in the order of the evidence; one without an id gets a new one."""
    regions = _regions(results, text)
    more, alternatives = _spans(regions)
    own = [region for region in regions.values() if region.label in set(Kind)]
    names = [region.first("fact") or f"{article}-{n:02}" for n, region in enumerate(own, start=1)]
    if orphans := sorted((more.keys() | alternatives.keys()) - set(names)):
        raise ValueError(f"more evidence or alternatives for no fact: {', '.join(orphans) or 'unnamed'}")
    facts = [
        _fact(name, region, text).model_copy(
            update={
                "evidence": (*_own(region), *more.get(name, ())),
                "alternatives": tuple(map(tuple, alternatives.get(name, {}).values())),
            }
        )
        for name, region in zip(names, own, strict=True)
    ]
    return tuple(sorted(facts, key=lambda fact: fact.evidence[0].start))


def _own(region: _Region) -> tuple[Evidence, ...]:
    return (region.span,) if region.span else ()


def _fact(name: str, region: _Region, text: str) -> GoldFact:
    """The fact of a region, as far as the region itself tells."""
    near = region.span.start if region.span else 0
    return GoldFact(
        id=name,
        kind=Kind(region.label),
        actor=tuple(map(actor, region.cells.get("actor", []))),
        target=tuple(map(actor, region.cells.get("target", []))),
        object=region.first("object"),
        summary=region.first("summary"),
        attribution=tuple(link(row, text, near) for row in region.cells.get("attribution", [])),
        certainty=Certainty(region.first("certainty") or Certainty.CERTAIN),
        realis=Realis(region.first("realis") or Realis.OCCURRED),
        value=value(region.first("value")) if region.first("value") else None,
        quote=quote(region.first("quote")) if region.first("quote") else None,
        denies=region.first("denies") or None,
        optional=bool(region.first("optional")),
        note=region.first("note") or None,
    )


def _annotation(task: Mapping[str, Any]) -> Mapping[str, Any]:
    """The last annotation that was not cancelled."""
    done = [annotation for annotation in task["annotations"] if not annotation.get("was_cancelled")]
    if not done:
        raise ValueError("no finished annotation")
    return dict(done[-1])


def _tasks(exported: str) -> list[dict[str, Any]]:
    tasks = json.loads(exported)
    if not isinstance(tasks, list):
        raise TypeError("not a list of tasks")
    return tasks


def from_tasks(exported: str, annotator: str | None = None) -> list[GoldArticle]:
    """The labels in a JSON export. `annotator` replaces the name that the export gives.

    Raises:
        InputError: not such an export, or a region that does not fit text or schema; the message says which.

    """
    article = "the file"
    labels = []
    try:
        for task in _tasks(exported):
            article = str(task["data"]["id"])
            annotation, text = _annotation(task), str(task["data"]["text"])
            by = annotation.get("completed_by")
            who = annotator or str(by.get("email") if isinstance(by, dict) else by or "unknown")
            info = Article(id=article, text=text).info
            facts = _facts(article, text, annotation["result"])
            labels.append(
                GoldArticle(article=GoldArticleRef(id=info.id, sha256=info.sha256), annotator=who, facts=facts)
            )
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"task {article}: {where}: {first['msg']}", "Mend the region in Label Studio.") from None
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise InputError(f"task {article}: {error}", "Export it from Label Studio as JSON.") from None
    return labels
