import { randomBytes, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { Backoff, type BackoffOptions } from '../../runtime/backoff.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Logger } from '../../runtime/logger.js';
import { hideAddress } from '../../runtime/address/hide-address.js';
import { pause } from '../../runtime/wait.js';
import { writeFileAtomically } from '../auth/accounts-file.js';
import { isPublicAddress, isWebhookAddress } from './address.js';
import { failureOf } from './failure.js';
import { post } from './post.js';
import { sign, SIGNATURE_HEADER } from './signature.js';
import { readWebhooks, webhooksText, type StoredWebhook, type WebhookEvent, type WebhookFile } from './webhook-file.js';

export type WebhookView = Omit<StoredWebhook, 'secret'> & {
  readonly waiting: number;
  readonly dropped: number;
  /** Events asked for that are not sent: they tell of single persons, and small groups are guarded. */
  readonly withheld: WebhookEvent[];
};

/** A message that could not be delivered. */
export interface DeadLetter {
  readonly id: string;
  readonly webhookId: string;
  readonly event: WebhookEvent;
  readonly ts: number;
  readonly attempts: number;
  /** Class of the last failure, without addresses: `status 500`, or one of `failureOf`. */
  readonly failure: string;
}

interface Message {
  readonly id: string;
  readonly event: WebhookEvent;
  readonly ts: number;
  readonly body: string;
}

interface Lane {
  readonly webhook: StoredWebhook;
  readonly stop: AbortController;
  queue: Message[];
  dropped: number;
  running: Promise<void> | null;
}

export interface WebhooksOptions {
  readonly path: string;
  readonly allowPrivate: boolean;
  /** Events that are never sent. */
  readonly withheld?: readonly WebhookEvent[];
  readonly logger: Logger;
  readonly attempts?: number;
  readonly timeoutMs?: number;
  readonly backoff?: BackoffOptions;
}

const MAX_WEBHOOKS = 32;
const MAX_WAITING = 1000;
const MAX_DEAD = 200;
const BACKOFF: BackoffOptions = { firstMs: 1000, maxMs: 300_000, factor: 4, jitter: 0.5 };

/** Webhooks of this installation: one lane each, in order, retried with growing pauses, then kept as dead letters. */
export class Webhooks {
  private readonly lanes = new Map<string, Lane>();
  private dead: { readonly letter: DeadLetter; readonly message: Message }[] = [];

  private constructor(
    private readonly options: WebhooksOptions,
    private readonly file: WebhookFile,
  ) {
    for (const webhook of file.webhooks) this.addLane(webhook);
  }

  /** What of the file cannot be taken is logged by its place and left out; it never keeps the service from starting. */
  static async open(options: WebhooksOptions): Promise<Webhooks> {
    const file = await readWebhooks(options.path);
    const { logger } = options;
    if (file.fault !== null) logger.error(`webhooks.json is ${file.fault}: no webhook is called until it is mended`);
    for (const { at, problem } of file.refused) logger.error({ problem }, `webhooks.json: ${at} is left out`);
    return new Webhooks(options, file);
  }

  list(): readonly WebhookView[] {
    return [...this.lanes.values()].map(({ webhook: { secret: _secret, url, ...rest }, queue, dropped }) => ({
      ...rest,
      url: hideAddress(url),
      waiting: queue.length,
      dropped,
      withheld: this.withheldOf(rest),
    }));
  }

  /** Adds a webhook; the secret is shown this once. Throws VALIDATION for an address it will not call, CONFLICT when there are too many or the file is damaged. */
  async add(url: string, events: readonly WebhookEvent[]): Promise<WebhookView & { readonly secret: string }> {
    this.assertTarget(url);
    this.assertWritable();
    if (this.lanes.size >= MAX_WEBHOOKS)
      throw new EmoscopeError('CONFLICT', {
        ru: `Вебхуков не больше ${MAX_WEBHOOKS}.`,
        en: `At most ${MAX_WEBHOOKS} webhooks.`,
      });
    const secret = `whsec_${randomBytes(32).toString('base64url')}`;
    const webhook = { id: randomUUID(), url, events: [...events], secret, createdTs: Date.now() };
    this.addLane(webhook);
    await this.save();
    const { secret: _kept, ...view } = webhook;
    return { ...view, url: hideAddress(url), waiting: 0, dropped: 0, withheld: this.withheldOf(view), secret };
  }

  /** Throws NOT_FOUND, or CONFLICT when the file is damaged. */
  async remove(id: string): Promise<void> {
    const lane = this.lanes.get(id);
    if (lane === undefined)
      throw new EmoscopeError('NOT_FOUND', { ru: 'Такого вебхука нет.', en: 'No webhook has this id.' });
    this.assertWritable();
    this.lanes.delete(id);
    lane.stop.abort();
    await this.save();
  }

  /** Newest first. */
  deadLetters(): readonly DeadLetter[] {
    return this.dead.map(({ letter }) => letter).reverse();
  }

  /** Sends a dead letter again; throws NOT_FOUND. */
  retry(id: string): void {
    const found = this.dead.find(({ letter }) => letter.id === id);
    const lane = found === undefined ? undefined : this.lanes.get(found.letter.webhookId);
    if (found === undefined || lane === undefined)
      throw new EmoscopeError('NOT_FOUND', {
        ru: 'Такого недоставленного события нет.',
        en: 'No dead letter has this id.',
      });
    this.dead = this.dead.filter((entry) => entry !== found);
    this.enqueue(lane, found.message);
  }

  /** Hands an event to every webhook that asked for it; never waits. */
  publish(event: WebhookEvent, data: unknown): void {
    if (this.options.withheld?.includes(event) === true) return;
    const wanting = [...this.lanes.values()].filter(({ webhook }) => webhook.events.includes(event));
    if (wanting.length === 0) return;
    const ts = Date.now();
    for (const lane of wanting) {
      const id = randomUUID();
      this.enqueue(lane, { id, event, ts, body: JSON.stringify({ id, event, ts, data }) });
    }
  }

  /** Stops at once; what waits is given up. */
  async close(): Promise<void> {
    for (const { stop } of this.lanes.values()) stop.abort();
    await Promise.all([...this.lanes.values()].map(({ running }) => running ?? Promise.resolve()));
  }

  private withheldOf({ events }: Pick<StoredWebhook, 'events'>): WebhookEvent[] {
    return events.filter((event) => this.options.withheld?.includes(event));
  }

  private assertTarget(text: string): void {
    if (!isWebhookAddress(text)) {
      throw new EmoscopeError('VALIDATION', {
        ru: 'Вебхук — полный адрес http или https без имени пользователя.',
        en: 'A webhook is an absolute http or https URL without a user name.',
      });
    }
    const host = new URL(text).hostname.replace(/^\[|\]$/g, '');
    const isPrivate = isIP(host) === 0 ? host === 'localhost' || host.endsWith('.localhost') : !isPublicAddress(host);
    if (isPrivate && !this.options.allowPrivate) {
      throw new EmoscopeError('VALIDATION', {
        ru: 'Вебхук ведёт на внутренний адрес; это разрешает webhooks.allowPrivateAddresses.',
        en: 'The webhook leads to a private address; webhooks.allowPrivateAddresses permits that.',
      });
    }
  }

  /** A file that we could not read is not replaced. */
  private assertWritable(): void {
    if (this.file.fault === null) return;
    throw new EmoscopeError('CONFLICT', {
      ru: 'Файл webhooks.json повреждён или не читается: исправьте или уберите его и перезапустите сервис.',
      en: 'The file webhooks.json is damaged or unreadable: mend it or move it away, and restart the service.',
    });
  }

  private addLane(webhook: StoredWebhook): void {
    this.lanes.set(webhook.id, { webhook, stop: new AbortController(), queue: [], dropped: 0, running: null });
  }

  private enqueue(lane: Lane, message: Message): void {
    if (lane.queue.length >= MAX_WAITING) {
      lane.queue.shift();
      lane.dropped += 1;
    }
    lane.queue.push(message);
    lane.running ??= this.run(lane).finally(() => {
      lane.running = null;
    });
  }

  private async run(lane: Lane): Promise<void> {
    const { signal } = lane.stop;
    for (let message = lane.queue.shift(); message !== undefined && !signal.aborted; message = lane.queue.shift()) {
      await this.deliver(lane, message, signal);
    }
  }

  private async deliver({ webhook }: Lane, message: Message, signal: AbortSignal): Promise<void> {
    const { attempts = 6, timeoutMs = 10_000, backoff = BACKOFF, allowPrivate, logger } = this.options;
    const delays = new Backoff(backoff);
    let failure = 'unreachable';
    for (let attempt = 1; attempt <= attempts && !signal.aborted; attempt += 1) {
      if (attempt > 1) await pause(delays.next(), signal);
      try {
        const headers = {
          'content-type': 'application/json',
          'user-agent': 'emoscope-webhook',
          'x-emoscope-event': message.event,
          'x-emoscope-delivery': message.id,
          [SIGNATURE_HEADER]: sign(webhook.secret, Math.floor(Date.now() / 1000), message.body),
        };
        const status = await post({ url: webhook.url, headers, body: message.body, allowPrivate, timeoutMs, signal });
        if (status >= 200 && status < 300) return;
        failure = `status ${status}`;
      } catch (error) {
        failure = failureOf(error);
      }
      logger.warn({ webhook: webhook.id, delivery: message.id, attempt, failure }, 'webhook not delivered');
    }
    if (signal.aborted) return;
    const { id, event, ts } = message;
    this.dead.push({ letter: { id, webhookId: webhook.id, event, ts, attempts, failure }, message });
    if (this.dead.length > MAX_DEAD) this.dead.shift();
  }

  private async save(): Promise<void> {
    const webhooks = [...this.lanes.values()].map(({ webhook }) => webhook);
    await writeFileAtomically(this.options.path, webhooksText(webhooks, this.file.refused));
  }
}
