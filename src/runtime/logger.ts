import { pino, type Bindings, type ChildLoggerOptions, type DestinationStream, type Logger } from 'pino';
import { pinoPretty } from './pretty.js';
import type { RecentLines } from './recent-lines.js';
import { redact, redactDeep } from './redact.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: string;
  readonly pretty: boolean;
  /** Default: stderr, since stdout belongs to results. */
  readonly destination?: DestinationStream;
  /** Remembers the last lines, redacted as they are written. */
  readonly recent?: RecentLines;
}

/** The root logger; every message and every bound or logged value is redacted before it leaves the process. */
export const createLogger = (options: LoggerOptions): Logger => {
  const sink = options.destination ?? (options.pretty ? pinoPretty() : pino.destination(2));
  const root = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (object) => redactDeep(object) as Record<string, unknown>,
      },
      // Errors are already plain here.
      serializers: { err: (value: unknown) => value },
      hooks: {
        logMethod(args, method) {
          const safe = args.map((arg: unknown) => (typeof arg === 'string' ? redact(arg) : arg));
          method.apply(this, safe as Parameters<typeof method>);
        },
      },
    },
    options.recent?.into(sink) ?? sink,
  );
  // Children bypass the formatters, so their bindings are cleaned where they are made.
  const makeChild = root.child as unknown as (
    this: unknown,
    bindings: Bindings,
    options?: ChildLoggerOptions,
  ) => Logger;
  return Object.assign(root, {
    child(this: unknown, bindings: Bindings, childOptions?: ChildLoggerOptions): Logger {
      return makeChild.call(this, redactDeep(bindings) as Bindings, childOptions);
    },
  });
};
