import type { MetricsEvent } from '../../contracts/events.js';
import type { Subscriber } from './subscriber.js';

/** The event with the streams alone that a subscriber asked for. */
export const narrowed = (event: MetricsEvent, { wish }: Subscriber): MetricsEvent => {
  const wanted = wish?.streams ?? null;
  if (wanted === null) return event;
  const only = <Value>(all: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(all).filter(([id]) => wanted.has(id)));
  const catchingUp = event.catchingUp?.filter((id) => wanted.has(id));
  const streams = { ...event, streams: only(event.streams), smiles: only(event.smiles) };
  return catchingUp === undefined ? streams : { ...streams, catchingUp };
};
