"""An article, a model that answers as told, and what it was asked: for tests of strategies."""

import asyncio
from pathlib import Path
from typing import Any

from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.asking.endpoint import Endpoint
from extract.strategies import read_article
from schemas import Article, Fact, Record
from tests.fakes import LOCAL, FakeModel, Request, schema_of

TEXT = """President Ada Ruun of Norvania and Premier Ilo Best of Ostria spoke by phone for 40 minutes on Monday.
Ruun agreed to a ten-day port truce and ordered her fleet home, her office said in a statement.
“We will not give up the lighthouse,” Best said. The harbour war began last spring.
Her spokesman would not say whether grain was discussed. Many ships are gone. Best refused to sign the fishing pact.
"""
ARTICLE = Article(id="call", text=TEXT)
LONG = Article(id="long", text=TEXT * 3)
NOTHING: dict[str, Any] = {"facts": []}


def told(sentence: int, kind: str, actor: str, about: str) -> dict[str, Any]:
    """One fact of an answer."""
    return {"sentence": sentence, "kind": kind, "actor": actor, "about": about}


def asked_about(request: Request) -> list[int]:
    """The sentences that the answer to a request may name."""
    schema = schema_of(request)
    assert schema is not None
    sentence = schema["$defs"]["AnswerFact"]["properties"]["sentence"]
    return list(sentence["enum"]) if "enum" in sentence else [sentence["const"]]


def article_part(request: Request) -> str:
    """The varying part of a request."""
    content = request["messages"][1]["content"]
    assert isinstance(content, str)
    return content


def without_ids(facts: tuple[Fact, ...]) -> list[Fact]:
    """The facts, whatever their numbers."""
    return [fact.model_copy(update={"id": ""}) for fact in facts]


async def read(
    model: FakeModel, tmp_path: Path, strategy: str = "windows", endpoint: Endpoint = LOCAL, article: Article = ARTICLE
) -> Record:
    """The record that a strategy makes with a model."""
    cache = await asyncio.to_thread(ResponseCache, tmp_path)
    async with Asker(endpoint, cache, transport=model) as asker:
        return await read_article(article, strategy=strategy, asker=asker)
