#!/usr/bin/env node
import { LEAST_FILES, openFilesLimit } from '../runtime/process/open-files.js';

// Looked at before anything else is loaded, which alone needs most of them: what fails there names a file at random.
const limit = openFilesLimit();
if (limit < LEAST_FILES) {
  process.stderr.write(
    `Открыть можно лишь ${limit} файлов, нужно не меньше ${LEAST_FILES}: ulimit -n, LimitNOFILE, ulimits.nofile.\n` +
      `Only ${limit} files may be open, at least ${LEAST_FILES} are needed: ulimit -n, LimitNOFILE, ulimits.nofile.\n`,
  );
  process.exitCode = 1;
} else {
  const [{ run }, { REPORTS }] = await Promise.all([import('./program.js'), import('../reporting/registry.js')]);
  await run(REPORTS);
}
