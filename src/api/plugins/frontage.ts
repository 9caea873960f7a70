import type { Proxies, Frontage } from '../auth/proxies.js';
import type { Api } from '../context.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** How the caller sees us, and from where: what our own proxies say is believed here, and Fastify itself reads none of it. */
    frontage: Frontage;
  }
}

/** Reads what trusted proxies say of a request; to be installed before anything that asks for the caller's address. */
export const installFrontage = (app: Api, proxies: Proxies): void => {
  app.decorateRequest('frontage');
  app.addHook('onRequest', (request, _reply, done) => {
    request.frontage = proxies.frontage(request.headers, request.socket.remoteAddress ?? '');
    done();
  });
};
