import type { Bilingual } from './bilingual.js';
import type { Burst, CurvePoint, HappyIndex, ToldContact } from './contact.js';
import type { EmotionScores } from './emotion.js';
import type { Box, Pose } from './face.js';
import type { Role } from './role.js';
import type { StreamStatus } from './stream.js';
import type { Span, StreamWindows } from './window.js';

export const TOPICS = ['faces', 'metrics', 'contacts', 'status'] as const;
export type Topic = (typeof TOPICS)[number];

export interface LiveFace {
  readonly trackId: string;
  /** The zone's role, else the stream's. */
  readonly role: Role;
  readonly box: Box;
  readonly emotions: EmotionScores;
  readonly mood: number;
  readonly age: number | null;
  readonly gender: number | null;
  readonly pose: Pose;
  readonly attention: boolean;
  /** The mouth moves as in speech; there when it does. */
  readonly talking?: boolean;
}

export interface FacesEvent {
  readonly streamId: string;
  readonly ts: number;
  readonly seq: number;
  readonly faces: readonly LiveFace[];
  /** `faces` events this subscriber lost since the previous one it got. */
  readonly lost: number;
}

export interface MetricsEvent {
  readonly seq: number;
  readonly ts: number;
  readonly threshold: number;
  readonly streams: Readonly<Record<string, StreamWindows>>;
  /** By stream: visitors of today who held a smile (Happiness ≥ 40 for half a second), which the terminal counts. */
  readonly smiles: Readonly<Record<string, number>>;
  /** Streams whose figures of before the start are still being read: `today`, `15m` and `smiles` are too small. Absent: none. */
  readonly catchingUp?: readonly string[];
}

/** What those see live who may not see faces: figures of whole cells. */
export type ReleasedFigures = Pick<MetricsEvent, 'streams' | 'smiles'>;

/**
 * What the curve of the last quarter of an hour is made of, as it was given out second by second: of each stream the
 * samples of the 10 s before, and those with a smile. Column by column; a stream that was not there counts 0.
 */
export interface MetricsHistory {
  /** Epoch ms UTC, ascending; the other columns are as long. */
  readonly ts: readonly number[];
  readonly streams: Readonly<
    Record<string, { readonly samples: readonly number[]; readonly absolute: readonly number[] }>
  >;
}

export interface ContactStartEvent {
  readonly seq: number;
  readonly contactId: string;
  readonly pointId: string;
  readonly startTs: number;
}

export interface ContactUpdateEvent extends ContactStartEvent {
  readonly curve: readonly CurvePoint[];
  readonly bursts: readonly Burst[];
}

export interface ContactEndEvent {
  readonly seq: number;
  readonly contact: ToldContact;
  /** The verdict's reason in words, both languages. */
  readonly reason: Bilingual;
}

export interface HappyIndexEvent extends HappyIndex {
  readonly seq: number;
  readonly ts: number;
  /** Where small groups are guarded and single contacts may not be told: the whole shifts that the value is made of. */
  readonly covered?: Span;
}

export interface StatusEvent extends StreamStatus {
  readonly seq: number;
}

/** Who passed a counter's line today. */
export interface DoorCounts {
  readonly in: number;
  readonly out: number;
  /** The difference, never below 0: every miss moves it, and it begins anew at midnight. */
  readonly inside: number;
}

/** What a counter has seen today; told when it changes, at most once a second. */
export interface DoorEvent extends DoorCounts {
  readonly seq: number;
  readonly ts: number;
  readonly streamId: string;
}

export interface SubscribeRequest {
  readonly streams?: readonly string[];
  readonly contacts?: readonly string[];
  readonly topics: readonly Topic[];
  /** Last `seq` of `contact:end` seen: later ones are replayed. */
  readonly lastSeq?: number;
  /** Most `faces` events per stream and second wanted, 1–30; default 15. */
  readonly maxFacesPerSecond?: number;
}

export interface Snapshot {
  readonly metrics: MetricsEvent | null;
  /** Empty without the topic `metrics`. */
  readonly history: MetricsHistory;
  /** The index of today of every point that had a contact; empty without the topic `contacts`. */
  readonly happyIndex: readonly HappyIndexEvent[];
  readonly streams: readonly StreamStatus[];
  /** Every counter today; empty without the topic `metrics`. */
  readonly doors: readonly DoorEvent[];
}

export type SubscribeAck =
  | { readonly ok: true; readonly snapshot: Snapshot; readonly replayed: number }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Socket.IO namespace `/live`, server to client. */
export interface ServerEvents {
  faces: (event: FacesEvent) => void;
  metrics: (event: MetricsEvent) => void;
  /** The whole curve, once what was before a start has been read. */
  history: (history: MetricsHistory) => void;
  'contact:start': (event: ContactStartEvent) => void;
  'contact:update': (event: ContactUpdateEvent) => void;
  'contact:end': (event: ContactEndEvent) => void;
  'happy-index': (event: HappyIndexEvent) => void;
  status: (event: StatusEvent) => void;
  door: (event: DoorEvent) => void;
}

/** Socket.IO namespace `/live`, client to server. */
export interface ClientEvents {
  subscribe: (request: SubscribeRequest, ack: (answer: SubscribeAck) => void) => void;
  unsubscribe: (ack?: (answer: { readonly ok: true }) => void) => void;
}
