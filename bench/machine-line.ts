import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';

/** What a table of figures has to say about where it was measured. */
export const machineLine = (): string => {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  return `commit ${commit}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`;
};
