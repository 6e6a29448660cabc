/**
 * A thin layer over the generated code: connection, tokens, retries, refusals, events.
 *
 *     const client = new FazhiClient("127.0.0.1:50051", { token: readToken });
 *     await client.service(Enforcement).fileCase({ meta: frame(), caseId: newId(), … });
 *
 * What the server answers beside a result is thrown as a `FazhiError`; `Refusal` and `InvalidArgument` tell more.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { create, type DescService, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Client, Code, createClient, type Transport } from "@connectrpc/connect";
import { createAsyncIterable } from "@connectrpc/connect/protocol";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { errorOf, type FazhiError } from "./errors.js";
import { type CommandMeta, CommandMetaSchema, Mode } from "./gen/fazhi/common/v1/common_pb.js";
import {
  EventLog,
  type EventFilterSchema,
  type FollowEventsResponse,
  type ReadEventsResponse,
} from "./gen/fazhi/events/v1/events_pb.js";

export { FazhiError, InvalidArgument, Refusal, type Violation } from "./errors.js";

const WAIT_FIRST_MS = 250;
const WAIT_MAX_MS = 5_000;
const RECEIVED_BYTES_MAX = 32 * 1024 * 1024;
/** Beyond this the server is not waited for: the error is thrown, with `retryAfterMs` in it. */
const RETRY_AFTER_MAX_MS = 60_000;

/**
 * A log ends before the position from which it was to be followed: it was restored from an older backup, or the
 * position is that of another log. Nothing is to be skipped or taken twice before a person has looked.
 */
export class LogBehind extends Error {}

/** A UUIDv7: for commands, and for what the client names itself, e.g. a case. */
export function newId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * The frame of a new command, with an id of its own: store the request before it is sent. `at` is when the act happened,
 * now if absent; `seen` the log indexes of other services that it must know of.
 */
export function frame({ at = new Date(), mode = Mode.HANDLING, seen = {} }: Act = {}): CommandMeta {
  return create(CommandMetaSchema, {
    commandId: newId(),
    at: timestampFromDate(at),
    mode,
    seen: Object.entries(seen).map(([source, logIndex]) => ({ source, logIndex })),
  });
}

/** What the frame of a command says beside its id. */
export interface Act {
  at?: Date;
  mode?: Mode;
  seen?: Record<string, bigint>;
}

/** How a suite is reached. */
export interface Options {
  /** A token, or what is asked for one at first and whenever the server does not take the last one any more. */
  token?: string | (() => string | Promise<string>) | undefined;
  /** Folder with `ca.pem` and, for mutual TLS, `cert.pem` and `key.pem`; without it the connection is plain. */
  tls?: string | undefined;
  /** How often a call is tried in all. */
  attempts?: number;
  /** How long a call may take with all its tries, unless it names its own time. */
  timeoutMs?: number;
}

/** A connection to a suite. */
export class FazhiClient {
  readonly transport: Transport;
  readonly #session: Http2SessionManager;
  readonly #attempts: number;

