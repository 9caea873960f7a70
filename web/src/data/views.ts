import type { StreamStatus } from '../../../src/contracts/stream.js';
import { loadStream } from './streams.js';

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
