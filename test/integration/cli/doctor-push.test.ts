import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { freePort } from '../../fixtures/free-port.js';
import { startPusher, type Pusher } from '../../fixtures/pusher.js';
import { runCli } from '../../fixtures/run-cli.js';

interface Finding {
  readonly name: string;
  readonly outcome: string;
  readonly detail: string;
  readonly cause: string | null;
}

const KEY = 'kq7-wv9zx3jt5';

describe('emoscope doctor on cameras that push', () => {
  const folder = temporaryFolder('doctor-push');
  let pusher: Pusher;
  let out = '';
  let findings: readonly Finding[] = [];

  beforeAll(async () => {
    const clip = makeClip(join(folder.path, 'clip.mp4'), { size: '160x90', seconds: 5 });
    const config = join(folder.path, 'emoscope.yaml');
    const [keyed, open, named, quiet] = [await freePort(), await freePort(), await freePort(), await freePort()];
    writeFileSync(
      config,
      `store: { path: ${join(folder.path, 'emoscope.duckdb')} }
inference: { threads: 1, expression: fast }
streams:
  - { id: keyed, url: 'listen:rtmp://0.0.0.0:${keyed}/live/${KEY}' }
  - { id: open, url: 'listen:tcp://0.0.0.0:${open}' }
  - { id: named, url: 'listen:udp://0.0.0.0:${named}', allow: [10.0.0.0/8, 192.168.1.7] }
  - { id: quiet, url: 'listen:srt://127.0.0.1:${quiet}?passphrase=${KEY}' }
`,
    );
    pusher = startPusher(clip, `rtmp://127.0.0.1:${keyed}/live/${KEY}`);
    out = (await runCli(['doctor', '--json', '--config', config])).stdout;
    findings = (JSON.parse(out) as { findings: Finding[] }).findings;
  }, 90_000);
  afterAll(() => {
    pusher.stop();
    folder.remove();
  });

  it.each([
    // The test card is dark before bright bars, which the doctor says beside how far the door is open.
    ['keyed', 'warning', 'against-light', /^h264 160×90.*; open to anywhere with a key, not encrypted$/],
    ['open', 'failed', 'unguarded', /Anybody could push.*"allow"; open to anywhere with no key, not encrypted$/],
    ['named', 'failed', 'timeout', /; open to 10\.0\.0\.0\/8, 192\.168\.1\.7 with no key, not encrypted$/],
    ['quiet', 'failed', 'timeout', /; open to this machine with a key, encrypted$/],
  ] as const)('says how far the door of "%s" is open', (id, outcome, cause, words) => {
    const found = findings.find(({ name }) => name === `camera ${id}`);
    expect(found).toMatchObject({ outcome, cause, detail: expect.stringMatching(words) as string });
  });

  it('and tells no key', () => {
    expect(out).not.toContain(KEY);
  });
});
