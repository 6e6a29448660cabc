/** What the hand-written layer does, against a server that answers by a script. */
import assert from "node:assert/strict";
import { createServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { FazhiClient, FazhiError, frame, InvalidArgument, LogBehind, newId, type Options, Refusal } from "@fazhi/client";
import { Enforcement, type FileCaseRequest } from "@fazhi/client/enforcement/v1/enforcement";
import { EventLog, type FollowEventsRequest, type ReadEventsRequest } from "@fazhi/client/events/v1/events";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
  PreconditionFailureSchema,
  RetryInfoSchema,
} from "@fazhi/client/errors";

const RECORDED = { id: "recorded" };
/** In a script: the connection breaks under the call. */
const BROKEN = Symbol();

type Detail = NonNullable<ConstructorParameters<typeof ConnectError>[3]>[number];

const failure = (code: Code, ...details: Detail[]) =>
  new ConnectError("no", code, undefined, details);
const later = (seconds: number): Detail => ({
  desc: RetryInfoSchema,
  value: { retryDelay: { seconds: BigInt(Math.floor(seconds)), nanos: Math.round((seconds % 1) * 1e9) } },
});
const page = (first: number, to: number, size: number) => ({
  events: Array.from({ length: to - first }, (_, at) => ({ logIndex: BigInt(first + at), record: "{}" })),
  next: BigInt(to),
  size: BigInt(size),
});

type Asked = FileCaseRequest | FollowEventsRequest | ReadEventsRequest;

/** A client of a server that answers every call with the next line of its script, and keeps what it was asked. */
async function talk(t: TestContext, script: unknown[], options: Options = {}) {
  const asked: Asked[] = [];
  const tokens: (string | null)[] = [];
  const answer = (request: Asked, context: HandlerContext): unknown => {
    asked.push(request);
    tokens.push(context.requestHeader.get("authorization"));
    const line = script.shift();
    if (line === BROKEN) for (const session of sessions) session.destroy();
    if (line instanceof Error) throw line;
    return line;
  };
  const server = createServer(
    connectNodeAdapter({
      routes: (router) => {
        router.rpc(Enforcement.method.fileCase, (request, context) => answer(request, context) as typeof RECORDED);
        async function* pages(request: FollowEventsRequest | ReadEventsRequest, context: HandlerContext) {
          for (const line of answer(request, context) as (Error | ReturnType<typeof page>)[]) {
            if (line instanceof Error) throw line;
            yield line;
          }
        }
        router.rpc(EventLog.method.followEvents, pages);
        router.rpc(EventLog.method.readEvents, pages);
      },
    }),
  );
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => sessions.add(session));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const client = new FazhiClient(`127.0.0.1:${(server.address() as AddressInfo).port}`, options);
  t.after(() => {
    client.close();
    server.close();
  });
  const file = (more = {}) => client.service(Enforcement).fileCase({ meta: frame(), caseId: newId() }, more);
  return { asked, tokens, client, file };
}

test("what passes is tried again with the same command", async (t) => {
  const { asked, file } = await talk(t, [
    failure(Code.Unavailable),
    failure(Code.Aborted, later(0.9)),
    failure(Code.ResourceExhausted, later(0.1)),
    RECORDED,
  ]);
  const began = Date.now();
  assert.equal((await file()).id, "recorded");
  assert.ok(Date.now() - began >= 900, "the server was asked before it wanted to be");
  assert.equal(asked.length, 4);
  for (const request of asked) assert.deepEqual(request, asked[0]);
});

test("a connection that breaks under a call is made again", async (t) => {
  const { asked, file } = await talk(t, [BROKEN, RECORDED]);
  assert.equal((await file()).id, "recorded");
  assert.equal(asked.length, 2);
});

test("what does not pass is thrown at once", async (t) => {
  for (const no of [
    failure(Code.ResourceExhausted),
    failure(Code.PermissionDenied),
    failure(Code.AlreadyExists),
    failure(Code.Internal),
    failure(Code.Unavailable, later(61)),
  ]) {
    const { asked, file } = await talk(t, [no, RECORDED]);
    await assert.rejects(file(), (error) => error instanceof FazhiError && error.code === no.code);
    assert.equal(asked.length, 1);
  }
});

test("tries are bounded in number and time", async (t) => {
  const some = await talk(t, [...Array(3).fill(failure(Code.Unavailable)), RECORDED], { attempts: 3 });
  await assert.rejects(some.file(), FazhiError);
  assert.equal(some.asked.length, 3);
  const late = await talk(t, [failure(Code.Unavailable, later(0.9)), RECORDED]);
  await assert.rejects(late.file({ timeoutMs: 500 }), FazhiError);
  assert.equal(late.asked.length, 1);
});

