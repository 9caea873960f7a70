import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { verifyChain } from '../../../src/audit/verify-chain.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { processMark } from '../../../src/runtime/process/process-mark.js';
import { auditIn, chainFiles, LOOK, onDisk } from '../../fixtures/audit-folders.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { seeded } from '../../fixtures/store-rows.js';
import { smallDisk } from '../../fixtures/small-disk.js';
import { waitUntil } from '../../fixtures/wait-until.js';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((path) => rmSync(path, { recursive: true, force: true })));
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'emoscope-audit-'));
  folders.push(path);
  return join(path, 'audit');
};

/** A chain of so many whole acts. */
const chainOf = async (acts: number, limits = { fileBytes: 1e6, files: 8 }): Promise<string> => {
  const path = folder();
  const log = auditIn(path, { limits });
  for (let n = 0; n < acts; n += 1)
    (await log.begin({ ...LOOK, target: `t${n}` })).end(n % 3 === 0 ? 'aborted' : 'finished', 'allowed');
  await log.close();
  return path;
};

describe('the chain of the audit log', () => {
  it('has a beginning on disk when it resolves, for its owner alone, and its end soon after', async () => {
    const path = folder();
    const lines: string[] = [];
    const logger = createLogger({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } });
    const log = auditIn(path, { logger });
    const act = await log.begin(LOOK);
    expect(onDisk(path)).toMatchObject([{ ...LOOK, seq: 1, phase: 'begun', of: null }]);
    act.end('aborted', 'allowed');
    act.end('finished', 'allowed');
    await waitUntil('the end on disk', () => onDisk(path).length === 2);
    expect(onDisk(path)[1]).toMatchObject({ ...LOOK, seq: 2, phase: 'aborted', of: 1 });
    expect(await log.list({ beforeSeq: null, limit: 9 })).toEqual(onDisk(path).toReversed());
    expect(lines.map((line) => JSON.parse(line) as { audit: { seq: number } }).map(({ audit }) => audit.seq)).toEqual([
      1, 2,
    ]);
    const [file = ''] = chainFiles(path);
    expect([statSync(path), statSync(file)].map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['700', '600']);
    expect(await verifyChain(path)).toEqual({ entries: 2, files: 1, breaks: [] });
    await log.close();
  });

  it('writes what begins at the same moment at once', async () => {
    const path = folder();
    const log = auditIn(path);
    await log.begin(LOOK);
    const handle = await open(join(path, 'probe'), 'w');
    const synced = vi.spyOn(Object.getPrototypeOf(handle) as { datasync: () => Promise<void> }, 'datasync');
    await handle.close();
    await Promise.all(Array.from({ length: 200 }, (_, n) => log.begin({ ...LOOK, target: `t${n}` })));
    expect(synced.mock.calls.length).toBeLessThanOrEqual(3);
    synced.mockRestore();
    expect(onDisk(path).map(({ seq }) => seq)).toEqual(Array.from({ length: 201 }, (_, n) => n + 1));
    expect((await verifyChain(path)).breaks).toEqual([]);
    await log.close();
  });

  it('holds whatever a name may be made of', async () => {
    const path = folder();
    const log = auditIn(path);
    const names = ['\u2028\u2029\r\n\0"\\', '\ud800', 'ж'.repeat(10_000), '{"seq":7,', '😀'.repeat(200)];
    for (const target of names) await log.begin({ ...LOOK, target, actor: target });
    expect(await verifyChain(path)).toEqual({ entries: names.length, files: 1, breaks: [] });
    expect((await log.list({ beforeSeq: null, limit: 9 })).map(({ target }) => target?.slice(0, 3))).toEqual(
      names.map((name) => name.slice(0, 3)).toReversed(),
    );
    await log.close();
  });

  it('cuts off a line that a crash tore, and says so', async () => {
    const path = await chainOf(3);
    const [file = ''] = chainFiles(path);
    for (const torn of ['{"seq":7,"time":"20', '\0\0\0\0', '{']) {
      appendFileSync(file, torn);
      expect((await verifyChain(path)).breaks).toEqual([]);
      const log = auditIn(path);
      await log.begin(LOOK);
      await log.close();
      expect(onDisk(path).at(-2)).toMatchObject({
        actor: 'service',
        action: 'audit.mended',
        target: `torn line of ${torn.length} bytes`,
      });
      expect(await verifyChain(path)).toMatchObject({ breaks: [] });
    }
  });

  it('is bounded, continues over its files, and knows what it has let go', async () => {
    const path = await chainOf(60, { fileBytes: 3000, files: 3 });
    expect(chainFiles(path)).toHaveLength(3);
    const records = onDisk(path);
    const [first] = records;
    expect(records.at(-1)?.seq).toBe(120);
    expect(first?.seq).toBeGreaterThan(80);
    expect(await verifyChain(path)).toEqual({ entries: records.length, files: 3, breaks: [] });
    const log = auditIn(path);
    const paged: number[] = [];
    for (let beforeSeq: number | null = null; ;) {
      const page = await log.list({ beforeSeq, limit: 4 });
      paged.push(...page.map(({ seq }) => seq));
      beforeSeq = page.at(-1)?.seq ?? null;
      if (page.length < 4) break;
    }
    expect(paged).toEqual(records.map(({ seq }) => seq).toReversed());
    await log.close();
    rmSync(chainFiles(path)[0] ?? '');
    expect((await verifyChain(path)).breaks[0]?.problem).toMatch(/^entries \d+ to \d+ are missing$/);
  });
});

