import json
import os
from datetime import date, timedelta
from pathlib import Path

from fazhi.client import Client, Refusal, frame, new_id
from fazhi.common.v1.common_pb2 import MODE_REPORTING
from fazhi.enforcement.v1 import enforcement_pb2 as enforcement
from fazhi.enforcement.v1.enforcement_pb2_grpc import EnforcementStub
from fazhi.events.v1.events_pb2 import EventFilter

folder = Path("try")
client = Client(
    os.environ.get("FAZHI_GRPC", "127.0.0.1:50051"),
    token=lambda: (folder / "officer.token").read_text().strip(),
    tls=os.environ.get("FAZHI_TLS"),
)
cases = EnforcementStub(client.channel)

yesterday = (date.today() - timedelta(days=1)).isoformat()
request = enforcement.FileCaseRequest(
    meta=frame(),
    case_id=new_id(),
    agency="11230883MB01310199",
    procedure=enforcement.PROCEDURE_ORDINARY,
    item_code="021310001000-230883-131",
    party=enforcement.Party(
        kind=enforcement.PARTY_KIND_LEGAL_PERSON,
        name="抚远市瑞雪餐饮管理有限公司（虚构）",
        uscc="91230883MAYGTAHY5L",
    ),
    violation=enforcement.Violation(
        fact="未取得食品经营许可从事餐饮服务",
        region="230883100",
        place="抚远市抚远镇通江路263号",
        **{"from": yesterday},
        until=yesterday,
        discovered=yesterday,
    ),
    source=enforcement.SOURCE_KIND_INSPECTION,
    approved_by="131901",
    officers=["131013", "131034"],
)
outbox = folder / "outbox"
outbox.write_bytes(request.SerializeToString())  # Before the call: whatever happens now, it can be sent again.
filed = cases.FileCase(request)
print("filed:", filed.number)

again = cases.FileCase(enforcement.FileCaseRequest.FromString(outbox.read_bytes()))
print("again:", again.number, "repeated" if again.receipt.repeated else "twice!")
outbox.unlink()

alone = enforcement.FileCaseRequest()
alone.CopyFrom(request)
alone.meta.CopyFrom(frame())
alone.case_id = new_id()
del alone.officers[1:]
try:
    cases.FileCase(alone)
except Refusal as refusal:
    print("refused:", refusal.rule, refusal.citation)
    print(refusal.zh)

alone.meta.CopyFrom(frame(mode=MODE_REPORTING))
reported = cases.FileCase(alone)
print("reported:", reported.number, *(broken.rule for broken in reported.receipt.violations))

position = folder / "position"
start = int(position.read_text()) if position.exists() else 0
for page in client.follow("enforcement", start, EventFilter(types=["enforcement.case.*"])):
    for event in page.events:
        record = json.loads(event.record)
        print("event:", event.log_index, record["type"], record["subject"])
    position.write_text(str(page.next))  # With a database: in the transaction that keeps what was made of the page.
    if page.next == page.size:
        break  # So that the example ends; a follower goes on.
client.close()
