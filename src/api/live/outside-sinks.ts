import type { ContactEndEvent, DoorEvent, HappyIndexEvent, MetricsEvent, StatusEvent } from '../../contracts/events.js';
import type { Disclosure } from '../../disclosure/disclosure.js';

/** What other systems get of the live events. */
export type LiveMessage =
  | { readonly event: 'metrics'; readonly payload: MetricsEvent }
  | { readonly event: 'contact:end'; readonly payload: ContactEndEvent }
  | { readonly event: 'happy-index'; readonly payload: HappyIndexEvent }
  | { readonly event: 'status'; readonly payload: StatusEvent }
  | { readonly event: 'door'; readonly payload: DoorEvent };

/** Takes published events on to another system; must not wait or throw. */
export type LiveSink = (message: LiveMessage) => void;

/** The one way of live events to other systems. */
export class OutsideSinks {
  private readonly sinks: LiveSink[] = [];

  constructor(private readonly disclosure: Disclosure) {}

  add(sink: LiveSink): void {
    this.sinks.push(sink);
  }

  /** Tells every sink, unless other systems may not be told. */
  tell(message: LiveMessage): void {
    const isWholeShift = message.event === 'happy-index' && message.payload.covered !== undefined;
    if (!this.disclosure.tellsOutside(message.event, isWholeShift)) return;
    for (const sink of this.sinks) sink(message);
  }
}
