import type { LiveSink } from '../live/outside-sinks.js';
import type { Webhooks } from './webhooks.js';

/**
 * Passes live events on to webhooks; contacts go without their curves, and of `status` only what a person would be called
 * for: another state or another reason, not each time that the machine falls behind or catches up.
 */
export const webhookSink = (webhooks: Webhooks): LiveSink => {
  const told = new Map<string, string>();
  return ({ event, payload }) => {
    switch (event) {
      case 'contact:end': {
        const { curve: _curve, ...contact } = payload.contact;
        webhooks.publish(event, { seq: payload.seq, contact });
        return;
      }
      case 'status': {
        const state = `${payload.state} ${payload.reason ?? ''}`;
        if (told.get(payload.id) === state) return;
        told.set(payload.id, state);
        webhooks.publish(event, payload);
        return;
      }
      case 'happy-index':
        webhooks.publish(event, payload);
        return;
      case 'metrics':
      case 'door':
    }
  };
};
