import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { packageFolder } from '../src/runtime/files/package-folder.js';

/** Instruction sets that decide how fast the networks run. */
const INSTRUCTION_SETS = ['avx2', 'avx_vnni', 'avx512f', 'avx512_vnni', 'amx_int8', 'asimd'] as const;

/** Where and with what a table of figures was measured. */
export interface RanOn {
  /** Short hash; `+` behind it where the tree had changes that no commit has. */
  readonly commit: string;
  readonly processor: string;
  readonly cores: number;
  readonly instructionSets: readonly string[];
  /** Last level, as the system tells it; null where it does not. */
  readonly cache: string | null;
  readonly node: string;
  /** Versions of the packages that are measured. */
  readonly packages: Readonly<Record<string, string>>;
  /** Load average of the last minute at the start: what else the machine was doing. */
  readonly load: number;
}

/** What a figure depends on; `+` tells that some of it is in no commit. */
const MEASURED = ['src', 'models', 'bench/*.ts', 'package-lock.json'];

const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const instructionSets = (): string[] => {
  const [, flags = ''] = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(read('/proc/cpuinfo')) ?? [];
  const has = new Set(flags.split(' '));
  return INSTRUCTION_SETS.filter((name) => has.has(name));
};

const cache = (): string | null => {
  const levels = [3, 2].map((index) => read(`/sys/devices/system/cpu/cpu0/cache/index${index}/size`).trim());
  return levels.find((size) => size !== '') ?? null;
};

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(path.join(packageFolder(name), 'package.json'), 'utf8')) as { version: string }).version;

/** This machine as it is now. */
export const ranOn = (packages: readonly string[] = []): RanOn => ({
  commit:
    git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno', '--', ...MEASURED) === '' ? '' : '+'),
  processor: cpus()[0]?.model ?? 'unknown processor',
  cores: cpus().length,
  instructionSets: instructionSets(),
  cache: cache(),
  node: process.versions.node,
  packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
  load: loadavg()[0] ?? 0,
});

/** The same in one line. */
export const ranOnLine = ({ commit, processor, cores, instructionSets: sets, cache: size, ...ran }: RanOn): string =>
  [
    `commit ${commit}`,
    `${cores} × ${processor} (${[...sets, ...(size === null ? [] : [`${size} of cache`])].join(', ')})`,
    `Node ${ran.node}`,
    ...Object.entries(ran.packages).map(([name, version]) => `${name} ${version}`),
    `load ${ran.load.toFixed(1)} at the start`,
  ].join(', ');
