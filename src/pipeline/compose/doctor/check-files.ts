import { statSync } from 'node:fs';
import type { Config } from '../../../config/schema.js';
import type { Finding } from './finding.js';

/** Files with personal data or secrets, and the permissions of others that they may not have: a group may share settings. */
const filesOf = ({ store, server }: Config, configFile: string | null): (readonly [file: string, bits: number])[] => {
  const kept = [
    server.accounts,
    ...(store.kind === 'memory' ? [] : [store.path, `${store.path}.wal`, `${store.path}.audit`]),
  ];
  const shared = [configFile, server.tls?.key].filter((file) => file !== null && file !== undefined);
  return [...kept.map((file) => [file, 0o077] as const), ...shared.map((file) => [file, 0o007] as const)];
};

/** Which files others on this machine may open; looked at before anything mends it. */
export const checkFiles = (config: Config, configFile: string | null): Finding[] => {
  if (process.platform === 'win32') return [];
  const open = filesOf(config, configFile)
    .filter(([file, bits]) => ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & bits) !== 0)
    .map(([file]) => file);
  if (open.length === 0) return [{ name: 'files', outcome: 'ok', detail: 'nobody else may open them', cause: null }];
  const detail = `others on this machine may open ${open.join(', ')}: chmod o= FILE, the store's go= FILE`;
  return [{ name: 'files', outcome: 'warning', detail, cause: 'FILES_OPEN' }];
};
