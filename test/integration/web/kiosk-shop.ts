import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../../src/runtime/clock.js';
import type { Observation } from '../../../src/contracts/observation.js';
import type { Device, FeedbackSettingsInput } from '../../../src/contracts/service/device.js';
import { createIntake } from '../../../src/pipeline/observations/intake.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Store } from '../../../src/store/ports/store.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { freePort } from '../../fixtures/free-port.js';
import { silent, storeConfig } from '../store/stores.js';
import { builtWeb } from './build-web.js';

export type MadeDevice = Device & { readonly pin: string };
type Press = Extract<Observation, { readonly kind: 'press' }>;

/** A service with a real store whose terminals are looked at; it can go away and come back under its address. */
export interface KioskShop {
  readonly url: string;
  /** A new device, with its PIN. */
  add(settings?: FeedbackSettingsInput, placeId?: string): Promise<MadeDevice>;
  revoke(id: string): Promise<void>;
  /** Presses of a device as they are kept, of each the newest revision, oldest first. */
  presses(deviceId: string): Promise<readonly Press[]>;
  leave(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export const openKioskShop = async (): Promise<KioskShop> => {
  const folder = temporaryFolder('kiosk');
  mkdirSync(path.join(folder.path, 'data'));
  const [webRoot, port] = [await builtWeb(), await freePort()];
  const config = storeConfig({ path: path.join(folder.path, 'data', 'kiosk.duckdb') });
  const store: Store = await openStore(config, silent);
  const start = async (): Promise<TestApp> => {
    const service = await testApp(
      {
        places: [
          { id: 'exit', name: 'Выход' },
          { id: 'till', name: 'Касса' },
        ],
        server: { port, accounts: path.join(folder.path, 'accounts.json') },
      },
      webRoot,
      '0',
      (all) => ({ observations: createIntake({ store, sink: store, config: () => all, clock: systemClock }) }),
    );
    await service.app.listen();
    return service;
  };
  let service: TestApp | null = await start();
  const url = `http://localhost:${port}/`;
  let devices = 0;
  const ask = async (method: string, at: string, body?: object): Promise<Response> =>
    fetch(`${url}api/v1/${at}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const leave = async (): Promise<void> => {
    await service?.app.close();
    service = null;
  };
  return {
    ...{ url, leave },
    add: async (settings = {}, placeId = 'exit') => {
      devices += 1;
      const body = { name: `Планшет ${devices}`, placeId, kind: 'feedback', settings };
      return (await (await ask('POST', 'devices', body)).json()) as MadeDevice;
    },
    revoke: async (id) => {
      await ask('DELETE', `devices/${id}`);
    },
    presses: async (deviceId) => {
      const now = Date.now();
      const period = { fromTs: now - 86_400_000, toTs: now + 86_400_000 };
      const all = await store.observations({ ...period, kinds: ['press'], limit: 10_000 });
      return all.filter((one): one is Press => one.kind === 'press' && one.deviceId === deviceId);
    },
    comeBack: async () => {
      service = await start();
    },
    stop: async () => {
      await leave();
      await store.close();
      folder.remove();
    },
  };
};
