/** An address `[listen:]scheme://[user[:password]@]host[:port]tail`, understood once for the decoder and for hiding. */
export interface Address {
  /** `listen:` or nothing. */
  readonly prefix: string;
  /** Lower case, without a colon. */
  readonly scheme: string;
  /** What stands before the `@`, as written; null where there is none. */
  readonly userInfo: string | null;
  /** Without port; an IPv6 address in its brackets. */
  readonly host: string;
  readonly port: string | null;
  /** Path, query and fragment, as written. */
  readonly tail: string;
  /** The tail from the last `@` on that might still belong to a password; the whole tail in every common address. */
  readonly openTail: string;
  /** Whether host and port can be those of a machine. */
  readonly valid: boolean;
}

const SCHEME = /^(listen:)?([a-z][a-z0-9+.-]{0,31}):\/\//i;
const HOST = /^(\[[0-9a-f:.]{2,45}\]|[\p{L}\p{N}._-]{0,253})(?::(\d{0,5}))?$/iu;
const LONGEST_HOST = 262;
/** A host that nobody types into a password by chance. */
const CERTAIN_HOST = /^(?:\[.*|localhost|.*\..*|.*:\d+)$/i;

interface Host {
  readonly host: string;
  readonly port: string | null;
}

const hostOf = (text: string): Host | null => {
  const match = text.length > LONGEST_HOST ? null : HOST.exec(text);
  if (match === null || Number(match[2] ?? 0) > 65_535) return null;
  return { host: match[1] ?? '', port: match[2] === undefined || match[2] === '' ? null : match[2] };
};

const endOfAuthority = (text: string): number => {
  const end = text.search(/[/?#]/);
  return end < 0 ? text.length : end;
};

/** The last `@` that a host can follow, or -1; every character is looked at once. */
const lastHostMark = (text: string): number => {
  let end = text.length;
  for (let at = text.lastIndexOf('@'); at >= 0; at = at === 0 ? -1 : text.lastIndexOf('@', at - 1)) {
    const after = text.slice(at + 1, end);
    const host = after.slice(0, endOfAuthority(after));
    if (host !== '' && (end === text.length || host.length < after.length) && hostOf(host) !== null) return at;
    end = at;
  }
  return -1;
};

/**
 * Reads an address, or gives null for text that has no `scheme://`. Where the user's password holds `/`, `?` or `#`,
 * which a URL would have encoded, it reaches to the last `@` that a host follows, unless what stands before the first of
 * them names a machine for certain. Linear in the length of the text.
 */
export const readAddress = (text: string): Address | null => {
  const head = SCHEME.exec(text);
  if (head === null) return null;
  const rest = text.slice(head[0].length);
  const end = endOfAuthority(rest);
  const standardMark = rest.lastIndexOf('@', end - 1);
  const standardHost = rest.slice(standardMark + 1, end);
  const isWhole = hostOf(standardHost) !== null;
  const lastMark = end === 0 ? -1 : rest.lastIndexOf('@');
  const doubtful = lastMark > end && (!isWhole || (standardMark >= 0 && !CERTAIN_HOST.test(standardHost)));
  const mark = doubtful ? Math.max(standardMark, lastHostMark(rest)) : standardMark;
  const afterMark = rest.slice(mark + 1);
  const hostText = afterMark.slice(0, endOfAuthority(afterMark));
  const host = hostOf(hostText);
  const tail = afterMark.slice(hostText.length);
  const hasUser = mark >= 0 || !isWhole;
  return {
    prefix: (head[1] ?? '').toLowerCase(),
    scheme: (head[2] ?? '').toLowerCase(),
    userInfo: mark < 0 ? null : rest.slice(0, mark),
    host: host?.host ?? hostText,
    port: host?.port ?? null,
    tail,
    openTail: hasUser && tail.includes('@') ? tail.slice(tail.lastIndexOf('@')) : tail,
    valid: host !== null,
  };
};

/** A text with its `%XX` read; what is not one stays as it is. Never throws. */
export const percentDecoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));

/** User name and password of an address, decoded; empty where there are none. */
export const credentialsOf = ({ userInfo }: Address): { readonly user: string; readonly password: string } => {
  const [user = '', ...password] = (userInfo ?? '').split(':');
  return { user: percentDecoded(user), password: percentDecoded(password.join(':')) };
};

const percentEncoded = (text: string, characters: RegExp): string =>
  text.replace(characters, (character) => encodeURIComponent(character));

/** The address as a program takes it: what a URL does not allow in its place is encoded, all else is as written. */
export const addressText = ({ prefix, scheme, userInfo, host, port, tail }: Address): string =>
  [
    `${prefix}${scheme}://`,
    userInfo === null ? '' : `${percentEncoded(userInfo, /[/?#]/g)}@`,
    host,
    port === null ? '' : `:${port}`,
    percentEncoded(tail, / /g),
  ].join('');