/** Changes a chain of one file, given as lines; tells the first line where it no longer holds (null: its end). */
const TAMPERING: Readonly<Record<string, (lines: string[], at: number) => number | null>> = {
  'a word is changed': (lines, at) => {
    lines[at] = (lines[at] ?? '').replace('anna', 'otto');
    return at + 1 === lines.length ? at + 1 : at + 2;
  },
  'a line is taken out': (lines, at) => {
    lines.splice(at, 1);
    return at === lines.length ? null : at + 1;
  },
  'two lines are swapped': (lines, at) => {
    const other = at === 0 ? 1 : at - 1;
    [lines[at], lines[other]] = [lines[other] ?? '', lines[at] ?? ''];
    return Math.min(at, other) + 1;
  },
  'a line is written twice': (lines, at) => {
    lines.splice(at, 0, lines[at] ?? '');
    return at + 2;
  },
  'the end is cut off': (lines, at) => {
    lines.splice(at);
    return null;
  },
  'a line is made up': (lines, at) => {
    lines.splice(at, 0, 'nothing to see');
    return at + 1;
  },
};

describe('what was changed is found', () => {
  it.each(Object.entries(TAMPERING))('%s', async (name, tamper) => {
    const random = seeded(printedSeed(`tampering: ${name}`));
    const path = await chainOf(10);
    const [file = ''] = chainFiles(path);
    const whole = readFileSync(file, 'utf8');
    const lines = whole.trimEnd().split('\n');
    for (const at of [0, lines.length - 1, ...Array.from({ length: 6 }, () => Math.floor(random() * lines.length))]) {
      const changed = [...lines];
      const line = tamper(changed, at);
      writeFileSync(file, changed.map((text) => `${text}\n`).join(''));
      const { breaks } = await verifyChain(path);
      expect(breaks[0], `line ${at + 1}`).toMatchObject({ file: basename(file), line });
    }
    writeFileSync(file, whole);
    expect((await verifyChain(path)).breaks).toEqual([]);
  });

  it('also when the service goes on writing afterwards, by a process that knows and by a new one', async () => {
    for (const isKnown of [true, false]) {
      const path = await chainOf(5);
      const log = auditIn(path);
      if (isKnown) await log.begin(LOOK);
      const [file = ''] = chainFiles(path);
      const text = readFileSync(file, 'utf8');
      truncateSync(file, text.lastIndexOf('\n', text.length - 2) + 1);
      await log.begin(LOOK);
      await log.close();
      const { breaks } = await verifyChain(path);
      expect(breaks[0]?.problem).toMatch(/are missing$/);
      expect(onDisk(path).at(-2)).toMatchObject({ action: 'audit.mended' });
    }
  });

  it('also when a file or what is known of the end is gone', async () => {
    const path = await chainOf(30, { fileBytes: 3000, files: 100 });
    const files = chainFiles(path);
    expect(files.length).toBeGreaterThan(3);
    for (const file of [files[1] ?? '', files[0] ?? '', files.at(-1) ?? '', join(path, 'chain.json')]) {
      const text = readFileSync(file);
      rmSync(file);
      expect((await verifyChain(path)).breaks, file).not.toEqual([]);
      writeFileSync(file, text);
    }
    expect((await verifyChain(path)).breaks).toEqual([]);
    files.forEach((file) => rmSync(file));
    expect((await verifyChain(path)).breaks).not.toEqual([]);
  });
});

