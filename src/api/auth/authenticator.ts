import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../../config/schema.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Accounts } from './accounts.js';
import { hostNameOf, isForeignOrigin, isLoopbackHost } from './origin.js';
import type { Identity } from './roles.js';
import type { Frontage, Proxies } from './proxies.js';
import type { Sessions } from './sessions.js';

/** What of a request or a socket handshake tells who is asking. */
export interface Credentials {
  readonly headers: IncomingHttpHeaders;
  /** Address of the TCP peer. */
  readonly peerAddress: string;
  /** Session cookie, or undefined. */
  readonly cookie: string | undefined;
}

/** The credential that a request carries in its head; null: none. */
export const bearer = (headers: IncomingHttpHeaders): string | null => {
  const apiKey = headers['x-api-key'];
  if (typeof apiKey === 'string') return apiKey;
  const match = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(headers.authorization ?? '');
  return match?.[1] ?? null;
};

/** Finds out who is asking. While there are no accounts, everybody on this machine is admin. */
export class Authenticator {
  constructor(
    private readonly server: Config['server'],
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly proxies: Proxies,
  ) {}

  /** How the browser behind a request or a handshake sees us. */
  frontage({ headers, peerAddress }: Pick<Credentials, 'headers' | 'peerAddress'>): Frontage {
    return this.proxies.frontage(headers, peerAddress);
  }

  /** Over an encrypted connection the cookie is bound to the host. */
  cookieName({ isSecure }: Pick<Frontage, 'isSecure'>): string {
    return isSecure ? '__Host-emoscope_session' : 'emoscope_session';
  }

  /** Whether a browser sent this from a page of somebody else. */
  isForeign({ headers, peerAddress }: Pick<Credentials, 'headers' | 'peerAddress'>): boolean {
    return isForeignOrigin(headers, this.proxies.frontage(headers, peerAddress).host, this.server.corsOrigins);
  }

  /** No account exists and only this machine can reach us: everyone who gets here is admin. */
  get isOpen(): boolean {
    return !this.accounts.hasAccounts && isLoopbackHost(this.server.host) && this.server.trustProxy === false;
  }

  /** null: nobody we know. Throws UNAUTHENTICATED for a key that is wrong, FORBIDDEN for a foreign page in open mode. */
  async identify({ headers, peerAddress, cookie }: Credentials): Promise<Identity | null> {
    await this.accounts.refresh();
    if (this.isOpen) {
      this.assertLocal(headers, peerAddress);
      return { actor: 'loopback', role: 'admin', via: 'loopback', csrfToken: null };
    }
    const token = bearer(headers);
    if (token !== null) {
      let key = this.accounts.keyOf(token);
      if (key === null) {
        // Another process may have made it a moment ago.
        await this.accounts.refresh(true);
        key = this.accounts.keyOf(token);
      }
      if (key === null)
        throw new EmoscopeError('UNAUTHENTICATED', { ru: 'Такого ключа API нет.', en: 'This API key is not valid.' });
      return { actor: `key:${key.name}`, role: key.role, via: 'key', csrfToken: null };
    }
    if (cookie === undefined) return null;
    const session = this.sessions.find(cookie);
    const user = session === null ? undefined : this.accounts.find(session.userName);
    if (session === null || user?.stamp !== session.stamp) return null;
    return { actor: `user:${user.name}`, role: user.role, via: 'session', csrfToken: session.csrfToken };
  }

  /** A page from elsewhere may neither name us by its own host (DNS rebinding) nor post to us. */
  private assertLocal(headers: IncomingHttpHeaders, peerAddress: string): void {
    const host = hostNameOf(headers.host);
    if (host === null || !isLoopbackHost(host) || !isLoopbackHost(peerAddress)) {
      throw new EmoscopeError('FORBIDDEN', {
        ru: 'Без учётных записей сервис отвечает только этому компьютеру, например по имени localhost.',
        en: 'Without accounts the service answers to loopback names alone, such as localhost.',
      });
    }
    if (this.proxies.isFromElsewhere(headers)) {
      throw new EmoscopeError('FORBIDDEN', {
        ru: 'Без учётных записей сервис не отвечает тем, кто приходит через прокси: создайте запись командой «emoscope user add» и задайте server.trustProxy.',
        en: 'Without accounts the service answers nobody who comes through a proxy; create one with "emoscope user add" and set server.trustProxy.',
      });
    }
    if (this.isForeign({ headers, peerAddress })) {
      throw new EmoscopeError('FORBIDDEN', {
        ru: 'Без учётных записей сервис не отвечает чужим страницам.',
        en: 'Without accounts the service does not answer pages from elsewhere.',
      });
    }
  }
}
