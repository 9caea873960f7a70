import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Api } from '../context.js';

const PAGE = /^\/[a-z0-9/_-]*$/i;

/** Serves the built dashboard, and the page of terminals under its own address. */
export const installDashboard = async (app: Api, webRoot: string | undefined): Promise<void> => {
  app.get('/kiosk', { schema: { hide: true } }, (_request, reply) =>
    webRoot === undefined || !existsSync(join(webRoot, 'kiosk.html'))
      ? reply.callNotFound()
      : reply.sendFile('kiosk.html'),
  );
  if (webRoot === undefined) return;
  if (!existsSync(join(webRoot, 'index.html'))) {
    app.log.warn('the dashboard is not built; only the API is served');
    return;
  }
  await app.register(fastifyStatic, {
    root: webRoot,
    prefix: '/',
    wildcard: true,
    index: ['index.html'],
    dotfiles: 'deny',
    setHeaders: (reply, path) => {
      const isHashed = path.startsWith(join(webRoot, 'assets'));
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};

/** Where the dashboard shows the page that was asked for as a path: behind `#`, relative, since a proxy may add a prefix. */
export const pageAddress = (url: string): string => {
  const [path = '', query] = url.split('?', 2);
  const parts = path.split('/').filter((part) => part !== '');
  const up = '../'.repeat(Math.max(0, path.split('/').length - 2));
  return `${up === '' ? './' : up}#/${parts.join('/')}${query === undefined ? '' : `?${query}`}`;
};

/** Whether an unmatched request is a browser opening one of the dashboard's pages. */
export const isPageRequest = (method: string, url: string, accept: string | undefined): boolean => {
  const path = url.split('?', 1)[0] ?? '';
  return (
    method === 'GET' &&
    (accept ?? '').includes('text/html') &&
    PAGE.test(path) &&
    !/^\/(api|docs|metrics|healthz|readyz|socket\.io)(\/|$)/.test(path)
  );
};
