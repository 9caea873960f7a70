import type { SpotCheckInput, TappedMinute } from '../../../../src/contracts/service/spot-check.js';
import type { TappedSex } from '../../../../src/contracts/service/spot-check-lists.js';

/** One visitor, tapped once. */
export interface Tap {
  readonly ts: number;
  readonly sex: TappedSex;
  readonly smiled: boolean;
}

/** A check that is going on. */
export interface Counting {
  readonly id: string;
  readonly streamId: string;
  readonly fromTs: number;
  readonly lengthMs: number;
  readonly taps: readonly Tap[];
}

/** A check that is over and waits to be sent. */
export type Counted = Omit<SpotCheckInput, 'sentTs'>;

/** What this browser keeps of checks: nothing of them is anywhere else until they are sent. */
export interface KeptHere {
  readonly counting: Counting | null;
  readonly unsent: readonly Counted[];
}

const MINUTE_MS = 60_000;
/** A few seconds more than whole minutes are no minute of their own. */
const SLACK_MS = 5000;
const STORAGE_KEY = 'emoscope.checks';
const NOTHING: KeptHere = { counting: null, unsent: [] };

export const readKept = (): KeptHere => {
  try {
    return { ...NOTHING, ...(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<KeptHere>) };
  } catch {
    return NOTHING;
  }
};

export const writeKept = (kept: KeptHere): void => {
  if (kept.counting === null && kept.unsent.length === 0) localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
};

/** A random id, also where the page is not served over TLS and the browser has no `randomUUID`. */
const randomId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

export const begun = (streamId: string, minutes: number): Counting => ({
  id: randomId(),
  streamId,
  fromTs: Date.now(),
  lengthMs: minutes * MINUTE_MS,
  taps: [],
});

const none = () => ({ came: 0, smiled: 0 });

/** The check with its taps by minute, over at `endTs` or when its time was up. */
export const counted = ({ id, streamId, fromTs, lengthMs, taps }: Counting, endTs: number): Counted => {
  const toTs = Math.min(endTs, fromTs + lengthMs);
  const length = Math.max(1, Math.ceil((toTs - fromTs - SLACK_MS) / MINUTE_MS));
  const minutes: TappedMinute[] = Array.from({ length }, () => ({ men: none(), women: none(), unsure: none() }));
  for (const { ts, sex, smiled } of taps) {
    const minute = minutes[Math.min(length - 1, Math.max(0, Math.floor((ts - fromTs) / MINUTE_MS)))];
    if (minute === undefined) continue;
    minute[sex] = { came: minute[sex].came + 1, smiled: minute[sex].smiled + (smiled ? 1 : 0) };
  }
  return { id, streamId, fromTs, toTs, minutes };
};
