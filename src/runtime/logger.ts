import { pino, type DestinationStream, type Logger } from 'pino';
import { pinoPretty } from './pretty.js';
import { redact, redactDeep } from './redact.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: string;
  readonly pretty: boolean;
  /** Default: stderr, since stdout belongs to results. */
  readonly destination?: DestinationStream;
}

/** The root logger; every message and every bound or logged value is redacted before it leaves the process. */
export const createLogger = (options: LoggerOptions): Logger => {
  const sink = options.destination ?? (options.pretty ? pinoPretty() : pino.destination(2));
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        bindings: (bindings) => redactDeep(bindings) as Record<string, unknown>,
        log: (object) => redactDeep(object) as Record<string, unknown>,
      },
      hooks: {
        logMethod(args, method) {
          const safe = args.map((arg: unknown) => (typeof arg === 'string' ? redact(arg) : arg));
          method.apply(this, safe as Parameters<typeof method>);
        },
      },
    },
    sink,
  );
};
