import { existsSync } from 'node:fs';

/** Part of util-linux, which every Linux distribution for servers installs. */
const PRLIMIT = ['/usr/bin/prlimit', '/bin/prlimit'];

/** Where prlimit is; null where it is missing and processes run without limits. */
export const prlimitPath = (): string | null => PRLIMIT.find((path) => existsSync(path)) ?? null;