test("a refusal tells its rules in both languages", async (t) => {
  const citation = "《行政处罚法》第四十二条第一款";
  const broken = { type: "OF-TWO", subject: citation, description: "只有1名 / only 1" };
  const { file } = await talk(t, [
    failure(
      Code.FailedPrecondition,
      { desc: ErrorInfoSchema, value: { reason: "OF-TWO", metadata: { citation } } },
      { desc: PreconditionFailureSchema, value: { violations: [broken] } },
      { desc: LocalizedMessageSchema, value: { locale: "zh-CN", message: "只有1名执法人员" } },
      { desc: LocalizedMessageSchema, value: { locale: "en", message: "only 1 officer acts" } },
    ),
  ]);
  const refusal = await file().catch((error: unknown) => error);
  assert.ok(refusal instanceof Refusal && !(refusal instanceof InvalidArgument));
  assert.deepEqual([refusal.rule, refusal.citation], ["OF-TWO", citation]);
  assert.deepEqual([refusal.zh, refusal.en], ["只有1名执法人员", "only 1 officer acts"]);
  assert.deepEqual(refusal.violations, [{ rule: "OF-TWO", citation, description: "只有1名 / only 1" }]);
});

test("wrong fields are named", async (t) => {
  const fields = [{ field: "case_id", description: "not a UUID" }];
  const { file } = await talk(t, [
    failure(Code.InvalidArgument, { desc: BadRequestSchema, value: { fieldViolations: fields } }),
  ]);
  const wrong = await file().catch((error: unknown) => error);
  assert.ok(wrong instanceof InvalidArgument);
  assert.deepEqual(wrong.fields, fields);
});

test("a token that ran out is asked for again", async (t) => {
  const given = ["old", "new"];
  const no = failure(Code.Unauthenticated);
  const renewed = await talk(t, [no, RECORDED, RECORDED], { token: async () => given.shift() ?? "none" });
  await renewed.file();
  await renewed.file();
  assert.deepEqual(renewed.tokens, ["Bearer old", "Bearer new", "Bearer new"]);
  const bad = await talk(t, [no, no], { token: () => "bad" });
  await assert.rejects(bad.file(), FazhiError);
  assert.equal(bad.asked.length, 2);
  const fixed = await talk(t, [no], { token: "bad" });
  await assert.rejects(fixed.file(), FazhiError);
  assert.equal(fixed.asked.length, 1);
});

test("events go on where they broke off", async (t) => {
  const given = ["old", "new"];
  const { asked, client } = await talk(
    t,
    [
      failure(Code.Unauthenticated),
      [page(0, 2, 5), failure(Code.Unavailable)],
      [page(2, 3, 5)],
      [page(3, 5, 5)],
    ],
    { token: () => given.shift() ?? "none" },
  );
  const nexts: bigint[] = [];
  for await (const got of client.follow("enforcement", { filter: { agency: "1" } })) {
    nexts.push(got.next);
    if (got.next === got.size) break;
  }
  assert.deepEqual(nexts, [2n, 3n, 5n]);
  const requests = asked as FollowEventsRequest[];
  assert.deepEqual(requests.map((request) => request.from), [0n, 0n, 2n, 3n]);
  for (const request of requests) assert.equal(request.filter?.agency, "1");
});

test("a range is read to its end over a break", async (t) => {
  const broken = [page(3, 5, 8), failure(Code.Unavailable)];
  const { asked, client } = await talk(t, [broken, [page(5, 6, 8), page(6, 8, 8)]]);
  const places: bigint[] = [];
  for await (const got of client.read("enforcement", { from: 3n, to: 8n })) {
    places.push(...got.events.map((event) => event.logIndex));
  }
  assert.deepEqual(places, [3n, 4n, 5n, 6n, 7n]);
  const ranges = (asked as ReadEventsRequest[]).map(({ from, to }) => [from, to]);
  assert.deepEqual(ranges, [[3n, 8n], [5n, 8n]]);
});

test("a log that ends before the position is not followed", async (t) => {
  const { client } = await talk(t, [[page(7, 7, 3)]]);
  await assert.rejects(client.follow("enforcement", { from: 7n }).next(), LogBehind);
});

test("ids are UUIDs of version 7, in order of time", async () => {
  const first = newId();
  await new Promise((done) => setTimeout(done, 2));
  assert.ok(first < newId());
  assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
