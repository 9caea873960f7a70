import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { CameraCertificate } from '../../contracts/service/probe-answer.js';
import type { CertificateProblem, OfflineReason } from '../../contracts/stream.js';
import { CameraFault } from '../camera-fault.js';
import { fingerprintText, type Trust } from './trust.js';

/** Where a camera listens with TLS; an IPv6 address without brackets. */
export interface TlsTarget {
  readonly host: string;
  readonly port: number;
}

const CONNECT_MS = 10_000;

const REASONS: Readonly<Record<string, OfflineReason>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ETIMEDOUT: 'timeout',
};

const PROBLEMS: Readonly<Record<string, CertificateProblem>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
};

const PROBLEM_WORDS: Readonly<Record<CertificateProblem, string>> = {
  expired: 'has expired',
  'not-yet-valid': 'is not valid yet',
  'other-host': 'is for another name',
  'self-signed': 'is signed by itself alone',
  'unknown-authority': 'is signed by nobody who is known here',
  changed: 'is not the one with the configured fingerprint',
};

const nameOf = (name: PeerCertificate['subject'] | undefined): string =>
  Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ')
    .slice(0, 300);

const problemOf = (socket: TLSSocket, fingerprint: string, trust: Trust): CertificateProblem | null => {
  if (trust.by === 'fingerprint') return trust.sha256 === fingerprint ? null : 'changed';
  if (socket.authorized) return null;
  // The type says Error; what is there is the code.
  const error: unknown = socket.authorizationError;
  const code = typeof error === 'string' ? error : String((error as { code?: unknown } | null)?.code);
  return PROBLEMS[code] ?? 'unknown-authority';
};

/** A certificate that is not valid yet, or no more, is often a clock that is wrong. */
const whyNot = ({ problem }: CameraCertificate): string => {
  const why = PROBLEM_WORDS[problem ?? 'unknown-authority'];
  const isOfTime = problem === 'expired' || problem === 'not-yet-valid';
  return isOfTime ? `${why} by the clock of this machine (${new Date().toISOString().slice(0, 10)})` : why;
};

/** The certificate of a connection, judged. */
const certificateOf = (socket: TLSSocket, trust: Trust): CameraCertificate => {
  const peer = socket.getPeerCertificate();
  const fingerprint = fingerprintText(createHash('sha256').update(peer.raw).digest('hex'));
  const problem = problemOf(socket, fingerprint, trust);
  return {
    subject: nameOf(peer.subject),
    issuer: nameOf(peer.issuer),
    validFromTs: Date.parse(peer.valid_from),
    validToTs: Date.parse(peer.valid_to),
    fingerprint,
    problem,
    trusted: problem === null || trust.by === 'nothing',
  };
};

const unreachable = (error: Error): CameraFault => {
  const { code = '' } = error as NodeJS.ErrnoException;
  const isTls = code.startsWith('ERR_SSL') || code === 'EPROTO';
  const detail = isTls ? 'The source does not speak TLS, or an old one alone.' : 'The source cannot be connected to.';
  return new CameraFault(REASONS[code] ?? 'unreachable', detail, { cause: error });
};

/**
 * Connects with TLS and gives the connection when its own certificate is trusted; `onCertificate` is told of it either way.
 * A renegotiation, which could bring another one, ends it. Throws CameraFault `untrusted`, or with what kept it from
 * connecting.
 */
export const connectChecked = (
  { host, port }: TlsTarget,
  trust: Trust,
  onCertificate: (certificate: CameraCertificate) => void,
): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      // Judged below, so that the certificate can be shown whatever it is.
      rejectUnauthorized: false,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(trust.by === 'authority' && trust.ca !== null ? { ca: trust.ca } : {}),
    });
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
    }, CONNECT_MS);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error instanceof CameraFault ? error : unreachable(error));
    };
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('closed')));
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      try {
        socket.disableRenegotiation();
        const certificate = certificateOf(socket, trust);
        onCertificate(certificate);
        if (certificate.trusted) {
          resolve(socket.off('error', fail));
          return;
        }
        const why = whyNot(certificate);
        fail(new CameraFault('untrusted', `The certificate ${why} (${certificate.fingerprint}).`));
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
