import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Device, FeedbackSettings } from '../../contracts/service/device.js';
import type { Clock } from '../../runtime/clock.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Logger } from '../../runtime/logger.js';
import { MINUTE_MS } from '../../time/units.js';
import { writeFileAtomically } from '../auth/accounts-file.js';
import { devicesText, readDevices, type DeviceFile, type StoredDevice } from './device-file.js';

/** How long a PIN can be used. */
export const PIN_MS = 10 * MINUTE_MS;
/** Last contacts are on disk to this. */
const SEEN_STEP_MS = 15 * MINUTE_MS;
const MAX_DEVICES = 500;
const TOKEN = /^emd_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;

export interface DevicesOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface NewDevice {
  readonly name: string;
  readonly placeId: string;
  readonly kind: StoredDevice['kind'];
  readonly settings: FeedbackSettings;
}

interface Pin {
  readonly sha256: string;
  /** By the monotonic clock. */
  readonly untilMs: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Whether a credential is a device's, good or not. */
export const isDeviceToken = (token: string): boolean => token.startsWith('emd_');

/**
 * Devices of this installation, in a file of hashes. A PIN that pairs one lies in memory alone: six digits are no secret to
 * whoever could read their hash, and a restart voids them.
 */
export class Devices {
  private readonly pins = new Map<string, Pin>();
  private readonly known: Map<string, StoredDevice>;
  private saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: DevicesOptions,
    private readonly file: DeviceFile,
  ) {
    this.known = new Map(file.devices.map((one) => [one.id, one]));
  }

  /** What of the file cannot be taken is logged by its place and left out; it never keeps the service from starting. */
  static async open(options: DevicesOptions): Promise<Devices> {
    const file = await readDevices(options.path);
    const { logger } = options;
    if (file.fault !== null) logger.error(`devices.json is ${file.fault}: no device is let in until it is mended`);
    for (const { at, problem } of file.refused) logger.error({ problem }, `devices.json: ${at} is left out`);
    return new Devices(options, file);
  }

  list(): readonly Device[] {
    return [...this.known.values()].map(({ secretSha256: _secret, ...rest }) => ({
      ...rest,
      state: this.stateOf(rest),
    }));
  }

  /** Adds a device that waits for its PIN, which is shown this once. Throws EXISTS for a name in use, CONFLICT. */
  async add(made: NewDevice): Promise<{ readonly device: Device; readonly pin: string; readonly pinUntilTs: number }> {
    const { clock } = this.options;
    this.assertWritable();
    const living = [...this.known.values()].filter(({ revokedTs }) => revokedTs === null);
    if (living.some(({ name }) => name === made.name))
      throw new EmoscopeError('EXISTS', {
        ru: `Устройство «${made.name}» уже есть: по имени его узнают в журнале, поэтому оно одно.`,
        en: `A device called "${made.name}" exists already; the audit log tells devices by their names.`,
      });
    if (this.known.size >= MAX_DEVICES)
      throw new EmoscopeError('CONFLICT', {
        ru: `Устройств не больше ${MAX_DEVICES}; уберите из списка отключённые.`,
        en: `At most ${MAX_DEVICES} devices; take revoked ones off the list.`,
      });
    const id = randomBytes(6).toString('hex');
    const none = { pairedTs: null, lastSeenTs: null, revokedTs: null, secretSha256: null };
    await this.keep({ ...made, id, createdTs: clock.now(), ...none });
    const pin = this.freshPin();
    this.pins.set(id, { sha256: sha256(pin), untilMs: clock.monotonic() + PIN_MS });
    const device = this.list().find((one) => one.id === id);
    if (device === undefined) throw new EmoscopeError('INTERNAL', 'The device is gone.');
    return { device, pin, pinUntilTs: clock.now() + PIN_MS };
  }

