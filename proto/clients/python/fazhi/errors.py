"""What the server answers beside a result: its code, its details, and its words for people."""

from dataclasses import dataclass
from typing import Any

import grpc
from google.rpc import error_details_pb2, status_pb2

#: What passes by itself. RESOURCE_EXHAUSTED does so only where the server says when to come again: a request that is
#: too large stays too large.
PASSING = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.ABORTED,
    grpc.StatusCode.DEADLINE_EXCEEDED,
}
DETAILS = (
    error_details_pb2.ErrorInfo,
    error_details_pb2.PreconditionFailure,
    error_details_pb2.BadRequest,
    error_details_pb2.LocalizedMessage,
    error_details_pb2.RetryInfo,
)


class Error(grpc.RpcError):
    """The server, or the way to it, said no."""

    def __init__(self, code: grpc.StatusCode, message: str, details: list[Any]):
        super().__init__(f"{code.name}: {message}")
        self.code = code
        self.message = message
        texts = {d.locale: d.message for d in details if isinstance(d, error_details_pb2.LocalizedMessage)}
        #: Why, in Chinese, for the clerk; empty where the server gives no such text.
        self.zh: str = texts.get("zh-CN", "")
        #: Why, in English.
        self.en: str = texts.get("en", message)
        retry = [d.retry_delay for d in details if isinstance(d, error_details_pb2.RetryInfo)]
        #: After how many seconds the server wants to be asked again; None where it does not say.
        self.retry_after: float | None = retry[0].ToTimedelta().total_seconds() if retry else None

    @property
    def passing(self) -> bool:
        """Whether the same call, with the same command_id, may succeed later."""
        return self.code in PASSING or (
            self.code is grpc.StatusCode.RESOURCE_EXHAUSTED and self.retry_after is not None
        )


@dataclass(frozen=True)
class Violation:
    """A rule that the act would break."""

    rule: str
    citation: str
    description: str


class Refusal(Error):
    """The law or the state of the matter says no. The same act stays refused: never retry it."""

    def __init__(self, code: grpc.StatusCode, message: str, details: list[Any]):
        super().__init__(code, message, details)
        info = next((d for d in details if isinstance(d, error_details_pb2.ErrorInfo)), error_details_pb2.ErrorInfo())
        #: Id of the first rule broken, e.g. OF-TWO; where the state says no, its code, e.g. CASE_CLOSED.
        self.rule: str = info.reason
        #: The article, in Chinese; empty where the state says no.
        self.citation: str = info.metadata.get("citation", "")
        #: Every rule broken; empty where the state says no.
        self.violations = tuple(
            Violation(v.type, v.subject, v.description)
            for d in details
            if isinstance(d, error_details_pb2.PreconditionFailure)
            for v in d.violations
        )


class InvalidArgument(Error):
    """Fields are missing or wrong: all of them are named at once."""

    def __init__(self, code: grpc.StatusCode, message: str, details: list[Any]):
        super().__init__(code, message, details)
        #: Path of the field in the request, and what is wrong with it.
        self.fields: tuple[tuple[str, str], ...] = tuple(
            (v.field, v.description)
            for d in details
            if isinstance(d, error_details_pb2.BadRequest)
            for v in d.field_violations
        )


def error_of(call: Any) -> Error:
    """A failed call of the generated code as an `Error`."""
    code, message = call.code(), call.details() or ""
    packed = [value for key, value in call.trailing_metadata() or () if key == "grpc-status-details-bin"]
    details = []
    for any_ in status_pb2.Status.FromString(packed[0]).details if packed else ():
        for kind in DETAILS:
            if any_.Is(kind.DESCRIPTOR):
                details.append(kind.FromString(any_.value))
    kinds = {grpc.StatusCode.FAILED_PRECONDITION: Refusal, grpc.StatusCode.INVALID_ARGUMENT: InvalidArgument}
    return kinds.get(code, Error)(code, message, details)
