"""An article in, the facts of one plain `instructor` call over all of it out."""

from typing import Any

import instructor
import openai

from evals.peers.recording import Located
from evals.peers.task import PeerFacts, task
from evals.peers.wire import Recorder
from schemas import Article

DISTRIBUTIONS = ("instructor", "openai")
PARAMETERS: dict[str, Any] = {"mode": "tools", "temperature": 0, "max_tokens": 2400, "max_retries": 0}


def prompt(article: Article) -> list[dict[str, str]]:
    """Instructions and example first, the article last: what repeats is read once by a server that keeps prefixes."""
    example = PeerFacts(facts=task().facts).model_dump_json()
    return [
        {"role": "system", "content": f"{task().instructions}\n\nArticle:\n{task().text}\nFacts:\n{example}"},
        {"role": "user", "content": f"Article:\n{article.text}"},
    ]


class Peer:
    """One client of one endpoint."""

    def __init__(self, model: str, base_url: str, recorder: Recorder) -> None:
        client = openai.OpenAI(base_url=base_url, api_key="none", max_retries=0, http_client=recorder.client())
        self.client = instructor.from_openai(client, mode=instructor.Mode.TOOLS)
        self.model = model

    def facts(self, article: Article) -> list[Located]:
        """The facts of `article`. Raises whatever the library raises."""
        answer = self.client.chat.completions.create(
            model=self.model,
            response_model=PeerFacts,
            messages=prompt(article),  # type: ignore[arg-type]
            temperature=PARAMETERS["temperature"],
            max_tokens=PARAMETERS["max_tokens"],
            max_retries=PARAMETERS["max_retries"],
        )
        return [Located(fact=fact) for fact in answer.facts]
