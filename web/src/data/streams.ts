import type { ProbeAnswer } from '../../../src/contracts/service/probe-answer.js';
import { COUNTER_ROLE, type Role, type StreamRole } from '../../../src/contracts/role.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { apiUrl, call, type Page } from './api.js';

export interface ZoneShape {
  readonly id: string;
  readonly name?: string;
  readonly role?: Role;
  readonly polygon: readonly (readonly [number, number])[];
}

/** Two ends of a counter's line, fractions of the picture; inside is to the right, seen from the first to the second. */
export type LineShape = readonly [readonly [number, number], readonly [number, number]];

export interface StreamDetails {
  readonly status: StreamStatus;
  readonly config: {
    readonly id: string;
    readonly url: string;
    readonly zones: readonly ZoneShape[];
    readonly line: LineShape | null;
    readonly [key: string]: unknown;
  };
}

/** What the form edits. */
export interface CameraDraft {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly role: StreamRole;
  readonly fps: number;
  readonly transport: 'tcp' | 'udp';
  /** `verify`, `off`, `ca:FILE`, or the fingerprint of the one that is trusted. */
  readonly certificate: string;
  readonly rotate: 0 | 90 | 180 | 270;
  readonly enabled: boolean;
  readonly loop: boolean;
  readonly zones: readonly ZoneShape[];
  /** Of a counter; kept here while another role is tried. */
  readonly line: LineShape | null;
}

/** Where a counter's line begins: across the picture. */
export const FIRST_LINE: LineShape = [
  [0.1, 0.5],
  [0.9, 0.5],
];

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
  line: null,
};

/** What is saved: a counter has a line and no zones, every other camera zones and no line. */
const savedOf = (draft: CameraDraft): CameraDraft =>
  draft.role === COUNTER_ROLE ? { ...draft, line: draft.line ?? FIRST_LINE, zones: [] } : { ...draft, line: null };

export const probeUrl = ({ url, transport, certificate, rotate }: CameraDraft): Promise<ProbeAnswer> =>
  call('/probe', { method: 'POST', body: { url, transport, certificate, rotate } });

export const ROTATIONS: readonly CameraDraft['rotate'][] = [0, 90, 180, 270];

export const probeStream = (id: string): Promise<ProbeAnswer> =>
  call(`/streams/${encodeURIComponent(id)}/probe`, { method: 'POST' });

export const addStream = (draft: CameraDraft): Promise<unknown> =>
  call('/streams', { method: 'POST', body: savedOf(draft) });

/** Leaves the URL alone unless a new one was typed. */
export const patchStream = (draft: CameraDraft, withUrl: boolean): Promise<unknown> => {
  const { id, url, ...rest } = savedOf(draft);
  return call(`/streams/${encodeURIComponent(id)}`, { method: 'PATCH', body: withUrl ? { ...rest, url } : rest });
};

export const removeStream = (id: string): Promise<unknown> =>
  call(`/streams/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const loadStreams = async (signal?: AbortSignal): Promise<readonly StreamStatus[]> =>
  (await call<Page<StreamStatus>>('/streams', { signal })).items;

export const loadStream = (id: string, signal: AbortSignal): Promise<StreamDetails> =>
  call(`/streams/${encodeURIComponent(id)}`, { signal });

/** Address of the newest picture of a camera. */
export const snapshotUrl = (id: string, maxWidth: number): string =>
  apiUrl(`/streams/${encodeURIComponent(id)}/snapshot.jpg`, { maxWidth });

/** A camera, or a zone of one, to choose from. */
export interface ViewOption {
  readonly value: string;
  readonly label: string;
}

/** Every view there is: each camera, and each of its zones. */
export const loadViews = async (
  streams: readonly StreamStatus[],
  signal: AbortSignal,
): Promise<readonly ViewOption[]> => {
  const details = await Promise.all(streams.map((stream) => loadStream(stream.id, signal)));
  return details.flatMap(({ status, config }) => [
    { value: status.id, label: status.name },
    ...config.zones.map((zone) => ({
      value: `${status.id}/${zone.id}`,
      label: `${status.name} → ${zone.name ?? zone.id}`,
    })),
  ]);
};
