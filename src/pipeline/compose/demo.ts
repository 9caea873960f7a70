import { join } from 'node:path';
import { configSchema, type Config } from '../../config/schema.js';
import type { Language } from '../../contracts/language.js';
import { DEMO_CONTACT, makeDemoVideos } from '../../ingest/demo/make-demo-videos.js';
import { fillDemoStore } from '../demo/fill-demo-store.js';
import type { ServiceOptions } from './parts.js';

const DEMO_STREAMS = {
  entrance: 'entrance',
  exit: 'exit',
  customer: DEMO_CONTACT.customer,
  seller: DEMO_CONTACT.seller,
} as const;

/** How the demonstration is shown. */
export interface DemoSetup {
  /** Stands over every page and every report, so that no figure is taken for a real one. */
  readonly siteName: string;
  readonly language: Language;
  readonly port: number;
  /** Where accounts and the store lie. */
  readonly folder: string;
}

const REGISTERS = {
  places: [
    { id: 'door', ru: 'Вход и выход', en: 'Door', views: [DEMO_STREAMS.entrance, DEMO_STREAMS.exit] },
    {
      id: 'till',
      ru: 'Касса',
      en: 'Till',
      views: [DEMO_STREAMS.customer],
      contact: DEMO_CONTACT.id,
      served: 'contacts',
    },
  ],
  factors: [
    { id: 'range', ru: 'Ассортимент', en: 'Assortment' },
    { id: 'price', ru: 'Цены', en: 'Prices' },
    { id: 'merchandising', ru: 'Выкладка', en: 'Merchandising' },
  ],
  employees: [
    { id: 'e-1', ru: 'Сотрудник 1', en: 'Employee 1' },
    { id: 'e-2', ru: 'Сотрудник 2', en: 'Employee 2' },
  ],
} as const;

/** What facts may be about in the demonstration: invented, as its visitors are. */
const demoRegisters = (language: Language) =>
  Object.fromEntries(
    Object.entries(REGISTERS).map(([register, entries]) => [
      register,
      entries.map(({ ru, en, ...entry }) => ({ ...entry, name: { ru, en }[language] })),
    ]),
  );

/** The demo cameras' videos, made where they are not there yet; `onProgress` hears of each camera's share, 0–1. */
export const demoVideos = (onProgress: (camera: string, share: number) => void): ReturnType<typeof makeDemoVideos> =>
  makeDemoVideos({ onProgress });

/** The configuration of the demonstration, and what fills its store with a week of invented visitors beside the cameras. */
export const composeDemo = (
  videos: Awaited<ReturnType<typeof demoVideos>>,
  { siteName, language, port, folder }: DemoSetup,
): { readonly config: Config } & Required<Pick<ServiceOptions, 'beside'>> => {
  const config = configSchema.parse({
    site: { name: siteName, language },
    server: { port, accounts: join(folder, 'accounts.json') },
    store: { path: join(folder, 'demo.duckdb') },
    // Nobody in the photographs works here, so that the seller's curve can be shown.
    privacy: { jurisdiction: 'other', sellerAnalytics: 'on' },
    streams: videos.map(({ id, name, role, file }) => ({
      id,
      name: name[language],
      role,
      url: file,
      loop: true,
      fps: 5,
      // The demonstration is made of photographs.
      stillFaces: 'keep',
    })),
    contacts: [{ ...DEMO_CONTACT, name: DEMO_CONTACT.name[language] }],
    ...demoRegisters(language),
  });
  return { config, beside: (store, signal) => fillDemoStore(store, config, DEMO_STREAMS, Date.now(), signal) };
};
