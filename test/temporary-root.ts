import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One folder for everything a run of the tests puts under the system's temporary folder, removed at its end. */
export default function setup(): () => void {
  const outer = process.env['TMPDIR'];
  const root = mkdtempSync(join(tmpdir(), 'emoscope-tests-'));
  process.env['TMPDIR'] = root;
  return () => {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
  };
}
