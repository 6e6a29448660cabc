"""What the hand-written layer does, against a server that answers by a script."""

import time
import unittest
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from fazhi.client import Client, Error, InvalidArgument, LogBehind, Refusal, frame, new_id
from fazhi.common.v1 import common_pb2
from fazhi.enforcement.v1 import enforcement_pb2, enforcement_pb2_grpc
from fazhi.events.v1 import events_pb2, events_pb2_grpc
from google.protobuf import any_pb2, duration_pb2
from google.rpc import error_details_pb2, status_pb2

RECORDED = common_pb2.Recorded(id="recorded")


class Failure(Exception):
    """An answer of the server that is an error."""

    def __init__(self, code: grpc.StatusCode, *details: Any):
        super().__init__(code)
        self.code, self.details = code, details

    def end(self, context: grpc.ServicerContext) -> None:
        packed = []
        for detail in self.details:
            packed.append(any_pb2.Any())
            packed[-1].Pack(detail)
        status = status_pb2.Status(code=self.code.value[0], message="no", details=packed)
        context.set_trailing_metadata([("grpc-status-details-bin", status.SerializeToString())])
        context.abort(self.code, "no")


def later(seconds: float) -> error_details_pb2.RetryInfo:
    return error_details_pb2.RetryInfo(
        retry_delay=duration_pb2.Duration(seconds=int(seconds), nanos=int(seconds % 1 * 1e9))
    )


class Suite(enforcement_pb2_grpc.EnforcementServicer, events_pb2_grpc.EventLogServicer):
    """Answers every call with the next line of its script, and keeps what it was asked."""

    def __init__(self, script: Iterable[Any]):
        self.script, self.asked, self.tokens = iter(script), [], []

    def _answer(self, request: Any, context: grpc.ServicerContext) -> Any:
        self.asked.append(request)
        self.tokens.append(dict(context.invocation_metadata()).get("authorization"))
        answer = next(self.script)
        if isinstance(answer, Failure):
            answer.end(context)
        return answer

    def FileCase(self, request: Any, context: Any) -> Any:
        return self._answer(request, context)

    def FollowEvents(self, request: Any, context: Any) -> Any:
        for page in self._answer(request, context):
            if isinstance(page, Failure):
                page.end(context)
            yield page

    ReadEvents = FollowEvents


