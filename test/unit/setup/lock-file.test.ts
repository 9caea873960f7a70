import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { minVersion, satisfies } from 'semver';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly engines?: Readonly<Record<string, string>> | readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));
const lock = (await json('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
const { engines } = (await json('package.json')) as { readonly engines: { readonly node: string } };
const packages = Object.entries(lock.packages);
const oldestNode = minVersion(engines.node)?.version ?? '';

/** Folders in which Node looks for what a package at `from` asks for, innermost first. */
const lookups = (from: string, name: string): string[] => {
  const parts = from === '' ? [] : from.split('/node_modules/');
  return [...parts.keys(), parts.length].reverse().map((depth) => {
    const base = parts.slice(0, depth).join('/node_modules/');
    return base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
  });
};

describe('package-lock.json', () => {
  it('holds the optional packages of every platform, so that npm ci works on all of them', () => {
    const missing = packages.flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => lookups(from, name).every((folder) => lock.packages[folder] === undefined))
        .map((name) => `${from} → ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no package that asks for a newer Node than the README', () => {
    const newer = packages.flatMap(([name, { engines: wanted }]) => {
      const range = wanted !== undefined && 'node' in wanted ? wanted.node : undefined;
      return range === undefined || satisfies(oldestNode, range) ? [] : [`${name}: ${range}`];
    });
    expect(oldestNode).toBe('20.19.0');
    expect(newer).toEqual([]);
  });

  it('pins every package by its checksum and no address of a registry', () => {
    const loose = packages.filter(([name, { integrity }]) => name !== '' && integrity === undefined);
    expect(loose.map(([name]) => name)).toEqual([]);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([name]) => name)).toEqual([]);
  });

  it('covers the database and the picture library on x64 and arm64, glibc and musl', () => {
    for (const platform of ['linux-x64', 'linux-x64-musl', 'linux-arm64', 'linux-arm64-musl'])
      expect(lock.packages, platform).toHaveProperty([`node_modules/@duckdb/node-bindings-${platform}`]);
    for (const platform of ['linux-x64', 'linuxmusl-x64', 'linux-arm64', 'linuxmusl-arm64'])
      expect(lock.packages, platform).toHaveProperty([`node_modules/@img/sharp-${platform}`]);
  });
});

describe('.npmrc', () => {
  it('has only keys that npm knows', async () => {
    const { stderr } = await promisify(execFile)('npm', ['config', 'get', 'ignore-scripts']);
    expect(stderr).not.toMatch(/unknown/i);
  });
});
