const LOOK_MS = 3_600_000;

/** Set once a new page is there; whoever is idle may reload. */
let isFresh = false;

/** Has the page open without a network, which browsers grant over TLS and on this machine alone; looks hourly for a new one. */
export const keepPage = (): void => {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', () => {
    isFresh = true;
  });
  serviceWorker.register('./kiosk-worker.js', { scope: './kiosk' }).catch(() => undefined);
  setInterval(() => serviceWorker.controller?.postMessage('look'), LOOK_MS);
};

/** Called while nobody uses the page. */
export const takeFreshPage = (): void => {
  if (!isFresh) return;
  isFresh = false;
  location.reload();
};
