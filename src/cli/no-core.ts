import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { prlimitPath } from '../runtime/process/prlimit-path.js';

/**
 * A crash of this program leaves no core file, which would hold pictures: the limit is set where prlimit is installed,
 * and on any Linux no memory is written into one. Node itself has no call for either.
 */
export const leaveNoCore = (): void => {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // Not Linux, or a kernel without core files.
  }
  const prlimit = prlimitPath();
  if (prlimit !== null) spawnSync(prlimit, ['--core=0:0', '--pid', String(process.pid)], { stdio: 'ignore' });
};
