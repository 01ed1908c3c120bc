"""Every error that readouts raises, in one tree. Each message says what happened; `advice` says what to do next.

ReadoutsError
├── InputError              an article or a file of articles cannot be read
├── ConfigError             settings that cannot work; nothing was asked
├── OutputError             results cannot be written, or what stands there is no result
├── CacheError              the response cache cannot be opened, or is damaged
│   └── CacheMiss           offline, and no recorded response answers this request
├── EndpointError           the endpoint did not give a usable response
│   ├── EndpointDown        no connection, or faults until the retry budget was spent
│   ├── DeadlinePassed      the total time for one request ran out
│   ├── AccessDenied        401 or 403: never asked again
│   ├── NoSuchModel         404 for the model
│   ├── BadRequest          another 4xx: the endpoint does not honour what was asked
│   └── ResponseTooLarge    the body passed the size cap
├── AnswerError             the model answered, and the answer is of no use
│   ├── LengthStop          cut at the token limit: split the window, do not ask again
│   ├── Refusal             the model declined
│   ├── ContentFiltered     the provider's filter stopped it
│   ├── EmptyAnswer         no choices, or no content
│   └── InvalidAnswer       not what the schema asks for, also after being told so once
├── WorkerLost              the process that read an article has ended
└── BudgetSpent             the next request would pass --max-cost
"""


class ReadoutsError(Exception):
    """Base of all. `advice` is a sentence or a command for the person who reads the message."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


class InputError(ReadoutsError):
    """An article or a file of articles cannot be read."""


class ConfigError(ReadoutsError):
    """Settings that cannot work; nothing was asked."""


class OutputError(ReadoutsError):
    """Results cannot be written, or what stands there is no result."""


class CacheError(ReadoutsError):
    """The response cache cannot be opened, or is damaged."""


class CacheMiss(CacheError):
    """Offline, and no recorded response answers this request."""


class EndpointError(ReadoutsError):
    """The endpoint did not give a usable response."""


class EndpointDown(EndpointError):
    """No connection, or faults until the retry budget was spent."""


class DeadlinePassed(EndpointError):
    """The total time for one request ran out."""


class AccessDenied(EndpointError):
    """401 or 403: never asked again."""


class NoSuchModel(EndpointError):
    """404 for the model."""


class BadRequest(EndpointError):
    """Another 4xx: the endpoint does not honour what was asked."""


class ResponseTooLarge(EndpointError):
    """The body passed the size cap."""


class AnswerError(ReadoutsError):
    """The model answered, and the answer is of no use."""


class LengthStop(AnswerError):
    """Cut at the token limit: split the window, do not ask again."""


class Refusal(AnswerError):
    """The model declined."""


class ContentFiltered(AnswerError):
    """The provider's filter stopped it."""


class EmptyAnswer(AnswerError):
    """No choices, or no content."""


class InvalidAnswer(AnswerError):
    """Not what the schema asks for, also after being told so once."""


class WorkerLost(ReadoutsError):
    """The process that read an article has ended."""


class BudgetSpent(ReadoutsError):
    """The next request would pass the cost limit."""
