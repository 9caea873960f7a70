import { hideTail, type Hidden } from './hide-tail.js';
import { percentDecoded, readAddress, type Address } from './read-address.js';

const HIDDEN = '***';
/** Shorter ones would garble what is said about the address. */
const LEAST_SECRET = 3;

/** Paths that a publisher must know to push to them. */
const KEYED = ['rtmp', 'rtsp'];

/** The end of such a path is its key. */
const hideKey = (tail: string): Hidden => {
  const name = tail.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  if (name === '') return hideTail(tail);
  const at = name.lastIndexOf('/') + 1;
  return { shown: `${tail.slice(0, at)}${HIDDEN}`, secrets: [tail.slice(at), name.slice(at)] };
};

/** What of an address may be shown, and the secrets in it as they are written. */
const dissect = (address: Address): Hidden => {
  const { prefix, scheme, userInfo, host, port, valid } = address;
  const isKeyed = prefix !== '' && KEYED.includes(scheme);
  const tail = isKeyed ? hideKey(address.tail) : hideTail(address.tail);
  // What follows a host that is none, such as `admin:secret`, is a password whose @ is missing.
  const brokenAt = valid ? -1 : host.indexOf(':');
  const shownHost = brokenAt < 0 ? host : `${host.slice(0, brokenAt)}:${HIDDEN}`;
  const doubtful = address.openTail !== address.tail;
  const end = doubtful ? `/${HIDDEN}${hideTail(address.openTail).shown}` : tail.shown;
  const user = userInfo === null ? '' : `${HIDDEN}@`;
  return {
    shown: `${prefix}${scheme}://${user}${shownHost}${port === null ? '' : `:${port}`}${end}`,
    secrets: [
      ...(userInfo === null ? [] : [userInfo, userInfo.slice(userInfo.indexOf(':') + 1)]),
      ...(brokenAt < 0 ? [] : [host.slice(brokenAt + 1)]),
      ...(doubtful ? [address.tail] : tail.secrets),
    ].filter((secret) => secret !== HIDDEN && secret !== ''),
  };
};

/** A text that is one address, or was meant to be one, with its credentials hidden; a file's name stays as it is. */
export const hideAddress = (text: string): string => {
  const address = readAddress(text);
  if (address !== null) return address.scheme === 'file' ? text : dissect(address).shown;
  const at = text.lastIndexOf('@');
  // The scheme was forgotten.
  return /^[^/]*:/.test(text.slice(0, Math.max(0, at))) && !/^(?:file|v4l2):/i.test(text)
    ? HIDDEN + text.slice(at)
    : text;
};

/** Whether an address holds anything that must not be shown. */
export const hasSecret = (text: string): boolean => {
  const address = readAddress(text);
  return address !== null && dissect(address).secrets.length > 0;
};

/** A function that hides the secrets of one address wherever they stand alone, as written and decoded. */
export const hiderOf = (text: string): ((line: string) => string) => {
  const address = readAddress(text);
  const written = address === null ? [] : dissect(address).secrets;
  const secrets = [
    ...new Set(written.flatMap((secret) => [secret, percentDecoded(secret), encodeURI(wellFormed(secret))])),
  ]
    .filter((secret) => secret.length >= LEAST_SECRET)
    .sort((a, b) => b.length - a.length);
  return (line) => secrets.reduce((hidden, secret) => hidden.replaceAll(secret, HIDDEN), line);
};

/** `encodeURI` throws for half a surrogate pair. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
