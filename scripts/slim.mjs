// Takes out of node_modules what a running service never opens: binaries of other platforms, networks that no manifest
// names, source maps. Run after `npm ci --omit=dev`.
// usage: node scripts/slim.mjs [FOLDER] [--dry-run] [--platform P] [--arch A] [--libc glibc|musl]   (default: this checkout and host)
import { readdirSync, readFileSync, existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const isMusl = () =>
  process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;

const childrenOf = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []);

/** Binaries of ONNX Runtime for other platforms: it ships them all in one package, by platform and architecture. */
const foreignRuntimes = (modules, { platform, arch }) =>
  childrenOf(path.join(modules, 'onnxruntime-node/bin')).flatMap((version) =>
    childrenOf(version).flatMap((system) =>
      path.basename(system) !== platform
        ? [system]
        : childrenOf(system).filter((folder) => path.basename(folder) !== arch),
    ),
  );

/** Bindings of the database for the C library that this host has not. */
const foreignBindings = (modules, { platform, arch, musl }) => {
  const own = `node-bindings-${platform}-${arch}${musl ? '-musl' : ''}`;
  return childrenOf(path.join(modules, '@duckdb')).filter((folder) => {
    const name = path.basename(folder);
    return name.startsWith('node-bindings-') && name !== own;
  });
};

/** Files in the model folders that the manifest of the product does not name. */
const unusedModels = (root, modules) => {
  const { models } = JSON.parse(readFileSync(path.join(root, 'models/manifest.json'), 'utf8'));
  const named = new Set(
    Object.values(models).flatMap(({ source }) =>
      source.files.map((file) => path.join(modules, source.package, file.path)),
    ),
  );
  const folders = [...new Set([...named].map((file) => path.dirname(file)))];
  return folders.flatMap((folder) =>
    childrenOf(folder).filter((file) => /\.(bin|json)$/.test(file) && !named.has(file) && !/models\.json$/.test(file)),
  );
};

const sourceMaps = (modules) =>
  readdirSync(modules, { recursive: true })
    .filter((name) => name.endsWith('.js.map') || name.endsWith('.mjs.map') || name.endsWith('.cjs.map'))
    .map((name) => path.join(modules, name));

/** Absolute paths below `root`/node_modules that a service on this host can do without. */
const needless = (root, host) => {
  const modules = path.join(root, 'node_modules');
  return [
    ...foreignRuntimes(modules, host),
    ...foreignBindings(modules, host),
    ...unusedModels(root, modules),
    ...sourceMaps(modules),
  ];
};

const sizeOf = (target) =>
  statSync(target).isDirectory()
    ? childrenOf(target).reduce((sum, child) => sum + sizeOf(child), 0)
    : statSync(target).size;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'dry-run': { type: 'boolean', default: false },
    platform: { type: 'string', default: process.platform },
    arch: { type: 'string', default: process.arch },
    libc: { type: 'string', default: isMusl() ? 'musl' : 'glibc' },
  },
});
const root = path.resolve(positionals[0] ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '..'));
const host = { platform: values.platform, arch: values.arch, musl: values.libc === 'musl' };
const targets = needless(root, host);
const bytes = targets.reduce((sum, target) => sum + sizeOf(target), 0);
if (values['dry-run']) {
  for (const target of targets) console.log(path.relative(path.join(root, 'node_modules'), target));
} else {
  for (const target of targets) rmSync(target, { recursive: true, force: true });
}
console.error(`slim: ${targets.length} files and folders, ${Math.round(bytes / 2 ** 20)} MiB, are not needed here`);
