import type { DoorEvent, HappyIndexEvent, MetricsEvent, StatusEvent } from '../../contracts/events.js';
import { COUNTER_ROLE } from '../../contracts/role.js';
import type { StreamStatus } from '../../contracts/stream.js';

/** One message to publish. */
export interface MqttMessage {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

const ORIGIN = 'EmoScope';

interface Sensor {
  readonly key: string;
  readonly name: string;
  /** Field of the figures' message. */
  readonly field: string;
  readonly unit?: string;
  readonly deviceClass?: string;
}

const STREAM_SENSORS: readonly Sensor[] = [
  { key: 'smile_index', name: 'Smile-Index', field: 'smileIndex' },
  { key: 'smiling_persons', name: 'Smiling persons', field: 'smilingPersons' },
  { key: 'mood', name: 'Mood', field: 'mood' },
  { key: 'visitors', name: 'Visitors today', field: 'visitorsToday' },
  { key: 'utilization', name: 'Utilization', field: 'utilizationPercent', unit: '%' },
];

const DOOR_SENSORS: readonly Sensor[] = [
  { key: 'door_in', name: 'Came in today', field: 'in' },
  { key: 'door_out', name: 'Went out today', field: 'out' },
  { key: 'door_inside', name: 'Inside (approximate)', field: 'inside' },
];

/**
 * A field as Home Assistant takes it: a number as it is, zero too, and `None` (its word for an unknown state) where there
 * is none. Jinja's `default(…, true)` would take zero for nothing.
 */
const valueOf = (field: string): string => `{{ value_json.${field} | default(none) }}`;

/** Topic names under one prefix. */
export const topicsOf = (prefix: string) => ({
  availability: `${prefix}/availability`,
  streamMetrics: (id: string) => `${prefix}/streams/${id}/metrics`,
  streamDoor: (id: string) => `${prefix}/streams/${id}/door`,
  streamState: (id: string) => `${prefix}/streams/${id}/state`,
  happyIndex: (id: string) => `${prefix}/contact-points/${id}/happy-index`,
  contact: (id: string) => `${prefix}/contact-points/${id}/contact`,
});

/** Filters under which everything that a service with this prefix leaves behind at a broker is found. */
export const retainedFilters = (prefix: string): readonly string[] => [
  `${prefix}/streams/+/+`,
  `${prefix}/contact-points/+/happy-index`,
  'homeassistant/+/+/config',
];

/** Whether a retained message was left by a service with this prefix; other programs announce to Home Assistant too. */
export const isOwn = (prefix: string, topic: string, payload: string): boolean => {
  if (!topic.startsWith('homeassistant/')) return topic.startsWith(`${prefix}/`);
  try {
    const config = JSON.parse(payload) as { availability_topic?: unknown; origin?: { name?: unknown } } | null;
    return config?.origin?.name === ORIGIN && config.availability_topic === topicsOf(prefix).availability;
  } catch {
    return false;
  }
};

const discovery = (
  prefix: string,
  objectId: string,
  config: Readonly<Record<string, unknown>>,
  component = 'sensor',
): MqttMessage => {
  const uniqueId = `${prefix}_${objectId}`.replace(/[^\w-]/g, '_');
  return {
    topic: `homeassistant/${component}/${uniqueId}/config`,
    retain: true,
    payload: JSON.stringify({
      ...config,
      unique_id: uniqueId,
      object_id: uniqueId,
      availability_topic: topicsOf(prefix).availability,
      origin: { name: ORIGIN },
    }),
  };
};

const device = (prefix: string, id: string, name: string) => ({
  identifiers: [`${prefix}_${id}`],
  name,
  manufacturer: 'EmoScope',
});

/** What Home Assistant needs to show a camera: its figures and whether it is online. */
export const streamDiscovery = (
  prefix: string,
  stream: Pick<StreamStatus, 'id' | 'name' | 'role'>,
): readonly MqttMessage[] => {
  const owner = device(prefix, stream.id, stream.name);
  const topics = topicsOf(prefix);
  const isCounter = stream.role === COUNTER_ROLE;
  const figures = isCounter ? topics.streamDoor(stream.id) : topics.streamMetrics(stream.id);
  return [
    ...(isCounter ? DOOR_SENSORS : STREAM_SENSORS).map(({ key, name, field, unit, deviceClass }) =>
      discovery(prefix, `${stream.id}_${key}`, {
        name,
        device: owner,
        state_topic: figures,
        value_template: valueOf(field),
        state_class: 'measurement',
        ...(unit === undefined ? {} : { unit_of_measurement: unit }),
        ...(deviceClass === undefined ? {} : { device_class: deviceClass }),
      }),
    ),
    discovery(
      prefix,
      `${stream.id}_online`,
      {
        name: 'Camera',
        device: owner,
        device_class: 'connectivity',
        state_topic: topics.streamState(stream.id),
        value_template: "{{ 'ON' if value_json.state == 'online' else 'OFF' }}",
      },
      'binary_sensor',
    ),
  ];
};

/** What Home Assistant needs to show a contact point's Happy-Index. */
export const pointDiscovery = (
  prefix: string,
  point: { readonly id: string; readonly name: string },
): readonly MqttMessage[] => [
  discovery(prefix, `${point.id}_happy_index`, {
    name: 'Happy-Index',
    device: device(prefix, point.id, point.name),
    state_topic: topicsOf(prefix).happyIndex(point.id),
    value_template: valueOf('value'),
    state_class: 'measurement',
  }),
];

/**
 * The 15-minute figures of every stream with today's visitors, retained; where small groups are guarded those of the last
 * whole interval, whose period is `covered`.
 */
export const metricsMessages = (prefix: string, event: MetricsEvent): readonly MqttMessage[] =>
  Object.entries(event.streams).map(([id, windows]) => {
    const { smileIndex, smilingPersons, mood, utilizationPercent, absolute, framesWithFaces, samples, covered } =
      windows['15m'];
    return {
      topic: topicsOf(prefix).streamMetrics(id),
      retain: true,
      payload: JSON.stringify({
        ts: event.ts,
        threshold: event.threshold,
        smileIndex,
        smilingPersons,
        absolute,
        framesWithFaces,
        samples,
        mood,
        utilizationPercent,
        visitorsToday: windows.today.visitors,
        ...(covered === undefined ? {} : { covered }),
      }),
    };
  });

/** What a counter has seen today. */
export const doorMessage = (prefix: string, { streamId, ts, in: came, out, inside }: DoorEvent): MqttMessage => ({
  topic: topicsOf(prefix).streamDoor(streamId),
  retain: true,
  payload: JSON.stringify({ ts, in: came, out, inside }),
});

export const stateMessage = (prefix: string, { id, name, state, reason, sinceTs }: StatusEvent): MqttMessage => ({
  topic: topicsOf(prefix).streamState(id),
  retain: true,
  payload: JSON.stringify({ name, state, reason, sinceTs }),
});

export const happyIndexMessage = (prefix: string, { seq: _seq, ...event }: HappyIndexEvent): MqttMessage => ({
  topic: topicsOf(prefix).happyIndex(event.pointId),
  retain: true,
  payload: JSON.stringify(event),
});