  constructor(address: string, { token, tls, attempts = 8, timeoutMs = 60_000 }: Options = {}) {
    const baseUrl = `${tls === undefined ? "http" : "https"}://${address}`;
    this.#attempts = attempts;
    this.#session = new Http2SessionManager(baseUrl, { pingIntervalMs: 30_000, pingTimeoutMs: 10_000 }, certificates(tls));
    const plain = createGrpcTransport({ baseUrl, sessionManager: this.#session, readMaxBytes: RECEIVED_BYTES_MAX });
    this.transport = everyCall(plain, new Token(token), attempts, timeoutMs);
  }

  /** The calls of one service of the generated code. */
  service<S extends DescService>(service: S): Client<S> {
    return createClient(service, this.transport);
  }

  /** Ends the connection, and with it all calls. */
  close(): void {
    this.#session.abort();
  }

  /** The events of a service from one log index to before another, 0: to the present end, page by page. */
  async *read(
    service: string,
    { from = 0n, to = 0n, filter, withInclusion = false }: Range & { to?: bigint; withInclusion?: boolean } = {},
  ): AsyncGenerator<ReadEventsResponse> {
    const log = this.service(EventLog);
    for (let position = from, tries = new Tries(this.#attempts); ; ) {
      try {
        const request = { service, from: position, to, ...(filter && { filter }), withInclusion };
        for await (const page of log.readEvents(request, { timeoutMs: 0 })) {
          position = page.next;
          tries = new Tries(this.#attempts);
          yield page;
        }
        return;
      } catch (reason) {
        await tries.wait(errorOf(reason));
      }
    }
  }

  /**
   * The events of a service from a log index on, those to come included, page by page; goes on after a break. Keep
   * `page.next` in the same transaction as what was made of the page: from there one goes on after a restart.
   */
  async *follow(service: string, { from = 0n, filter }: Range = {}): AsyncGenerator<FollowEventsResponse> {
    const log = this.service(EventLog);
    for (let position = from, tries = new Tries(this.#attempts); ; ) {
      try {
        const request = { service, from: position, ...(filter && { filter }) };
        for await (const page of log.followEvents(request, { timeoutMs: 0 })) {
          if (page.size < position) {
            throw new LogBehind(`${service} holds ${page.size} events, and ${position} had been read`);
          }
          position = page.next;
          tries = new Tries(this.#attempts);
          yield page;
        }
        await tries.wait();
      } catch (reason) {
        if (reason instanceof LogBehind) throw reason;
        await tries.wait(errorOf(reason));
      }
    }
  }
}

/** Which events. */
export interface Range {
  /** First log index. */
  from?: bigint;
  /** Which of them. */
  filter?: MessageInitShape<typeof EventFilterSchema>;
}

/** Every call: adds the token, tries again what passes, throws what the server says. */
function everyCall(inner: Transport, token: Token, attempts: number, defaultMs: number): Transport {
  return {
    async unary(method, signal, timeoutMs = defaultMs, header, input, values) {
      const tries = new Tries(attempts, timeoutMs);
      for (let renewed = false; ; ) {
        const used = await token.get();
        try {
          return await inner.unary(method, signal, tries.msLeft(), bearing(used, header), input, values);
        } catch (reason) {
          const error = errorOf(reason, signal);
          if (error.code === Code.Unauthenticated && token.expired(used) && !renewed) renewed = true;
          else await tries.wait(error, signal);
        }
      }
    },
    async stream(method, signal, timeoutMs = defaultMs, header, input, values) {
      // A stream of one request can be asked for again; one of many is gone once it was sent.
      const once = method.methodKind === "server_streaming" ? await Array.fromAsync(input) : undefined;
      for (let renewed = false; ; ) {
        const used = await token.get();
        const messages = once ? createAsyncIterable(once) : input;
        try {
          const answer = await inner.stream(method, signal, timeoutMs, bearing(used, header), messages, values);
          const iterator = answer.message[Symbol.asyncIterator]();
          const first = await iterator.next();
          return { ...answer, message: told(first, iterator, signal) };
        } catch (reason) {
          const error = errorOf(reason, signal);
          const expired = error.code === Code.Unauthenticated && token.expired(used);
          if (!expired || renewed || once === undefined) throw error;
          renewed = true;
        }
      }
    },
  };
}

function bearing(token: string | undefined, header: ConstructorParameters<typeof Headers>[0]): Headers {
  const headers = new Headers(header);
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  return headers;
}

/** The rest of a stream, of which the first message is known. */
async function* told<T>(first: IteratorResult<T>, iterator: AsyncIterator<T>, signal?: AbortSignal): AsyncGenerator<T> {
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  } catch (reason) {
    throw errorOf(reason, signal);
  } finally {
    // Also when whoever iterates has had enough.
    await iterator.return?.();
  }
}

/** How often one thing was tried, until when, and how long to wait before it is tried again. */
class Tries {
  #left: number;
  #waitMs = WAIT_FIRST_MS;
  readonly #end: number;

  /** `timeoutMs` 0: no end. */
  constructor(attempts: number, timeoutMs = 0) {
    this.#left = attempts;
    this.#end = timeoutMs > 0 ? performance.now() + timeoutMs : Infinity;
  }

  /** 0: for ever. */
  msLeft(): number {
    return this.#end === Infinity ? 0 : Math.max(Math.ceil(this.#end - performance.now()), 1);
  }

  /** Waits before the next try; throws the error when it does not pass, or there is no next try. */
  async wait(error?: FazhiError, signal?: AbortSignal): Promise<void> {
    this.#left -= 1;
    const asked = error?.retryAfterMs ?? 0;
    const waitMs = Math.max(asked, this.#waitMs * (0.5 + Math.random() / 2));
    const late = asked > RETRY_AFTER_MAX_MS || performance.now() + waitMs >= this.#end;
    if (error && (!error.passing || this.#left <= 0 || late)) throw error;
    await sleep(waitMs, undefined, signal && { signal }).catch(() => {
      throw error;
    });
    this.#waitMs = Math.min(this.#waitMs * 2, WAIT_MAX_MS);
  }
}

/** The last token that was given out, and how to get another. */
class Token {
  readonly #source: Options["token"];
  #last: string | undefined;

  constructor(source: Options["token"]) {
    this.#source = source;
  }

  async get(): Promise<string | undefined> {
    this.#last ??= typeof this.#source === "function" ? await this.#source() : this.#source;
    return this.#last;
  }

  /** Whether another one can be had in place of the one that was used. */
  expired(used: string | undefined): boolean {
    if (this.#last === used) this.#last = undefined;
    return typeof this.#source === "function";
  }
}

function certificates(folder: string | undefined): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  if (folder === undefined) return {};
  const file = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined);
  const [cert, key] = [file("cert.pem"), file("key.pem")];
  return { ca: readFileSync(join(folder, "ca.pem")), ...(cert && { cert }), ...(key && { key }) };
}
