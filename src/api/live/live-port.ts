import type { Contact } from '../../contracts/contact.js';
import type {
  ContactStartEvent,
  ContactUpdateEvent,
  DoorEvent,
  FacesEvent,
  HappyIndexEvent,
  MetricsEvent,
  MetricsHistory,
  ReleasedFigures,
} from '../../contracts/events.js';
import type { StreamStatus } from '../../contracts/stream.js';

/** What the pipeline calls as things happen; the API numbers the events and fans them out. */
export interface LiveListener {
  faces(event: Omit<FacesEvent, 'seq' | 'lost'>): void;
  /** Once a second; `released` is what those see who may not see faces: whole cells alone. */
  metrics(event: Omit<MetricsEvent, 'seq'>, released?: ReleasedFigures | null): void;
  /** Once what was before a start has been read: the curves of the last quarter of an hour; `released` as above. */
  history(history: MetricsHistory, released?: MetricsHistory | null): void;
  contactStart(event: Omit<ContactStartEvent, 'seq'>): void;
  contactUpdate(event: Omit<ContactUpdateEvent, 'seq'>): void;
  contactEnd(contact: Contact): void;
  /** After each contact: for those who may be told of single contacts. */
  happyIndex(event: Omit<HappyIndexEvent, 'seq'>): void;
  /** When a whole shift is given out: for everybody else. */
  happyIndexReleased(event: Omit<HappyIndexEvent, 'seq'>): void;
  status(status: StreamStatus): void;
  /** When a counter shows something else than before. */
  door(event: Omit<DoorEvent, 'seq'>): void;
}

/** Where the API hears of what happens. */
export interface LivePort {
  /** Registers the listener until the returned function is called. */
  listen(listener: LiveListener): () => void;
  /** The index of today of every point that had a contact. */
  happyIndex(): readonly Omit<HappyIndexEvent, 'seq'>[];
  /** Every counter today. */
  doors(): readonly Omit<DoorEvent, 'seq'>[];
}
