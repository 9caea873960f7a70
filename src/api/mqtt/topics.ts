import type { HappyIndexEvent, MetricsEvent, StatusEvent } from '../../contracts/events.js';

/** One message to publish. */
export interface MqttMessage {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

interface Sensor {
  readonly key: string;
  readonly name: string;
  readonly template: string;
  readonly unit?: string;
  readonly deviceClass?: string;
}

const STREAM_SENSORS: readonly Sensor[] = [
  { key: 'smile_index', name: 'Smile-Index', template: "{{ value_json.smileIndex | default('unknown', true) }}" },
  {
    key: 'smiling_persons',
    name: 'Smiling persons',
    template: "{{ value_json.smilingPersons | default('unknown', true) }}",
  },
  { key: 'mood', name: 'Mood', template: "{{ value_json.mood | default('unknown', true) }}" },
  { key: 'visitors', name: 'Visitors today', template: '{{ value_json.visitorsToday }}' },
  {
    key: 'utilization',
    name: 'Utilization',
    template: "{{ value_json.utilizationPercent | default('unknown', true) }}",
    unit: '%',
  },
];

/** Topic names under one prefix. */
export const topicsOf = (prefix: string) => ({
  availability: `${prefix}/availability`,
  streamMetrics: (id: string) => `${prefix}/streams/${id}/metrics`,
  streamState: (id: string) => `${prefix}/streams/${id}/state`,
  happyIndex: (id: string) => `${prefix}/contact-points/${id}/happy-index`,
  contact: (id: string) => `${prefix}/contact-points/${id}/contact`,
});

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
      origin: { name: 'EmoScope' },
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
  stream: { readonly id: string; readonly name: string },
): readonly MqttMessage[] => {
  const owner = device(prefix, stream.id, stream.name);
  const topics = topicsOf(prefix);
  return [
    ...STREAM_SENSORS.map(({ key, name, template, unit, deviceClass }) =>
      discovery(prefix, `${stream.id}_${key}`, {
        name,
        device: owner,
        state_topic: topics.streamMetrics(stream.id),
        value_template: template,
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
    value_template: "{{ value_json.value | default('unknown', true) }}",
    state_class: 'measurement',
  }),
];

/** The 15-minute figures of every stream with today's visitors, retained. */
export const metricsMessages = (prefix: string, event: MetricsEvent): readonly MqttMessage[] =>
  Object.entries(event.streams).map(([id, windows]) => {
    const { smileIndex, smilingPersons, mood, utilizationPercent, absolute, framesWithFaces, samples } = windows['15m'];
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
      }),
    };
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
