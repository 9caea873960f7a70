import type { LiveSink } from '../live/hub.js';
import type { Webhooks } from './webhooks.js';

/** Passes live events on to webhooks; contacts go without their curves. */
export const webhookSink =
  (webhooks: Webhooks): LiveSink =>
  ({ event, payload }) => {
    if (event === 'metrics') return;
    if (event !== 'contact:end') {
      webhooks.publish(event, payload);
      return;
    }
    const { curve: _curve, ...contact } = payload.contact;
    webhooks.publish(event, { seq: payload.seq, contact });
  };
