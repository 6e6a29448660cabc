/** What the server answers beside a result: its code, its details, and its words for people. */
import { Code, ConnectError } from "@connectrpc/connect";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
  PreconditionFailureSchema,
  RetryInfoSchema,
} from "./gen/google/rpc/error_details_pb.js";

/**
 * What passes by itself. RESOURCE_EXHAUSTED does so only where the server says when to come again: a request that is
 * too large stays too large.
 */
const PASSING = new Set([Code.Unavailable, Code.Aborted, Code.DeadlineExceeded]);

/** The server, or the way to it, said no. */
export class FazhiError extends ConnectError {
  /** Why, in Chinese, for the clerk; empty where the server gives no such text. */
  readonly zh: string;
  /** Why, in English. */
  readonly en: string;
  /** After how many milliseconds the server wants to be asked again; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(told: ConnectError) {
    super(told.rawMessage, told.code, told.metadata, undefined, told.cause);
    this.details = told.details;
    const texts = new Map(this.findDetails(LocalizedMessageSchema).map((text) => [text.locale, text.message]));
    this.zh = texts.get("zh-CN") ?? "";
    this.en = texts.get("en") ?? told.rawMessage;
    const delay = this.findDetails(RetryInfoSchema)[0]?.retryDelay;
    this.retryAfterMs = delay && Number(delay.seconds) * 1000 + delay.nanos / 1e6;
  }

  /** By class, as everywhere; `ConnectError` goes by names, which are all the same here. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  /** Whether the same call, with the same command id, may succeed later. */
  get passing(): boolean {
    return PASSING.has(this.code) || (this.code === Code.ResourceExhausted && this.retryAfterMs !== undefined);
  }
}

/** A rule that the act would break. */
export interface Violation {
  rule: string;
  citation: string;
  description: string;
}

/** The law or the state of the matter says no. The same act stays refused: never retry it. */
export class Refusal extends FazhiError {
  /** Id of the first rule broken, e.g. OF-TWO; where the state says no, its code, e.g. CASE_CLOSED. */
  readonly rule: string;
  /** The article, in Chinese; empty where the state says no. */
  readonly citation: string;
  /** Every rule broken; empty where the state says no. */
  readonly violations: Violation[];

  constructor(told: ConnectError) {
    super(told);
    const info = this.findDetails(ErrorInfoSchema)[0];
    this.rule = info?.reason ?? "";
    this.citation = info?.metadata["citation"] ?? "";
    this.violations = this.findDetails(PreconditionFailureSchema)
      .flatMap((failure) => failure.violations)
      .map((broken) => ({ rule: broken.type, citation: broken.subject, description: broken.description }));
  }
}

/** Fields are missing or wrong: all of them are named at once. */
export class InvalidArgument extends FazhiError {
  /** Path of the field in the request, and what is wrong with it. */
  readonly fields: { field: string; description: string }[];

  constructor(told: ConnectError) {
    super(told);
    this.fields = this.findDetails(BadRequestSchema)
      .flatMap((bad) => bad.fieldViolations)
      .map(({ field, description }) => ({ field, description }));
  }
}

/** What a call threw, as one of these; `signal` tells whether the caller ended it. */
export function errorOf(reason: unknown, signal?: AbortSignal): FazhiError {
  if (reason instanceof FazhiError) return reason;
  const told = ConnectError.from(reason);
  // A connection that broke under a call looks as if somebody had ended the call.
  if (told.code === Code.Canceled && !told.isWireError && signal?.aborted !== true) {
    return new FazhiError(new ConnectError(told.rawMessage, Code.Unavailable, told.metadata, undefined, told));
  }
  switch (told.code) {
    case Code.FailedPrecondition:
      return new Refusal(told);
    case Code.InvalidArgument:
      return new InvalidArgument(told);
    default:
      return new FazhiError(told);
  }
}
