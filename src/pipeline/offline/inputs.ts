import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mediaKindOf, type MediaKind } from '../../ingest/recordings/media-kind.js';
import { hideAddress } from '../../runtime/address/hide-address.js';

/** One thing to analyse. */
export interface Input {
  readonly kind: 'picture' | 'video';
  /** Path or URL as ffmpeg or sharp takes it. */
  readonly source: string;
  /** What people and results see: the path, or the URL without secrets. */
  readonly label: string;
  /** Whether it was named itself, and not found in a folder. */
  readonly named: boolean;
}

/** Why something in a folder is not analysed. */
export type SkipReason =
  | Exclude<MediaKind, 'picture' | 'video'>
  | 'missing'
  | 'dangling-link'
  | 'seen-before'
  | 'not-a-file'
  | 'unreadable-folder';

export interface Skipped {
  readonly label: string;
  readonly reason: SkipReason;
  readonly named: boolean;
}

export interface Expanded {
  readonly inputs: readonly Input[];
  readonly skipped: readonly Skipped[];
}

const URL_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Walks what was given; every file and folder ends as an input or, with its reason, among the skipped. */
class Walk {
  readonly inputs: Input[] = [];
  readonly skipped: Skipped[] = [];
  /** Real paths of the folders walked, since links may lead in a circle. */
  private readonly folders = new Set<string>();

  async given(item: string): Promise<void> {
    if (URL_SCHEME.test(item)) {
      this.inputs.push({ kind: 'video', source: item, label: hideAddress(item), named: true });
      return;
    }
    const info = await stat(item).catch(() => null);
    if (info === null) this.skip(item, 'missing', true);
    else if (info.isDirectory()) await this.folder(item, true);
    else await this.file(item, info.isFile(), true);
  }

  private async folder(folder: string, named: boolean): Promise<void> {
    const real = await realpath(folder).catch(() => folder);
    if (this.folders.has(real)) {
      this.skip(folder, 'seen-before', named);
      return;
    }
    this.folders.add(real);
    const names = await readdir(folder).catch(() => null);
    if (names === null) {
      this.skip(folder, 'unreadable-folder', named);
      return;
    }
    for (const name of names.sort((a, b) => a.localeCompare(b, 'en'))) {
      const path = join(folder, name);
      const info = await stat(path).catch(() => null);
      if (info === null) this.skip(path, 'dangling-link', false);
      else if (info.isDirectory()) await this.folder(path, false);
      else await this.file(path, info.isFile(), false);
    }
  }

  private async file(path: string, isFile: boolean, named: boolean): Promise<void> {
    // A pipe or device that was named itself is the decoder's to try.
    const kind = isFile ? await mediaKindOf(path) : named ? 'video' : 'not-a-file';
    if (kind === 'picture' || kind === 'video') this.inputs.push({ kind, source: path, label: path, named });
    else this.skip(path, kind, named);
  }

  private skip(label: string, reason: SkipReason, named: boolean): void {
    this.skipped.push({ label, reason, named });
  }
}

/** Expands paths, folders (recursively, sorted, links followed) and URLs; says of everything else why it is left out. */
export const expandInputs = async (given: readonly string[]): Promise<Expanded> => {
  const walk = new Walk();
  for (const item of given) await walk.given(item);
  return { inputs: walk.inputs, skipped: walk.skipped };
};
