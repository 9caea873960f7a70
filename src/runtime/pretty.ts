import pretty from 'pino-pretty';

/** Human-readable log lines on stderr. */
export const pinoPretty = (): ReturnType<typeof pretty> =>
  pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss.l' });
