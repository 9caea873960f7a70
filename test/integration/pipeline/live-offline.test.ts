import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ContactsReport } from '../../../src/contracts/figures/contacts-schema.js';
import type { Me1Report } from '../../../src/contracts/figures/me1-schema.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { rtspServerAvailable, startRtspServer } from '../../fixtures/rtsp-server.js';
import { runCli, startCli } from '../../fixtures/run-cli.js';
import { waitUntil } from '../../fixtures/wait-until.js';

const MEDIA = process.env['EMOSCOPE_TEST_MEDIA'] ?? resolve(import.meta.dirname, '../../../../shared/media');
const scene = (side: string): string => resolve(MEDIA, `scenes/contact-${side}.mp4`);

/** Holds the first three contacts: answered, not answered, and a face that is cross from first to last. */
const SECONDS = 47;
const folder = temporaryFolder('live-offline');
afterAll(() => folder.remove());

const cut = (side: string): string => {
  const file = join(folder.path, `${side}.mp4`);
  ffmpegSync('-i', scene(side), '-t', String(SECONDS), '-g', '10', '-preset', 'ultrafast', file);
  return file;
};

const configFor = (name: string, seller: string, customer: string): string => {
  const file = join(folder.path, `${name}.yaml`);
  const text = `
server: { port: 0, accounts: ${join(folder.path, `${name}.accounts.json`)} }
store: { path: ${join(folder.path, `${name}.duckdb`)} }
privacy: { kAnonymity: 1 }
streams:
  - { id: seller, url: '${seller}', role: seller, fps: 5, stillFaces: keep }
  - { id: customer, url: '${customer}', role: customer, fps: 5, stillFaces: keep }
contacts: [{ id: till, seller: seller, customer: customer }]
`;
  writeFileSync(file, text);
  return file;
};

const parsed = async <Report>(args: readonly string[]): Promise<Report> => {
  const { code, stdout, stderr } = await runCli([...args, '--format', 'json']);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
};

const verdicts = (report: ContactsReport): (string | null)[] => report.contacts.map(({ verdict }) => verdict);

describe.skipIf(!rtspServerAvailable() || !existsSync(scene('seller')))('live and offline are one', () => {
  it('two synchronous recordings and the same two RTSP streams give the same contacts and the same МЭ-1', async () => {
    const files = { seller: cut('seller'), customer: cut('customer') };
    const offline = configFor('offline', files.seller, files.customer);
    const expected = {
      contacts: await parsed<ContactsReport>(['analyze', '--config', offline, '--report', 'contacts']),
      me1: await parsed<Me1Report>(['analyze', '--config', offline, '--report', 'me1']),
    };
    expect(verdicts(expected.contacts)).toEqual(['happy', 'indifferent', 'indifferent']);

    const rtsp = await startRtspServer({ files });
    const live = configFor('live', rtsp.url('seller'), rtsp.url('customer'));
    const cli = startCli(['serve', '--config', live]);
    try {
      // Both recordings are played once; their end takes both cameras off line.
      const lost = (stream: string): boolean =>
        cli
          .stderr()
          .split('\n')
          .some((line) => line.includes(`"${stream}"`) && /"state":"(reconnecting|offline)"/.test(line));
      await waitUntil('both streams to end', () => lost('seller') && lost('customer'), 150_000);
    } finally {
      cli.child.kill('SIGTERM');
      await cli.finished;
      await rtsp.kill();
    }
    const contacts = await parsed<ContactsReport>(['report', 'contacts', '--config', live, '--last', '1h']);
    const me1 = await parsed<Me1Report>(['report', 'me1', '--config', live, '--last', '1h']);
    expect(verdicts(contacts).slice(0, 3)).toEqual(verdicts(expected.contacts));
    for (const row of expected.me1.rows) {
      const same = me1.rows.find(({ streamId }) => streamId === row.streamId);
      expect(same?.smileIndex.value).toBeCloseTo(row.smileIndex.value ?? NaN, 0.7);
      expect(same?.emotions.happiness.value).toBeGreaterThan((row.emotions.happiness.value ?? 0) - 10);
      expect(same?.emotions.happiness.value).toBeLessThan((row.emotions.happiness.value ?? 0) + 10);
    }
  }, 400_000);
});
