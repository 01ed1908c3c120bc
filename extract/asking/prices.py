"""Tokens in, US dollars out, and a guard that stops before a request would pass a limit.

Prices are those that genai-prices ships. A model that it does not know has no price: None, never 0. What this machine
serves has none either.
"""

import math

from extract.asking.endpoint import Endpoint, is_loopback
from extract.errors import BudgetSpent, ConfigError
from schemas import Usage

BYTES_A_TOKEN = 4  # of UTF-8: the usual rule of four characters of English, and kinder to other scripts


def price(model: str, usage: Usage, base_url: str | None = None) -> float | None:
    """What the tokens cost in USD where `base_url` serves the model, or None where no price is known.

    Without a base URL the model's name alone decides.
    """
    if base_url is not None and is_loopback(base_url):
        return None
    import genai_prices  # noqa: PLC0415 - its table of prices is large, and local models never need it

    tokens = genai_prices.Usage(input_tokens=usage.prompt_tokens, output_tokens=usage.completion_tokens)
    try:
        if base_url is None:
            cost = genai_prices.calc_price(tokens, model)
        else:
            cost = genai_prices.calc_price(tokens, model, provider_api_url=base_url)
    except LookupError:
        return None
    return float(cost.total_price)


def estimated_tokens(text: str) -> int:
    """About how many tokens the text is: a token for every four bytes of UTF-8, rounded up."""
    return _tokens(len(text.encode("utf-8", "replace")))


def _tokens(length: int) -> int:
    return math.ceil(length / BYTES_A_TOKEN)


class MaxCost:
    """Stops before the request that could pass `limit` USD. What is under way counts at its most.

    Raises ConfigError where the model has no known price, since then nothing can be promised.
    """

    def __init__(self, limit: float, endpoint: Endpoint) -> None:
        self._limit = limit
        self._endpoint = endpoint
        self._taken = 0.0
        if self._cost(Usage()) is None:
            raise ConfigError(f"the price of {endpoint.model} is not known, so --max-cost cannot hold", "leave it out")

    def reserve(self, length: int, max_tokens: int) -> float:
        """Set aside the most that a request of `length` bytes may cost, and return it. Raises BudgetSpent."""
        most = self._cost(Usage(prompt_tokens=_tokens(length), completion_tokens=max_tokens)) or 0.0
        if self._taken + most > self._limit:
            raise BudgetSpent(
                f"the next request may cost {most:.4f} USD, with {self._taken:.4f} of {self._limit:g} USD taken",
                "raise --max-cost; what was answered is kept, and a second run asks only for what is missing",
            )
        self._taken += most
        return most

    def settle(self, reserved: float, usage: Usage) -> None:
        """Count what the request cost in place of what was set aside for it."""
        self._taken += (self._cost(usage) or 0.0) - reserved

    def _cost(self, usage: Usage) -> float | None:
        return price(self._endpoint.model, usage, self._endpoint.base_url)
