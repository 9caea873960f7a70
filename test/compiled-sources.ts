import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithEsbuild, version } from 'vite';
import type { TestProject } from 'vitest/node';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = '.cache/tests';
/** Stands in for the repository's root, so that the ways from a module to package.json, models/ and dist/ lead there. */
const MIRROR = join(ROOT, FOLDER);
const STAMPS = join(MIRROR, 'stamps.json');
const BESIDE_SOURCES = ['package.json', 'models', 'dist'];
const OPTIONS = {
  loader: 'ts',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  tsconfigRaw: { compilerOptions: { target: 'ES2023', verbatimModuleSyntax: true } },
} as const;

type Stamps = Readonly<Record<string, string>>;

const readStamps = async (): Promise<Stamps> => {
  try {
    return JSON.parse(await readFile(STAMPS, 'utf8')) as Stamps;
  } catch {
    return {};
  }
};

/** Another run beside this one may read the file meanwhile. */
const replace = async (file: string, text: string): Promise<void> => {
  const temporary = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(temporary, text);
  await rename(temporary, file);
};

/**
 * Compiles what has changed in src/ since the last run, once for the tests and for the processes that they start: through
 * tsx, each would translate hundreds of modules anew. Throws where a source cannot be read or parsed.
 */
export default async function setup({ config }: TestProject): Promise<void> {
  // Both look at the sources themselves.
  if (config.watch || config.coverage.enabled) return;
  await mkdir(MIRROR, { recursive: true });
  // Relative, so that a copy of the repository has links into the copy.
  for (const name of BESIDE_SOURCES)
    await symlink(join(relative(FOLDER, '.'), name), join(MIRROR, name)).catch(ignoreExisting);
  const before = await readStamps();
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const target = (source: string): string => join(MIRROR, 'src', source.replace(/\.ts$/, '.js'));
  const stamps = await Promise.all(
    sources.map(async (source): Promise<[string, string]> => {
      const text = await readFile(join(ROOT, 'src', source), 'utf8');
      const stamp = createHash('sha256')
        .update(`${version} ${JSON.stringify(OPTIONS)} ${text}`)
        .digest('hex');
      if (before[source] !== stamp)
        await replace(target(source), (await transformWithEsbuild(text, join(ROOT, 'src', source), OPTIONS)).code);
      return [source, stamp];
    }),
  );
  const after: Stamps = Object.fromEntries(stamps);
  for (const source of Object.keys(before)) if (after[source] === undefined) await rm(target(source), { force: true });
  await replace(STAMPS, JSON.stringify(after));
  process.env['EMOSCOPE_TEST_COMPILED'] = join(MIRROR, 'src');
}

const ignoreExisting = (error: unknown): void => {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
};