class Talks(unittest.TestCase):
    def talk(self, *script: Any, **options: Any) -> tuple[Suite, Client]:
        suite = Suite(script)
        server = grpc.server(ThreadPoolExecutor(4))
        enforcement_pb2_grpc.add_EnforcementServicer_to_server(suite, server)
        events_pb2_grpc.add_EventLogServicer_to_server(suite, server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        self.addCleanup(server.stop, None)
        client = Client(f"127.0.0.1:{port}", **options)
        self.addCleanup(client.close)
        return suite, client

    def file(self, client: Client, **options: Any) -> common_pb2.Recorded:
        request = enforcement_pb2.FileCaseRequest(meta=frame(), case_id=new_id())
        return enforcement_pb2_grpc.EnforcementStub(client.channel).FileCase(request, **options)

    def test_what_passes_is_tried_again_with_the_same_command(self) -> None:
        suite, client = self.talk(
            Failure(grpc.StatusCode.UNAVAILABLE),
            Failure(grpc.StatusCode.ABORTED, later(0.9)),
            Failure(grpc.StatusCode.RESOURCE_EXHAUSTED, later(0.1)),
            RECORDED,
        )
        began = time.monotonic()
        self.assertEqual(self.file(client), RECORDED)
        self.assertGreater(time.monotonic() - began, 0.9, "the server was asked before it wanted to be")
        self.assertEqual(len(suite.asked), 4)
        self.assertTrue(all(request == suite.asked[0] for request in suite.asked), "another command was sent")

    def test_what_does_not_pass_is_raised_at_once(self) -> None:
        for failure in (
            Failure(grpc.StatusCode.RESOURCE_EXHAUSTED),
            Failure(grpc.StatusCode.PERMISSION_DENIED),
            Failure(grpc.StatusCode.ALREADY_EXISTS),
            Failure(grpc.StatusCode.INTERNAL),
            Failure(grpc.StatusCode.UNAVAILABLE, later(61)),
        ):
            suite, client = self.talk(failure, RECORDED)
            with self.assertRaises(Error) as raised:
                self.file(client)
            self.assertIs(raised.exception.code, failure.code)
            self.assertEqual(len(suite.asked), 1, failure.code)

    def test_tries_are_bounded_in_number_and_time(self) -> None:
        suite, client = self.talk(*[Failure(grpc.StatusCode.UNAVAILABLE)] * 3, RECORDED, attempts=3)
        self.assertRaises(Error, self.file, client)
        self.assertEqual(len(suite.asked), 3)
        suite, client = self.talk(Failure(grpc.StatusCode.UNAVAILABLE, later(0.9)), RECORDED)
        self.assertRaises(Error, self.file, client, timeout=0.5)
        self.assertEqual(len(suite.asked), 1)

    def test_a_refusal_tells_its_rules_in_both_languages(self) -> None:
        citation = "《行政处罚法》第四十二条第一款"
        _, client = self.talk(
            Failure(
                grpc.StatusCode.FAILED_PRECONDITION,
                error_details_pb2.ErrorInfo(reason="OF-TWO", metadata={"citation": citation}),
                error_details_pb2.PreconditionFailure(
                    violations=[{"type": "OF-TWO", "subject": citation, "description": "只有1名 / only 1"}]
                ),
                error_details_pb2.LocalizedMessage(locale="zh-CN", message="只有1名执法人员"),
                error_details_pb2.LocalizedMessage(locale="en", message="only 1 officer acts"),
            )
        )
        with self.assertRaises(Refusal) as raised:
            self.file(client)
        refusal = raised.exception
        self.assertEqual((refusal.rule, refusal.citation), ("OF-TWO", citation))
        self.assertEqual((refusal.zh, refusal.en), ("只有1名执法人员", "only 1 officer acts"))
        self.assertEqual([(v.rule, v.citation) for v in refusal.violations], [("OF-TWO", citation)])

    def test_wrong_fields_are_named(self) -> None:
        wrong = error_details_pb2.BadRequest(field_violations=[{"field": "case_id", "description": "not a UUID"}])
        _, client = self.talk(Failure(grpc.StatusCode.INVALID_ARGUMENT, wrong))
        with self.assertRaises(InvalidArgument) as raised:
            self.file(client)
        self.assertEqual(raised.exception.fields, (("case_id", "not a UUID"),))

    def test_a_token_that_ran_out_is_asked_for_again(self) -> None:
        tokens = iter(["old", "new"])
        refused = Failure(grpc.StatusCode.UNAUTHENTICATED)
        suite, client = self.talk(refused, RECORDED, RECORDED, token=lambda: next(tokens))
        self.file(client)
        self.file(client)
        self.assertEqual(suite.tokens, ["Bearer old", "Bearer new", "Bearer new"])
        suite, client = self.talk(refused, refused, token=lambda: "bad")
        self.assertRaises(Error, self.file, client)
        self.assertEqual(len(suite.asked), 2)
        suite, client = self.talk(refused, token="bad")
        self.assertRaises(Error, self.file, client)
        self.assertEqual(len(suite.asked), 1)

    def test_events_go_on_where_they_broke_off(self) -> None:
        tokens = iter(["old", "new"])
        suite, client = self.talk(
            Failure(grpc.StatusCode.UNAUTHENTICATED),
            [page(0, 2, 5), Failure(grpc.StatusCode.UNAVAILABLE)],
            [page(2, 3, 5)],
            [page(3, 5, 5)],
            token=lambda: next(tokens),
        )
        nexts = []
        for got in client.follow("enforcement", 0, events_pb2.EventFilter(agency="1")):
            nexts.append(got.next)
            if got.next == got.size:
                break
        self.assertEqual(nexts, [2, 3, 5])
        self.assertEqual([getattr(request, "from") for request in suite.asked], [0, 0, 2, 3])
        self.assertEqual({request.filter.agency for request in suite.asked}, {"1"})

    def test_a_range_is_read_to_its_end_over_a_break(self) -> None:
        broken = [read_page(3, 5), Failure(grpc.StatusCode.UNAVAILABLE)]
        suite, client = self.talk(broken, [read_page(5, 6), read_page(6, 8)])
        places = [event.log_index for got in client.read("enforcement", 3, 8) for event in got.events]
        self.assertEqual(places, [3, 4, 5, 6, 7])
        self.assertEqual([(getattr(request, "from"), request.to) for request in suite.asked], [(3, 8), (5, 8)])

    def test_a_log_that_ends_before_the_position_is_not_followed(self) -> None:
        _, client = self.talk([page(7, 7, 3)])
        self.assertRaises(LogBehind, next, client.follow("enforcement", 7))

    def test_ids_are_uuids_of_version_7_in_order_of_time(self) -> None:
        first, _, second = new_id(), time.sleep(0.002), new_id()
        self.assertLess(first, second)
        self.assertRegex(first, "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


def recorded(first: int, to: int) -> list[events_pb2.RecordedEvent]:
    return [events_pb2.RecordedEvent(log_index=index, record="{}") for index in range(first, to)]


def page(first: int, to: int, size: int) -> events_pb2.FollowEventsResponse:
    return events_pb2.FollowEventsResponse(events=recorded(first, to), next=to, size=size)


def read_page(first: int, to: int) -> events_pb2.ReadEventsResponse:
    return events_pb2.ReadEventsResponse(events=recorded(first, to), next=to)


if __name__ == "__main__":
    unittest.main()
