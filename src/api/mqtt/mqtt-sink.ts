import type { MqttClient } from 'mqtt';
import type { Config } from '../../config/schema.js';
import type { ContactPoint } from '../../contracts/contact.js';
import type { ContactEndEvent } from '../../contracts/events.js';
import type { StreamStatus } from '../../contracts/stream.js';
import { FaultCounter } from '../../runtime/fault-counter.js';
import type { Logger } from '../../runtime/logger.js';
import { readBrokerAddress } from '../../runtime/address/broker-address.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { redact } from '../../runtime/redact.js';
import type { LiveSink } from '../live/outside-sinks.js';
import { guardedClient } from './guarded-client.js';
import {
  doorMessage,
  happyIndexMessage,
  isOwn,
  metricsMessages,
  pointDiscovery,
  retainedFilters,
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
  /** Between two tries to reach the broker, ms. */
  readonly reconnectMs?: number;
}

const MAX_IN_FLIGHT = 200;
/** Of these, announcements and what takes old messages back leave the rest to figures. */
const MAX_UPKEEP = 100;
/** More than all topics of the largest site; a broker that shows us more is not believed. */
const MAX_RETAINED = 10_000;
/** What an earlier run left comes all at once: it is looked through once for all of it. */
const FOUND_AFTER_MS = 200;
const LONGEST_FAULT = 300;

/**
 * Publishes figures, states and contacts to an MQTT broker. Nothing queues: while the broker is away figures are given
 * up, and the newest states and discovery are published again when it is back.
 */
export class MqttSink {
  private readonly client: MqttClient;
  private readonly faults: FaultCounter;
  private readonly topics: ReturnType<typeof topicsOf>;
  private readonly announced = new Set<string>();
  /** Topics under which the broker keeps something of ours, from this run or an earlier one. */
  private readonly retained = new Set<string>();
  /** The newest Happy-Index of each point: told by the shift, it would be missing for hours if the broker was away then. */
  private readonly happiness = new Map<string, MqttMessage>();
  private lookAtFound: NodeJS.Timeout | null = null;
  private inFlight = 0;
  private lastMetricsTs = -Infinity;

  constructor(private readonly options: MqttSinkOptions) {
    const { mqtt, logger } = options;
    this.topics = topicsOf(mqtt.topicPrefix);
    this.faults = new FaultCounter(60_000, (fault, count) => logger.warn({ fault, count }, 'MQTT broker'));
    const broker = readBrokerAddress(mqtt.url);
    if (broker === null) {
      throw new EmoscopeError('CONFIG_INVALID', {
        ru: 'mqtt.url: это не адрес брокера.',
        en: 'mqtt.url: no address of a broker.',
      });
    }
    this.client = guardedClient(
      {
        ...broker,
        reconnectPeriod: options.reconnectMs ?? 5000,
        // A broker that refuses us and keeps the connection is left, too.
        reconnectOnConnackError: true,
        connectTimeout: 10_000,
        queueQoSZero: false,
        will: { topic: this.topics.availability, payload: Buffer.from('offline'), qos: 1, retain: true },
      },
      (fault) => this.faults.add(fault),
    );
    this.client.on('error', (error) => this.complain(error));
    this.client.on('close', () => this.faults.add('connection closed'));
    this.client.on('connect', () => this.greet());
    this.client.on('message', (topic, payload, { retain }) => this.found(topic, payload.toString(), retain));
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
      case 'door':
        this.publish(doorMessage(topicPrefix, message.payload));
        return;
      case 'status':
        this.publish(stateMessage(topicPrefix, message.payload));
        return;
      case 'happy-index':
        this.happiness.set(message.payload.pointId, happyIndexMessage(topicPrefix, message.payload));
        this.publishHappiness(message.payload.pointId);
        return;
      case 'contact:end':
        this.publish(this.contactMessage(message.payload));
    }
  };

  /** Says goodbye and disconnects; idempotent. */
  async close(): Promise<void> {
    if (this.lookAtFound !== null) clearTimeout(this.lookAtFound);
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
    for (const { id } of this.options.points()) this.publishHappiness(id);
    // A broker that lets us write only keeps what an earlier run left; nothing else depends on the answer.
    this.client.subscribe([...retainedFilters(topicPrefix)], { qos: 0 }, () => undefined);
  }

  /** What the broker has kept from an earlier run: if its camera or point is gone, it goes too. */
  private found(topic: string, payload: string, retain: boolean): void {
    if (!retain || payload === '' || this.retained.size >= MAX_RETAINED) return;
    if (!isOwn(this.options.mqtt.topicPrefix, topic, payload)) return;
    this.retained.add(topic);
    this.lookAtFound ??= setTimeout(() => {
      this.lookAtFound = null;
      this.takeBack(this.discovery());
    }, FOUND_AFTER_MS).unref();
  }

  /** Of what went wrong: without secrets, and without all that a broker may want to have in our log. */
  private complain(error: Error): void {
    this.faults.add(redact(error.message.slice(0, LONGEST_FAULT)));
  }

  /** Announces what Home Assistant has not been told yet; takes back what is gone. */
  private announce(): void {
    const wanted = this.discovery();
    this.takeBack(wanted);
    for (const message of wanted) {
      if (this.announced.has(message.topic)) continue;
      // The rest next time: what is given up would never be announced.
      if (!this.client.connected || this.inFlight >= MAX_UPKEEP) return;
      this.announced.add(message.topic);
      this.publish(message);
    }
  }

  private discovery(): readonly MqttMessage[] {
    const { topicPrefix, homeAssistant } = this.options.mqtt;
    if (!homeAssistant) return [];
    return [
      ...this.options.streams().flatMap((stream) => streamDiscovery(topicPrefix, stream)),
      ...this.options.points().flatMap(({ id, name }) => pointDiscovery(topicPrefix, { id, name: name ?? id })),
    ];
  }

  /** Empties every retained topic that belongs to no camera and no contact point of this moment. */
  private takeBack(discovery: readonly MqttMessage[]): void {
    const { availability, streamDoor, streamMetrics, streamState, happyIndex } = this.topics;
    const current = new Set([
      availability,
      ...discovery.map(({ topic }) => topic),
      ...this.options.streams().flatMap(({ id }) => [streamMetrics(id), streamDoor(id), streamState(id)]),
      ...this.options.points().map(({ id }) => happyIndex(id)),
    ]);
    for (const topic of this.retained) {
      if (!this.client.connected || this.inFlight >= MAX_UPKEEP) return;
      if (current.has(topic)) continue;
      this.retained.delete(topic);
      this.announced.delete(topic);
      this.publish({ topic, payload: '', retain: true });
    }
  }

  private publishHappiness(pointId: string): void {
    const message = this.happiness.get(pointId);
    if (message !== undefined) this.publish(message);
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
    if (retain && payload !== '') this.retained.add(topic);
    this.client.publish(topic, payload, { qos: 1, retain }, (error) => {
      this.inFlight -= 1;
      if (error != null) this.complain(error);
    });
  }
}