describe('a chain that several processes write', () => {
  it('stays whole, and a lock whose holder died is taken over', async () => {
    const path = folder();
    const logs = [auditIn(path), auditIn(path), auditIn(path)];
    const begun = logs.flatMap((log, n) =>
      Array.from({ length: 20 }, (_, m) => log.begin({ ...LOOK, target: `${n}-${m}` })),
    );
    for (const act of await Promise.all(begun)) act.end('finished', 'allowed');
    await Promise.all(logs.map((log) => log.close()));
    expect(await verifyChain(path)).toEqual({ entries: 120, files: 1, breaks: [] });
    // The same number with another beginning: the process that had it is gone.
    writeFileSync(join(path, 'lock'), `${processMark()}0 left-behind`);
    await auditIn(path).begin(LOOK);
    expect(await verifyChain(path)).toMatchObject({ entries: 121, breaks: [] });
  });

  it('is whole after every kill −9, and what was said to be on disk is there', { timeout: 120_000 }, async () => {
    const path = folder();
    const said: string[] = [];
    const start = (name: string) => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'test/integration/audit/writing-child.ts', path, name]);
      let count = 0;
      let rest = '';
      child.stdout.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        said.push(...lines);
        count += lines.length;
      });
      const closed = new Promise((resolve) => child.once('close', resolve));
      return { child, closed, count: () => count };
    };
    for (let round = 0; round < 3; round += 1) {
      const pair = [start(`a${round}`), start(`b${round}`)];
      await waitUntil('both to write', () => pair.every(({ count }) => count() > 10 + 7 * round), 60_000);
      for (const { child } of pair) child.kill('SIGKILL');
      await Promise.all(pair.map(({ closed }) => closed));
      const log = auditIn(path, { limits: { fileBytes: 20_000, files: 1000 } });
      await log.begin({ ...LOOK, target: `after ${round}` });
      await log.close();
      expect((await verifyChain(path)).breaks, `round ${round}`).toEqual([]);
    }
    const begun = new Set(
      onDisk(path)
        .filter(({ phase }) => phase === 'begun')
        .map(({ target }) => target),
    );
    expect(said.filter((target) => !begun.has(target))).toEqual([]);
    // What was going on when a process was killed has begun and never ended.
    const ended = new Set(onDisk(path).map(({ of }) => of));
    expect(onDisk(path).some(({ phase, seq }) => phase === 'begun' && !ended.has(seq))).toBe(true);
  });
});

it('a full disk: what begins is refused, what ends is written later, and the chain holds', async ({ skip }) => {
  const disk = smallDisk(1);
  if (disk === null) return skip('needs the right to mount a small disk');
  try {
    const path = join(disk.path, 'audit');
    const log = auditIn(path);
    const act = await log.begin(LOOK);
    disk.fill();
    // What is left of the last block.
    let refused: unknown = null;
    while (refused === null) await log.begin(LOOK).catch((error: unknown) => (refused = error));
    expect(refused).toMatchObject({
      code: 'AUDIT_WRITE',
      bilingual: { ru: expect.stringContaining('Журнал') as string },
    });
    const before = onDisk(path).length;
    act.end('finished', 'allowed');
    for (let n = 0; n < 20; n += 1) await expect(log.begin(LOOK)).rejects.toMatchObject({ code: 'AUDIT_WRITE' });
    expect(onDisk(path)).toHaveLength(before);
    expect((await verifyChain(path)).breaks).toEqual([]);
    disk.empty();
    await waitUntil('the end on disk', () => onDisk(path).some(({ of }) => of === 1));
    await log.begin(LOOK);
    await log.close();
    expect(await verifyChain(path)).toMatchObject({ entries: before + 2, breaks: [] });
  } finally {
    disk.remove();
  }
});
