/**
 * Prints every contact as it ends and, when TARGET_URL is set, posts it there.
 *
 *   EMOSCOPE_URL=http://localhost:8080 EMOSCOPE_KEY=emk_… TARGET_URL=https://crm.example/contacts npx tsx examples/integrator.ts
 *
 * Outside this repository import from 'emoscope/client'.
 */
import { LiveClient } from '../src/client/index.js';

const { EMOSCOPE_URL: url = 'http://localhost:8080', EMOSCOPE_KEY: apiKey, TARGET_URL: target } = process.env;

const forward = async (body: unknown): Promise<void> => {
  if (target === undefined) return;
  const answer = await fetch(target, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`the target answered ${answer.status}`);
};

const client = new LiveClient({
  url,
  topics: ['contacts'],
  ...(apiKey === undefined ? {} : { apiKey }),
  onConnected: (_snapshot, replayed) => console.error(`connected, ${replayed} contacts to catch up with`),
  onRefused: (code, message) => console.error(`refused: ${code}: ${message}`),
  onDisconnected: (reason) => console.error(`disconnected (${reason}), coming back`),
});

client.on('contact:end', ({ contact, reason }) => {
  const { id, pointId, startTs, endTs, verdict, latencyMs } = contact;
  const seconds = ((endTs - startTs) / 1000).toFixed(1);
  console.log(`${new Date(endTs).toISOString()} ${pointId} ${seconds} s ${verdict ?? 'not qualified'}: ${reason.en}`);
  forward({ id, pointId, startTs, endTs, verdict, latencyMs }).catch((error: unknown) => console.error(String(error)));
});

client.on('happy-index', ({ pointId, value, qualified }) => {
  const shown = value === null ? 'no qualified contact yet' : `${Math.round(value * 100)} % of ${qualified}`;
  console.log(`Happy-Index of ${pointId}: ${shown}`);
});

client.connect();
process.once('SIGINT', () => client.close());
