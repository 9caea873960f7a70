import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src/runtime/logger.js';
import { RecentLines } from '../../../src/runtime/recent-lines.js';

describe('RecentLines', () => {
  it('keeps the last 500 lines as they were written, redacted, and passes every one on', () => {
    const recent = new RecentLines();
    const written: string[] = [];
    const destination = { write: (line: string) => void written.push(line) };
    const logger = createLogger({ level: 'info', pretty: false, destination, recent });
    for (let index = 0; index < 1234; index += 1) {
      logger.child({ stream: 'door' }).info({ index }, 'reading rtsp://viewer:geheim@cam/1');
    }
    expect(written).toHaveLength(1234);
    expect(recent.all()).toEqual(written.slice(-500).map((line) => line.trimEnd()));
    expect(JSON.parse(recent.all().at(-1) ?? '')).toMatchObject({ stream: 'door', index: 1233 });
    expect(recent.all().join()).not.toContain('geheim');
  });

  it('cuts a line that is too long', () => {
    const recent = new RecentLines();
    recent.into({ write: () => undefined }).write('x'.repeat(100_000));
    expect(recent.all()[0]).toHaveLength(4000);
  });
});
