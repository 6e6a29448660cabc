"""A thin layer over the generated code: connection, tokens, retries, refusals, events.

>>> client = Client("127.0.0.1:50051", token=read_token)
>>> enforcement = enforcement_pb2_grpc.EnforcementStub(client.channel)
>>> enforcement.FileCase(FileCaseRequest(meta=frame(), case_id=new_id(), ...))

What the server answers beside a result is raised as an `Error`; `Refusal` and `InvalidArgument` tell more.
"""

import random
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

import grpc

from fazhi.common.v1 import common_pb2
from fazhi.errors import Error, InvalidArgument, Refusal, Violation, error_of
from fazhi.events.v1 import events_pb2, events_pb2_grpc

__all__ = ["Client", "Error", "InvalidArgument", "LogBehind", "Refusal", "Violation", "frame", "new_id"]

WAIT_FIRST_S = 0.25
WAIT_MAX_S = 5.0
RECEIVED_BYTES_MAX = 32 * 1024 * 1024
#: A timeout that means none: of what goes on until somebody ends it.
ENDLESS = float("inf")
#: Beyond this the server is not waited for: the error is raised, with `retry_after` in it.
RETRY_AFTER_MAX_S = 60.0


class LogBehind(Exception):
    """A log ends before the position from which it was to be followed: it was restored from an older backup, or the
    position is that of another log. Nothing is to be skipped or taken twice before a person has looked."""