  /** The device and its token, shown this once; null for a PIN that is wrong, used or too old. */
  async pair(pin: string): Promise<{ readonly device: StoredDevice; readonly token: string } | null> {
    const { clock } = this.options;
    const now = clock.monotonic();
    const hash = sha256(pin);
    const [id] = [...this.pins].find(([, one]) => one.untilMs > now && isSame(one.sha256, hash)) ?? [];
    const waiting = id === undefined ? undefined : this.known.get(id);
    if (id === undefined || waiting === undefined) return null;
    // Before anything is waited for: two tablets with one PIN must not both get in.
    this.pins.delete(id);
    const secret = randomBytes(32).toString('base64url');
    const ts = clock.now();
    const device = { ...waiting, pairedTs: ts, lastSeenTs: ts, secretSha256: sha256(secret) };
    await this.keep(device);
    return { device, token: `emd_${id}_${secret}` };
  }

  /** The device that a token is of, whose last contact is now; null where it is of none, or of a revoked one. */
  deviceOf(token: string): StoredDevice | null {
    const [, id = '', secret = ''] = TOKEN.exec(token) ?? [];
    const found = this.known.get(id);
    const isRight = isSame(sha256(secret), found?.secretSha256 ?? sha256(''));
    if (found === undefined || !isRight || found.secretSha256 === null || found.revokedTs !== null) return null;
    const now = this.options.clock.now();
    const seen = { ...found, lastSeenTs: now };
    this.known.set(id, seen);
    const isNews = Math.floor(now / SEEN_STEP_MS) !== Math.floor((found.lastSeenTs ?? 0) / SEEN_STEP_MS);
    if (isNews) void this.save().catch((error: unknown) => this.options.logger.warn({ err: error }, 'devices.json'));
    return seen;
  }

  /** Revokes a device at once; one that never was paired, or is revoked, leaves the list. Throws NOT_FOUND, CONFLICT. */
  async remove(id: string): Promise<void> {
    const found = this.known.get(id);
    if (found === undefined)
      throw new EmoscopeError('NOT_FOUND', { ru: 'Такого устройства нет.', en: 'No device has this id.' });
    this.assertWritable();
    this.pins.delete(id);
    const isOver = found.pairedTs === null || found.revokedTs !== null;
    // Gone at once, even where the disk does not take it.
    if (isOver) this.known.delete(id);
    else this.known.set(id, { ...found, revokedTs: this.options.clock.now(), secretSha256: null });
    await this.save();
  }

  /** Resolves when the last contacts are on disk. */
  async close(): Promise<void> {
    await this.saving;
  }

  private stateOf({ id, pairedTs, revokedTs }: Omit<StoredDevice, 'secretSha256'>): Device['state'] {
    if (revokedTs !== null) return 'revoked';
    if (pairedTs !== null) return 'paired';
    return (this.pins.get(id)?.untilMs ?? 0) > this.options.clock.monotonic() ? 'waiting' : 'expired';
  }

  /** A PIN that no other waiting device has. */
  private freshPin(): string {
    for (;;) {
      const pin = String(randomInt(1_000_000)).padStart(6, '0');
      const hash = sha256(pin);
      if (![...this.pins.values()].some((one) => isSame(one.sha256, hash))) return pin;
    }
  }

  /** A file that we could not read is not replaced. */
  private assertWritable(): void {
    if (this.file.fault === null) return;
    throw new EmoscopeError('CONFLICT', {
      ru: 'Файл devices.json повреждён или не читается: исправьте или уберите его и перезапустите сервис.',
      en: 'The file devices.json is damaged or unreadable: mend it or move it away, and restart the service.',
    });
  }

  /** Adds or changes a device; a right that cannot be kept on disk is not given. */
  private async keep(device: StoredDevice): Promise<void> {
    const before = this.known.get(device.id);
    this.known.set(device.id, device);
    try {
      await this.save();
    } catch (error) {
      if (before === undefined) this.known.delete(device.id);
      else this.known.set(device.id, before);
      throw error;
    }
  }

  /** One writing after the other, each of what is known by then. */
  private save(): Promise<void> {
    if (this.file.fault !== null) return Promise.resolve();
    const mine = this.saving.then(() =>
      writeFileAtomically(this.options.path, devicesText([...this.known.values()], this.file.refused)),
    );
    this.saving = mine.catch(() => undefined);
    return mine;
  }
}
