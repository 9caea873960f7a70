import { connect, type MqttClient } from 'mqtt';
import type { Config } from '../../config/schema.js';
import type { ContactPoint } from '../../contracts/contact.js';
import type { ContactEndEvent } from '../../contracts/events.js';
import type { StreamStatus } from '../../contracts/stream.js';
import { FaultCounter } from '../../runtime/fault-counter.js';
import type { Logger } from '../../runtime/logger.js';
import { redact } from '../../runtime/redact.js';
import type { LiveSink } from '../live/hub.js';
import {
  happyIndexMessage,
  metricsMessages,
  pointDiscovery,
  stateMessage,
  streamDiscovery,
  topicsOf,
  type MqttMessage,
} from './topics.js';

export interface MqttSinkOptions {
  readonly mqtt: NonNullable<Config['mqtt']>;
  readonly streams: () => readonly StreamStatus[];
  readonly points: () => readonly (ContactPoint & { readonly name?: string | undefined })[];
  readonly logger: Logger;
  /** How often figures are published, ms. */
  readonly metricsEveryMs?: number;
}

const MAX_IN_FLIGHT = 200;

/**
 * Publishes figures, states and contacts to an MQTT broker. Nothing queues: while the broker is away figures are given
 * up, and the newest states and discovery are published again when it is back.
 */
export class MqttSink {
  private readonly client: MqttClient;
  private readonly faults: FaultCounter;
  private readonly topics: ReturnType<typeof topicsOf>;
  private readonly announced = new Set<string>();
  private inFlight = 0;
  private lastMetricsTs = -Infinity;

  constructor(private readonly options: MqttSinkOptions) {
    const { mqtt, logger } = options;
    this.topics = topicsOf(mqtt.topicPrefix);
    this.faults = new FaultCounter(60_000, (fault, count) => logger.warn({ fault, count }, 'MQTT broker'));
    this.client = connect(mqtt.url, {
      reconnectPeriod: 5000,
      connectTimeout: 10_000,
      queueQoSZero: false,
      will: { topic: this.topics.availability, payload: Buffer.from('offline'), qos: 1, retain: true },
    });
    this.client.on('error', (error) => this.faults.add(redact(error.message)));
    this.client.on('close', () => this.faults.add('connection closed'));
    this.client.on('connect', () => this.greet());
  }

  readonly sink: LiveSink = (message) => {
    const { topicPrefix } = this.options.mqtt;
    switch (message.event) {
      case 'metrics': {
        const { ts } = message.payload;
        if (Math.abs(ts - this.lastMetricsTs) < (this.options.metricsEveryMs ?? 10_000)) return;
        this.lastMetricsTs = ts;
        this.announce();
        for (const one of metricsMessages(topicPrefix, message.payload)) this.publish(one);
        return;
      }
      case 'status':
        this.publish(stateMessage(topicPrefix, message.payload));
        return;
      case 'happy-index':
        this.publish(happyIndexMessage(topicPrefix, message.payload));
        return;
      case 'contact:end':
        this.publish(this.contactMessage(message.payload));
    }
  };

  /** Says goodbye and disconnects; idempotent. */
  async close(): Promise<void> {
    if (this.client.disconnecting || this.client.disconnected) {
      await this.client.endAsync(true);
      return;
    }
    await Promise.race([
      this.client.publishAsync(this.topics.availability, 'offline', { qos: 1, retain: true }).catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, 1000).unref()),
    ]);
    await this.client.endAsync(true);
  }

  private greet(): void {
    const { topicPrefix } = this.options.mqtt;
    this.announced.clear();
    this.publish({ topic: this.topics.availability, payload: 'online', retain: true });
    this.announce();
    for (const status of this.options.streams()) this.publish(stateMessage(topicPrefix, { ...status, seq: 0 }));
  }

  /** Announces what Home Assistant has not been told yet; takes back what is gone. */
  private announce(): void {
    if (!this.options.mqtt.homeAssistant) return;
    const { topicPrefix } = this.options.mqtt;
    const wanted = [
      ...this.options.streams().flatMap((stream) => streamDiscovery(topicPrefix, stream)),
      ...this.options.points().flatMap(({ id, name }) => pointDiscovery(topicPrefix, { id, name: name ?? id })),
    ];
    const current = new Set(wanted.map(({ topic }) => topic));
    for (const topic of this.announced) {
      if (current.has(topic)) continue;
      this.announced.delete(topic);
      this.publish({ topic, payload: '', retain: true });
    }
    for (const message of wanted) {
      if (this.announced.has(message.topic)) continue;
      this.announced.add(message.topic);
      this.publish(message);
    }
  }

  private contactMessage({ contact }: ContactEndEvent): MqttMessage {
    const { curve: _curve, ...rest } = contact;
    return { topic: this.topics.contact(contact.pointId), payload: JSON.stringify(rest), retain: false };
  }

  private publish({ topic, payload, retain }: MqttMessage): void {
    if (!this.client.connected) return;
    if (this.inFlight >= MAX_IN_FLIGHT) {
      this.faults.add('broker is too slow, messages given up');
      return;
    }
    this.inFlight += 1;
    this.client.publish(topic, payload, { qos: 1, retain }, (error) => {
      this.inFlight -= 1;
      if (error != null) this.faults.add(redact(error.message));
    });
  }
}
