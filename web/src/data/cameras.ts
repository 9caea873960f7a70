import type { CameraCertificate } from '../../../src/contracts/stream.js';
import type { Role } from '../../../src/contracts/role.js';
import { call } from './api.js';
import type { ZoneShape } from './contacts.js';

export const ROLES = ['customer', 'seller', 'entrance', 'exit', 'display'] as const satisfies readonly Role[];

export interface ProbeAnswer {
  readonly ok: boolean;
  readonly codec: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly sourceFps: number | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly certificate: CameraCertificate | null;
  readonly jpegBase64: string | null;
}

/** What the form edits. */
export interface CameraDraft {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly role: Role;
  readonly fps: number;
  readonly transport: 'tcp' | 'udp';
  /** `verify`, `off`, `ca:FILE`, or the fingerprint of the one that is trusted. */
  readonly certificate: string;
  readonly rotate: 0 | 90 | 180 | 270;
  readonly enabled: boolean;
  readonly loop: boolean;
  readonly zones: readonly ZoneShape[];
}

export const EMPTY_DRAFT: CameraDraft = {
  id: '',
  name: '',
  url: '',
  role: 'customer',
  fps: 5,
  transport: 'tcp',
  certificate: 'verify',
  rotate: 0,
  enabled: true,
  loop: false,
  zones: [],
};

export const probeUrl = ({ url, transport, certificate, rotate }: CameraDraft): Promise<ProbeAnswer> =>
  call('/probe', { method: 'POST', body: { url, transport, certificate, rotate } });

export const ROTATIONS: readonly CameraDraft['rotate'][] = [0, 90, 180, 270];

export const probeStream = (id: string): Promise<ProbeAnswer> =>
  call(`/streams/${encodeURIComponent(id)}/probe`, { method: 'POST' });

export const addStream = (draft: CameraDraft): Promise<unknown> => call('/streams', { method: 'POST', body: draft });

/** Leaves the URL alone unless a new one was typed. */
export const patchStream = (draft: CameraDraft, withUrl: boolean): Promise<unknown> => {
  const { id, url, ...rest } = draft;
  return call(`/streams/${encodeURIComponent(id)}`, { method: 'PATCH', body: withUrl ? { ...rest, url } : rest });
};

export const removeStream = (id: string): Promise<unknown> =>
  call(`/streams/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const addPoint = (point: {
  readonly id: string;
  readonly name?: string;
  readonly seller: string;
  readonly customer: string;
}): Promise<unknown> => call('/contact-points', { method: 'POST', body: point });

export const removePoint = (id: string): Promise<unknown> =>
  call(`/contact-points/${encodeURIComponent(id)}`, { method: 'DELETE' });

const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** An id made from a name: Latin letters and hyphens; numbered when taken. */
export const idFrom = (name: string, taken: readonly string[], fallback: string): string => {
  const plain = Array.from(name.toLowerCase(), (letter) => LETTERS[letter] ?? letter).join('');
  const base =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || fallback;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base}-${String(n)}`;
    if (!taken.includes(id)) return id;
  }
};
