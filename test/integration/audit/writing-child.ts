import { auditIn, LOOK } from '../../fixtures/audit-folders.js';

/** Begins one act after another, says which are on disk, and ends every second one. */
const [folder = '', name = ''] = process.argv.slice(2);
const log = auditIn(folder, { limits: { fileBytes: 20_000, files: 1000 } });
for (let n = 0; ; n += 1) {
  const target = `${name}-${n}`;
  const open = await log.begin({ ...LOOK, target });
  process.stdout.write(`${target}\n`);
  if (n % 2 === 0) open.end('finished', 'allowed');
}
