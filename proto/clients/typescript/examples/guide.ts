import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { FazhiClient, frame, newId, Refusal } from "@fazhi/client";
import { Mode } from "@fazhi/client/common/v1/common";
import {
  Enforcement,
  FileCaseRequestSchema,
  PartyKind,
  Procedure,
  SourceKind,
} from "@fazhi/client/enforcement/v1/enforcement";

const client = new FazhiClient(process.env["FAZHI_GRPC"] ?? "127.0.0.1:50051", {
  token: () => readFileSync("try/officer.token", "utf8").trim(),
  tls: process.env["FAZHI_TLS"],
});
const cases = client.service(Enforcement);

const yesterday = new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(0, 10);
const request = create(FileCaseRequestSchema, {
  meta: frame(),
  caseId: newId(),
  agency: "11230883MB01310199",
  procedure: Procedure.ORDINARY,
  itemCode: "021310001000-230883-131",
  party: {
    kind: PartyKind.LEGAL_PERSON,
    name: "抚远市瑞雪餐饮管理有限公司（虚构）",
    uscc: "91230883MAYGTAHY5L",
  },
  violation: {
    fact: "未取得食品经营许可从事餐饮服务",
    region: "230883100",
    place: "抚远市抚远镇通江路263号",
    from: yesterday,
    until: yesterday,
    discovered: yesterday,
  },
  source: SourceKind.INSPECTION,
  approvedBy: "131901",
  officers: ["131013", "131034"],
});
// Before the call: whatever happens now, it can be sent again.
writeFileSync("try/outbox", toBinary(FileCaseRequestSchema, request));
const filed = await cases.fileCase(request);
console.log("filed:", filed.number);

const again = await cases.fileCase(fromBinary(FileCaseRequestSchema, readFileSync("try/outbox")));
console.log("again:", again.number, again.receipt?.repeated ? "repeated" : "twice!");
rmSync("try/outbox");

const alone = { ...request, meta: frame(), caseId: newId(), officers: ["131013"] };
try {
  await cases.fileCase(alone);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.log("refused:", error.rule, error.citation);
  console.log(error.zh);
}

const reported = await cases.fileCase({ ...alone, meta: frame({ mode: Mode.REPORTING }) });
console.log("reported:", reported.number, ...(reported.receipt?.violations ?? []).map((broken) => broken.rule));

const from = existsSync("try/position") ? BigInt(readFileSync("try/position", "utf8")) : 0n;
for await (const page of client.follow("enforcement", { from, filter: { types: ["enforcement.case.*"] } })) {
  for (const event of page.events) {
    const record = JSON.parse(event.record) as { type: string; subject: string };
    console.log(`event: ${event.logIndex} ${record.type} ${record.subject}`);
  }
  // With a database: in the transaction that keeps what was made of the page.
  writeFileSync("try/position", String(page.next));
  // So that the example ends; a follower goes on.
  if (page.next === page.size) break;
}
client.close();
