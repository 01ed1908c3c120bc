"""An article in, the facts that `langextract` finds in it, chunk by chunk, and aligns to its text out.

Of what the library can ask for, fenced JSON in plain text serves it best on a llama.cpp server: `json_schema` is an
error there, a bare `json_object` gives an empty object, and under the schema that it makes of its examples the model
that was tried lists nothing at all.
"""

from typing import Any, cast

import langextract as lx
import openai
from langextract.providers.openai import OpenAILanguageModel

from evals.peers.recording import Located
from evals.peers.task import PeerFact, task
from evals.peers.wire import Recorder
from schemas import Article, Kind

DISTRIBUTIONS = ("langextract", "openai")
PARAMETERS: dict[str, Any] = {
    "max_char_buffer": 1000,
    "extraction_passes": 1,
    "temperature": 0,
    "max_output_tokens": 1200,
    "response_format": {"type": "text"},
    "fence_output": True,
}


def examples() -> list[lx.data.ExampleData]:
    """The worked example as the library wants it: class, text and attributes."""
    extractions = [
        lx.data.Extraction(
            extraction_class=fact.kind.value,
            extraction_text=fact.words,
            attributes={"actors": fact.actors, "about": fact.about, "source": fact.source, "value": fact.value},
        )
        for fact in task().facts
    ]
    return [lx.data.ExampleData(text=task().text, extractions=extractions)]


class Peer:
    """One model of one endpoint."""

    def __init__(self, model: str, base_url: str, recorder: Recorder) -> None:
        self.model = OpenAILanguageModel(
            model_id=model,
            api_key="none",
            base_url=base_url,
            temperature=PARAMETERS["temperature"],
            max_workers=1,
            max_output_tokens=PARAMETERS["max_output_tokens"],
            response_format=PARAMETERS["response_format"],
        )
        self.model._client = openai.OpenAI(  # noqa: SLF001 - the one way to see what it is answered
            base_url=base_url, api_key="none", max_retries=0, http_client=recorder.client()
        )

    def facts(self, article: Article) -> list[Located]:
        """The facts of `article`, with the library's own spans. Raises whatever the library raises."""
        document = lx.extract(
            article.text,
            prompt_description=task().instructions,
            examples=examples(),
            model=self.model,
            max_char_buffer=PARAMETERS["max_char_buffer"],
            extraction_passes=PARAMETERS["extraction_passes"],
            use_schema_constraints=False,
            fence_output=PARAMETERS["fence_output"],
            show_progress=False,
        )
        found = cast("lx.data.AnnotatedDocument", document).extractions or []
        return [located for extraction in found if (located := _located(extraction))]


def _located(extraction: lx.data.Extraction) -> Located | None:
    """The extraction as a fact; None where its class is none of the kinds."""
    if extraction.extraction_class not in list(Kind):
        return None
    given = extraction.attributes or {}
    actors = given.get("actors") or []
    fact = PeerFact(
        kind=Kind(extraction.extraction_class),
        words=extraction.extraction_text,
        actors=[actors] if isinstance(actors, str) else list(actors),
        about=str(given.get("about") or ""),
        source=str(given.get("source") or ""),
        value=str(given.get("value") or ""),
    )
    at, status = extraction.char_interval, extraction.alignment_status
    return Located(
        fact=fact,
        start=at.start_pos if at else None,
        end=at.end_pos if at else None,
        status=status.value if status else None,
    )
