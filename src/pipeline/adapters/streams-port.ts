import sharp from 'sharp';
import type { ProbeOutcome } from '../../contracts/service/probe-outcome.js';
import type { StreamsPort } from '../../api/streams/streams-port.js';
import type { StreamConfig } from '../../config/schema.js';
import type { StreamStatus } from '../../contracts/stream.js';
import { CameraFault } from '../../ingest/camera-fault.js';
import { certificateSeen, probePicture } from '../../ingest/probe.js';
import { assertGuarded, pushDoor, pushDoorOf } from '../../ingest/push/door.js';
import { parseSourceUrl } from '../../ingest/source-url.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { RunningConfig } from '../configuration/running-config.js';
import type { Monitor } from '../camera/monitor.js';
import { runtimeOf, unknownStream } from './runtime-of.js';

const PROBE_TIMEOUT_MS = 10_000;
const PROBE_WIDTH_PX = 640;

const probe: StreamsPort['probe'] = async ({ url, ...how }, signal): Promise<ProbeOutcome> => {
  const door = pushDoorOf(url, how.allow);
  try {
    const { picture, certificate, ...result } = await probePicture(url, {
      timeoutMs: PROBE_TIMEOUT_MS,
      signal,
      ...how,
    });
    if (picture === null) return { ok: true, result, jpeg: null, reason: 'awaiting-key-frame', certificate, door };
    const jpeg = await sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } })
      .resize({ width: PROBE_WIDTH_PX, withoutEnlargement: true })
      .jpeg({ quality: 75 })
      .toBuffer();
    return { ok: true, result, jpeg, reason: null, certificate, door };
  } catch (error) {
    if (error instanceof CameraFault)
      return { ok: false, reason: error.reason, detail: error.message, certificate: certificateSeen(error), door };
    throw error;
  }
};

/** Refuses, before it is written back, an address that the camera itself would refuse. */
const assertUrl = ({ url, allow }: Pick<StreamConfig, 'url' | 'allow'>): void => {
  try {
    assertGuarded(pushDoor(parseSourceUrl(url), allow));
  } catch (error) {
    if (!(error instanceof CameraFault)) throw error;
    const details = [{ path: 'url', message: error.message }];
    throw new EmoscopeError(
      'CONFIG_INVALID',
      { ru: `Адрес не подходит: ${error.message}`, en: `url: ${error.message}` },
      { cause: error, details },
    );
  }
};

/** The cameras as the API sees them; every change is checked, written back, then applied to that stream alone. */
export const createStreamsPort = (monitor: Monitor, running: RunningConfig): StreamsPort => {
  const reopen = async (stream: StreamConfig): Promise<StreamStatus> => {
    await monitor.open(stream);
    return runtimeOf(monitor, stream.id).status();
  };
  const configured = (id: string): StreamConfig => {
    const stream = running.stream(id);
    if (stream === null) throw unknownStream(id);
    return stream;
  };
  return {
    list: () => monitor.all().map((runtime) => runtime.status()),
    get: (id) => monitor.runtime(id)?.status() ?? null,
    configOf: (id) => running.stream(id),
    add: async (stream) => {
      if (running.stream(stream.id) !== null) {
        throw new EmoscopeError('STREAM_EXISTS', {
          ru: `Камера «${stream.id}» уже есть; она не изменена.`,
          en: `A stream called "${stream.id}" exists already; it is as it was.`,
        });
      }
      assertUrl(stream);
      running.change({ streams: [...running.current.streams, stream] });
      return reopen(configured(stream.id));
    },
    patch: async (id, patch) => {
      const changed = { ...configured(id), ...patch, id };
      if (patch.url !== undefined || patch.allow !== undefined) assertUrl(changed);
      running.change({ streams: running.current.streams.map((stream) => (stream.id === id ? changed : stream)) });
      return reopen(configured(id));
    },
    remove: async (id) => {
      configured(id);
      const needed = running.current.contacts.filter(({ seller, customer }) =>
        [seller, customer].some((view) => view.split('/')[0] === id),
      );
      if (needed.length > 0) {
        const names = needed.map((point) => `«${point.name ?? point.id}»`).join(', ');
        throw new EmoscopeError('CONFLICT', {
          ru: `Камера нужна точке контакта ${names}: сначала удалите точку.`,
          en: `The camera "${id}" belongs to the contact point ${names}: delete the point first.`,
        });
      }
      running.change({ streams: running.current.streams.filter((stream) => stream.id !== id) });
      await monitor.close(id);
    },
    probe,
  };
};
