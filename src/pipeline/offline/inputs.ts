import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { EmoscopeError } from '../../runtime/errors.js';
import { redact } from '../../runtime/redact.js';

/** One thing to analyse. */
export interface Input {
  readonly kind: 'picture' | 'video';
  /** Path or URL as ffmpeg or sharp takes it. */
  readonly source: string;
  /** What people and results see: the path, or the URL without secrets. */
  readonly label: string;
}

const PICTURES = new Set(['.jpg', '.jpeg', '.png', '.webp', '.gif', '.tif', '.tiff', '.avif', '.bmp']);
const VIDEOS = new Set([
  '.mp4',
  '.mov',
  '.mkv',
  '.avi',
  '.webm',
  '.ts',
  '.m4v',
  '.mpg',
  '.mpeg',
  '.flv',
  '.h264',
  '.264',
  '.hevc',
  '.h265',
]);
const URL_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

const kindOf = (path: string): Input['kind'] | null => {
  const extension = extname(path).toLowerCase();
  if (PICTURES.has(extension)) return 'picture';
  return VIDEOS.has(extension) ? 'video' : null;
};

const filesUnder = async (folder: string): Promise<Input[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: Input[] = [];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, 'en'))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesUnder(path)));
    else {
      const kind = kindOf(path);
      if (kind !== null && entry.isFile()) found.push({ kind, source: path, label: path });
    }
  }
  return found;
};

/** Expands paths, folders (recursively, sorted) and URLs; throws INPUT_NOT_FOUND naming everything that is missing. */
export const expandInputs = async (given: readonly string[]): Promise<Input[]> => {
  const inputs: Input[] = [];
  const missing: string[] = [];
  for (const item of given) {
    if (URL_SCHEME.test(item)) {
      inputs.push({ kind: 'video', source: item, label: redact(item) });
      continue;
    }
    const info = await stat(item).catch(() => null);
    if (info === null) missing.push(item);
    else if (info.isDirectory()) inputs.push(...(await filesUnder(item)));
    // A file named outright is tried whatever its ending; unknown endings go to ffmpeg.
    else inputs.push({ kind: kindOf(item) ?? 'video', source: item, label: item });
  }
  if (missing.length > 0) throw new EmoscopeError('INPUT_NOT_FOUND', `Not found: ${missing.join(', ')}`);
  if (inputs.length === 0) {
    throw new EmoscopeError('INPUT_NOT_FOUND', `No picture or video in: ${given.map(redact).join(', ')}`);
  }
  return inputs;
};
