import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

/** What a module takes in when it runs: imports of types alone leave nothing behind. */
const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)].map(
    ([, from = '']) => from,
  );

const fileOf = (from: string, importer: string): string | null => {
  const base = resolve(dirname(importer), from).replace(/\.js$/, '');
  return ['.ts', '.tsx'].map((ending) => base + ending).find(existsSync) ?? null;
};

/** Packages that an entry brings, directly or through its own modules. */
const packagesOf = (entry: string): ReadonlySet<string> => {
  const [modules, packages] = [new Set([entry]), new Set<string>()];
  // A set is gone through with what is added on the way.
  for (const file of modules) {
    for (const from of importsOf(file)) {
      const next = from.startsWith('.') ? fileOf(from, file) : null;
      if (next !== null) modules.add(next);
      else if (!from.startsWith('.')) packages.add(from);
    }
  }
  return packages;
};

it.each(['main.tsx', 'kiosk/main.tsx'])(
  '%s brings no schemas to the browser: they would be half of its size',
  (entry) => {
    const packages = packagesOf(join('web/src', entry));
    expect(packages).toContain('preact');
    expect(packages).not.toContain('zod');
  },
);