def new_id() -> str:
    """A UUIDv7: for commands, and for what the client names itself, e.g. a case."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return str(uuid.UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62))


def frame(
    at: datetime | None = None,
    mode: common_pb2.Mode = common_pb2.MODE_HANDLING,
    seen: dict[str, int] | None = None,
    **more: Any,
) -> common_pb2.CommandMeta:
    """The frame of a new command, with an id of its own: store the request before it is sent.

    `at` is when the act happened, now if absent; `seen` the log indexes of other services that it must know of.
    """
    meta = common_pb2.CommandMeta(command_id=new_id(), mode=mode, **more)
    meta.at.FromDatetime(at or datetime.now(timezone.utc))
    meta.seen.extend(common_pb2.Seen(source=source, log_index=index) for source, index in (seen or {}).items())
    return meta


class Client:
    """A connection to a suite. Stubs of the generated code are made over its `channel`; it may be used by many threads.

    `token` is a token, or what is asked for one at first and whenever the server does not take the last one any more.
    `tls` is a folder with `ca.pem` and, for mutual TLS, `cert.pem` and `key.pem`; without it the connection is plain.
    A call is tried at most `attempts` times, in `timeout` seconds with all its tries unless it names its own.
    """

    def __init__(
        self,
        address: str,
        token: str | Callable[[], str] | None = None,
        tls: str | Path | None = None,
        attempts: int = 8,
        timeout: float = 60.0,
    ):
        options = [
            ("grpc.keepalive_time_ms", 30_000),
            ("grpc.keepalive_timeout_ms", 10_000),
            ("grpc.max_receive_message_length", RECEIVED_BYTES_MAX),
        ]
        if tls is None:
            self._connection = grpc.insecure_channel(address, options)
        else:
            self._connection = grpc.secure_channel(address, _credentials(Path(tls)), options)
        self._attempts = attempts
        self.channel = grpc.intercept_channel(self._connection, _Calls(_Token(token), attempts, timeout))
        self._events = events_pb2_grpc.EventLogStub(self.channel)

    def close(self) -> None:
        """Ends the connection, and with it all calls."""
        self._connection.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(
        self,
        service: str,
        from_: int = 0,
        to: int = 0,
        filter: events_pb2.EventFilter | None = None,
        with_inclusion: bool = False,
    ) -> Iterator[events_pb2.ReadEventsResponse]:
        """The events of a service from one log index to before another, 0: to the present end, page by page."""
        position, tries = from_, _Tries(self._attempts)
        while True:
            request = events_pb2.ReadEventsRequest(
                service=service, to=to, filter=filter, with_inclusion=with_inclusion, **{"from": position}
            )
            try:
                for page in self._events.ReadEvents(request, timeout=ENDLESS):
                    position, tries = page.next, _Tries(self._attempts)
                    yield page
                return
            except Error as error:
                tries.wait(error)

    def follow(
        self, service: str, from_: int = 0, filter: events_pb2.EventFilter | None = None
    ) -> Iterator[events_pb2.FollowEventsResponse]:
        """The events of a service from a log index on, those to come included, page by page; goes on after a break.

        Keep `page.next` in the same transaction as what was made of the page: from there one goes on after a restart.
        """
        position, tries = from_, _Tries(self._attempts)
        while True:
            request = events_pb2.FollowEventsRequest(service=service, filter=filter, **{"from": position})
            try:
                for page in self._events.FollowEvents(request, timeout=ENDLESS):
                    if page.size < position:
                        raise LogBehind(f"{service} holds {page.size} events, and {position} had been read")
                    position, tries = page.next, _Tries(self._attempts)
                    yield page
                tries.wait()
            except Error as error:
                tries.wait(error)


class _Tries:
    """How often one thing was tried, until when, and how long to wait before it is tried again."""

    def __init__(self, attempts: int, timeout: float = ENDLESS):
        self._left = attempts
        self._end = time.monotonic() + timeout
        self._wait = WAIT_FIRST_S

    def seconds_left(self) -> float | None:
        """None: for ever."""
        return None if self._end == ENDLESS else max(self._end - time.monotonic(), 0.0)

    def wait(self, error: Error | None = None) -> None:
        """Waits before the next try; raises the error when it does not pass, or there is no next try."""
        self._left -= 1
        asked = (error.retry_after if error else None) or 0.0
        wait = max(asked, self._wait * random.uniform(0.5, 1.0))
        late = asked > RETRY_AFTER_MAX_S or time.monotonic() + wait >= self._end
        if error and (not error.passing or self._left <= 0 or late):
            raise error
        time.sleep(wait)
        self._wait = min(self._wait * 2, WAIT_MAX_S)


class _Token:
    """The last token that was given out, and how to get another."""

    def __init__(self, source: str | Callable[[], str] | None):
        self._source = source
        self._last: str | None = None
        self._lock = threading.Lock()

    def get(self) -> str | None:
        with self._lock:
            if self._last is None:
                self._last = self._source() if callable(self._source) else self._source
            return self._last

    def expired(self, used: str | None) -> bool:
        """Whether another one can be had in place of the one that was used."""
        with self._lock:
            if self._last == used:
                self._last = None
            return callable(self._source)


class _Details(NamedTuple):
    """In the shape of `grpc.ClientCallDetails`."""

    method: str
    timeout: float | None
    metadata: list[tuple[str, str]]
    credentials: Any
    wait_for_ready: bool | None
    compression: Any


class _Calls(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
    grpc.StreamUnaryClientInterceptor,
    grpc.StreamStreamClientInterceptor,
):
    """Every call: adds the token, tries again what passes, raises what the server says."""

    def __init__(self, token: _Token, attempts: int, timeout: float):
        self._token = token
        self._attempts = attempts
        self._timeout = timeout

    def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        tries, renewed = self._tries(details), False
        while True:
            token = self._token.get()
            call = continuation(_details(details, tries, token), request)
            if call.code() is grpc.StatusCode.OK:
                return call
            error = error_of(call)
            if error.code is grpc.StatusCode.UNAUTHENTICATED and self._token.expired(token) and not renewed:
                renewed = True
            else:
                tries.wait(error)

    def intercept_unary_stream(self, continuation: Any, details: Any, request: Any) -> Iterator[Any]:
        tries, renewed, begun = self._tries(details), False, False
        while True:
            token = self._token.get()
            call = continuation(_details(details, tries, token), request)
            try:
                for page in call:
                    begun = True
                    yield page
                return
            except grpc.RpcError:
                error = error_of(call)
            finally:
                # Also when whoever iterates has had enough.
                call.cancel()
            expired = error.code is grpc.StatusCode.UNAUTHENTICATED and self._token.expired(token)
            if not expired or renewed or begun:
                raise error
            renewed = True

    def intercept_stream_unary(self, continuation: Any, details: Any, requests: Any) -> Any:
        token = self._token.get()
        call = continuation(_details(details, self._tries(details), token), requests)
        if call.code() is grpc.StatusCode.OK:
            return call
        error = error_of(call)
        if error.code is grpc.StatusCode.UNAUTHENTICATED:
            self._token.expired(token)
        raise error

    def intercept_stream_stream(self, continuation: Any, details: Any, requests: Any) -> Iterator[Any]:
        token = self._token.get()
        call = continuation(_details(details, self._tries(details), token), requests)
        try:
            yield from call
            return
        except grpc.RpcError:
            error = error_of(call)
        finally:
            call.cancel()
        if error.code is grpc.StatusCode.UNAUTHENTICATED:
            self._token.expired(token)
        raise error

    def _tries(self, details: Any) -> _Tries:
        return _Tries(self._attempts, self._timeout if details.timeout is None else details.timeout)


def _details(asked: Any, tries: _Tries, token: str | None) -> _Details:
    """What a call asks for, with the token and the time that is left."""
    metadata = list(asked.metadata or ())
    if token is not None:
        metadata.append(("authorization", f"Bearer {token}"))
    seconds = tries.seconds_left()
    return _Details(asked.method, seconds, metadata, asked.credentials, asked.wait_for_ready, asked.compression)


def _credentials(folder: Path) -> grpc.ChannelCredentials:
    key, cert = (file.read_bytes() if file.exists() else None for file in (folder / "key.pem", folder / "cert.pem"))
    return grpc.ssl_channel_credentials((folder / "ca.pem").read_bytes(), key, cert)
