/** What of a service worker's world is used here; the types of the page's world do not have it. */
interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetched extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerWorld {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(): Promise<readonly { postMessage(message: unknown): void }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate' | 'message', react: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', react: (event: Fetched) => void): void;
}

const world = self as unknown as WorkerWorld;
/** The page of the kiosk; its address is the scope. */
const PAGE = world.registration.scope;
const CACHE = `kiosk ${PAGE}`;

const fetchGood = async (address: string): Promise<Response> => {
  const answer = await fetch(address, { cache: 'no-cache' });
  if (!answer.ok || answer.redirected) throw new Error(`no ${address}`);
  return answer;
};

/** Takes over a new page with all that it needs, or nothing; open pages are told of a new one. */
const refresh = async (): Promise<void> => {
  const cache = await caches.open(CACHE);
  const page = await fetchGood(PAGE);
  const text = await page.clone().text();
  const before = await (await cache.match(PAGE))?.text();
  if (text === before) return;
  const needed = [...text.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)].map(([, path = '']) => new URL(path, PAGE).href);
  const parts = await Promise.all(needed.map(async (address) => [address, await fetchGood(address)] as const));
  for (const [address, part] of parts) await cache.put(address, part);
  await cache.put(PAGE, page);
  for (const { url } of await cache.keys()) if (url !== PAGE && !needed.includes(url)) await cache.delete(url);
  if (before !== undefined) for (const client of await world.clients.matchAll()) client.postMessage('fresh');
};

const kept = async (address: string): Promise<Response | undefined> => (await caches.open(CACHE)).match(address);

world.addEventListener('install', (event) => {
  event.waitUntil(refresh().then(() => world.skipWaiting()));
});

world.addEventListener('activate', (event) => {
  event.waitUntil(world.clients.claim());
});

/** The page asks now and then whether there is a new one. */
world.addEventListener('message', (event) => {
  event.waitUntil(refresh().catch(() => undefined));
});

world.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    event.waitUntil(refresh().catch(() => undefined));
    event.respondWith(kept(PAGE).then((page) => page ?? fetch(request)));
    return;
  }
  if (request.url.startsWith(new URL('api/', PAGE).href)) return;
  event.respondWith(kept(request.url).then((part) => part ?? fetch(request)));
});
