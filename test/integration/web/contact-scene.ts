import { createRequire } from 'node:module';
import path from 'node:path';
import { pino } from 'pino';
import { configSchema } from '../../../src/config/schema.js';
import { startService } from '../../../src/pipeline/compose/service.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { builtWeb } from './build-web.js';

const require = createRequire(import.meta.url);
const photos = path.join(path.dirname(require.resolve('@vladmandic/face-api/package.json')), 'demo');

/** A view into a photograph: its centre as fractions; every view is 0.36 of the photograph wide, 16:9. */
interface Person {
  readonly photo: string;
  readonly cx: number;
  readonly cy: number;
}

const SMILING: Person = { photo: 'sample6.jpg', cx: 0.42, cy: 0.31 };
const DISPLEASED: Person = { photo: 'sample2.jpg', cx: 0.81, cy: 0.2 };
const SELLER: Person = { photo: 'sample1.jpg', cx: 0.82, cy: 0.28 };

const view = (input: number, { cx, cy }: Person): string =>
  `[${String(input)}]crop=iw*0.36:iw*0.2025:${String(cx)}*iw-ow/2:${String(cy)}*ih-oh/2,scale=640:360,setsar=1`;

const ENCODING = ['-r', '10', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '10', '-pix_fmt', 'yuv420p'];
const still = (photo: string, seconds: number): readonly string[] => [
  ...['-loop', '1', '-framerate', '10', '-t', String(seconds), '-i', path.join(photos, photo)],
];

/** The displeased visit is long enough for the response window, the last smiling one longer still. */
const VISITS: readonly { readonly person: Person; readonly seconds: number }[] = [
  { person: SMILING, seconds: 2 },
  { person: DISPLEASED, seconds: 6 },
  { person: SMILING, seconds: 8 },
];
/** Between visits nobody is there for longer than a contact bridges. */
const PAUSE_S = 3.6;

const makeCustomerClip = (file: string): void => {
  const pauses = VISITS.map((_, index) => `[n${String(index)}]`);
  const nobody = `color=gray:size=640x360:rate=10:duration=${String(PAUSE_S)},setsar=1,split=3${pauses.join('')}`;
  const visits = VISITS.map(({ person }, index) => `${view(index, person)}[v${String(index)}]`);
  const order = VISITS.map((_, index) => `[v${String(index)}]${pauses[index] ?? ''}`);
  ffmpegSync(
    ...VISITS.flatMap(({ person, seconds }) => still(person.photo, seconds)),
    ...['-filter_complex', `${nobody};${visits.join(';')};${order.join('')}concat=n=6[out]`],
    ...['-map', '[out]', ...ENCODING, file],
  );
};

/**
 * As long as the customers' clip: a calm face, and a smile 2 s after the displeased customer came and 3 s after the last,
 * so that a second or two between the two cameras change nothing.
 */
const SELLER_FACES: readonly { readonly person: Person; readonly seconds: number }[] = [
  { person: DISPLEASED, seconds: 7.6 },
  { person: SELLER, seconds: 3 },
  { person: DISPLEASED, seconds: 7.6 },
  { person: SELLER, seconds: 3 },
  { person: DISPLEASED, seconds: 5.6 },
];

const makeSellerClip = (file: string): void => {
  const faces = SELLER_FACES.map(({ person }, index) => `${view(index, person)}[f${String(index)}]`);
  const order = SELLER_FACES.map((_, index) => `[f${String(index)}]`);
  ffmpegSync(
    ...SELLER_FACES.flatMap(({ person, seconds }) => still(person.photo, seconds)),
    ...['-filter_complex', `${faces.join(';')};${order.join('')}concat=n=${String(order.length)}[out]`],
    ...['-map', '[out]', ...ENCODING, file],
  );
};

/** The real service over a till: a seller who smiles at each customer, one who does not answer, and one who smiles already. */
export const startContactScene = async (smileAlarm: number) => {
  const folder = temporaryFolder('contact-scene');
  const at = (name: string): string => path.join(folder.path, name);
  makeCustomerClip(at('customer.mp4'));
  makeSellerClip(at('seller.mp4'));
  const webRoot = await builtWeb();
  const config = configSchema.parse({
    site: { name: 'Проверка', timeZone: 'Europe/Moscow' },
    server: { port: 0, accounts: at('accounts.json'), rateLimitPerMinute: 100_000 },
    store: { path: at('emoscope.duckdb') },
    inference: { threads: 1, expression: 'fast' },
    metrics: { smileAlarm },
    privacy: { jurisdiction: 'other', sellerAnalytics: 'on', kAnonymity: 1 },
    streams: [
      {
        id: 'customer',
        name: 'Покупатель',
        role: 'customer',
        url: at('customer.mp4'),
        loop: true,
        fps: 3,
        stillFaces: 'keep',
      },
      { id: 'seller', name: 'Продавец', role: 'seller', url: at('seller.mp4'), loop: true, fps: 3, stillFaces: 'keep' },
    ],
    contacts: [{ id: 'till', name: 'Касса', seller: 'seller', customer: 'customer' }],
  });
  const service = await startService({
    config,
    configFile: null,
    logger: pino({ level: 'silent' }),
    version: '0.0.0-test',
    webRoot,
  });
  return {
    url: service.url,
    stop: async (): Promise<void> => {
      await service.stop();
      folder.remove();
    },
  };
};
