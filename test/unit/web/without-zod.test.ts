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

/** Modules that are reached from an entry, each with who brings it. */
const reached = (entry: string): ReadonlyMap<string, string> => {
  const found = new Map([[entry, '']]);
  for (const file of found.keys()) {
    for (const from of importsOf(file)) {
      const next = from.startsWith('.') ? fileOf(from, file) : from;
      if (next === null || found.has(next)) continue;
      if (from.startsWith('.')) found.set(next, file);
      else found.set(from, file);
    }
    for (const name of [...found.keys()])
      if (!existsSync(name)) (outside.set(name, found.get(name) ?? ''), found.delete(name));
  }
  return found;
};

const outside = new Map<string, string>();

it.each(['main.tsx', 'kiosk/main.tsx'])(
  '%s brings no schemas to the browser: they would be half of its size',
  (entry) => {
    outside.clear();
    const found = reached(join('web/src', entry));
    expect(found.size).toBeGreaterThan(5);
    expect([...outside].filter(([name]) => name === 'zod')).toEqual([]);
  },
);
