import type { MqttClient } from 'mqtt';
import type { Config } from '../../config/schema.js';
import type { Clock } from '../../runtime/clock.js';
import { FaultCounter } from '../../runtime/fault-counter.js';
import type { Logger } from '../../runtime/logger.js';
import { readBrokerAddress } from '../../runtime/address/broker-address.js';
import { redact } from '../../runtime/redact.js';
import { uuidV7 } from '../../runtime/uuid-v7.js';
import type { ObservationsPort } from '../observations/observations-port.js';
import { guardedClient } from './guarded-client.js';
import { observeFilter, toldBy } from './told-message.js';

export interface MqttIntakeOptions {
  readonly mqtt: NonNullable<Config['mqtt']>;
  readonly siteId: string;
  readonly observations: ObservationsPort;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Between two tries to reach the broker, ms. */
  readonly reconnectMs?: number;
}

/** The part of a packet that a fact is made of. */
interface Packet {
  readonly topic: string;
  readonly payload: string | Buffer;
  readonly retain: boolean;
  readonly dup: boolean;
  readonly messageId?: number | undefined;
}

const LONGEST_FAULT = 300;
/** The store is asked again after this while it refuses, ms. */
const AGAIN_MS = 2000;
/** Ids made for so many of the last messages, for those that the broker sends again. */
const REMEMBERED = 1000;

/**
 * Takes facts from an MQTT broker. A message is acknowledged when its fact is on disk; one that was not is sent again by
 * the broker, also after a restart, since the session is kept (quality of service 1).
 */
export class MqttIntake {
  private readonly client: MqttClient;
  private readonly faults: FaultCounter;
  private readonly made = new Map<number, string>();
  private closed = false;

  constructor(private readonly options: MqttIntakeOptions) {
    const { mqtt, siteId, logger } = options;
    this.faults = new FaultCounter(60_000, (fault, count) => logger.warn({ fault, count }, 'facts over MQTT'));
    this.client = guardedClient(
      {
        ...readBrokerAddress(mqtt.url),
        clientId: `${mqtt.topicPrefix}-observe-${siteId}`,
        clean: false,
        reconnectPeriod: options.reconnectMs ?? 5000,
        reconnectOnConnackError: true,
        connectTimeout: 10_000,
        queueQoSZero: false,
      },
      (fault) => this.complain(fault),
    );
    this.client.on('error', ({ message }) => this.complain(message));
    this.client.on('connect', () => this.client.subscribe(observeFilter(mqtt.topicPrefix), { qos: 1 }));
    // The client waits for this with the next packet, and with the acknowledgement of this one.
    this.client.handleMessage = (packet, done) => void this.hear(packet).then(() => done());
  }

  /** Disconnects; what was not acknowledged comes again. Idempotent. */
  async close(): Promise<void> {
    this.closed = true;
    await this.client.endAsync(true);
  }

  private async hear(packet: Packet): Promise<void> {
    const { mqtt, clock, observations } = this.options;
    const { topic, retain } = packet;
    const message = { topic, payload: packet.payload.toString(), retain };
    const fact = toldBy(mqtt.topicPrefix, message, { ts: clock.now(), id: () => this.idOf(packet) });
    if (fact === null) {
      this.complain(`${topic}: a retained message needs an id, or it would count at each connection`);
      return;
    }
    while (!this.closed) {
      try {
        const [taken] = await observations.take([fact], { source: 'mqtt' });
        if (taken?.refused) this.complain(`${topic}: ${taken.refused.code} ${taken.refused.reason.en}`);
        return;
      } catch (error) {
        this.complain(error instanceof Error ? error.message : String(error));
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
      }
    }
    // Not acknowledged: the broker keeps it.
    await new Promise(() => undefined);
  }

  /** One id for a message and for the same sent again. */
  private idOf({ dup, messageId }: Packet): string {
    const known = dup && messageId !== undefined ? this.made.get(messageId) : undefined;
    const id = known ?? uuidV7(this.options.clock.now());
    if (messageId === undefined) return id;
    this.made.delete(messageId);
    this.made.set(messageId, id);
    const [oldest] = this.made.keys();
    if (this.made.size > REMEMBERED && oldest !== undefined) this.made.delete(oldest);
    return id;
  }

  /** Without secrets, and without all that a broker may want to have in our log. */
  private complain(fault: string): void {
    this.faults.add(redact(fault.slice(0, LONGEST_FAULT)));
  }
}
