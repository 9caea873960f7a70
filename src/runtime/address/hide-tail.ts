/** Keys of a path or query whose values tell nothing about who asks; every other value is hidden. */
const OPEN_KEYS = new Set(
  [
    ...['channel', 'channelid', 'ch', 'chn', 'chid', 'chno', 'cam', 'camera', 'stream', 'streamid', 'streamtype'],
    ...['subtype', 'sub', 'main', 'type', 'real_stream', 'track', 'trackid', 'profile', 'resolution', 'res', 'width'],
    ...['height', 'w', 'h', 'size', 'fps', 'framerate', 'rate', 'quality', 'q', 'compression', 'codec', 'vcodec'],
    ...[
      'video',
      'audio',
      'bitrate',
      'rotation',
      'unicast',
      'multicast',
      'proto',
      'protocol',
      'transport',
      'transportmode',
    ],
    ...['mode', 'format', 'fmt', 'cmd', 'action', 'app', 'port', 'loop', 'starttime', 'endtime', 'duration', 'req_fps'],
    ...['tcp', 'udp', 'latency', 'pkt_size', 'date', 'overlays', 'from', 'to', 'streams', 'bucket', 'limit', 'lang'],
  ].flat(),
);
const OPEN_VALUE = /^[\w.:*x-]{0,40}$/;
/** Account names that recorders put into paths; what follows one is its password. */
const ACCOUNTS = new Set(
  ['admin', 'administrator', 'root', 'user', 'guest', 'operator', 'viewer', 'supervisor', 'service', 'default'].concat([
    '888888',
    '666666',
    'username',
    'anonymous',
    'ubnt',
    'main_user',
  ]),
);
/** Ends of the names of values that are secrets, whatever stands before them. */
const SECRET_NAME =
  /(?:pass|passwd|passwort|password|passphrase|pwd|psw|pas|token|key|secret|auth|authbasic|sig|signature|user|usr|username|loginuse|login|credentials?|sid|session)$/i;
const LONGEST_NAME = 32;
const DELIMITER = /([/?&;#])/;
const HIDDEN = '***';

/** Whether a key is the name of a secret, such as `password` or `loginpas`. */
export const isSecretName = (key: string): boolean => key.length <= LONGEST_NAME && SECRET_NAME.test(key);

/** A text to show, and what it no longer shows. */
export interface Hidden {
  readonly shown: string;
  readonly secrets: readonly string[];
}

const bareKey = (key: string): string => key.replace(/^[_,]/, '').toLowerCase();
const isOpen = (key: string): boolean => OPEN_KEYS.has(bareKey(key));
const isKnown = (key: string): boolean => isOpen(key) || isSecretName(bareKey(key));

/** Where the key of a pair begins in the text before its `=`; what stands before belongs to the value before. */
const keyStart = (text: string): number => {
  for (let cut = text.lastIndexOf('_'), tries = 0; cut >= 0 && tries < 3; tries += 1) {
    if (isKnown(text.slice(cut))) return cut;
    cut = cut === 0 ? -1 : text.lastIndexOf('_', cut - 1);
  }
  const comma = text.lastIndexOf(',');
  return comma >= 0 && isKnown(text.slice(comma)) ? comma : -1;
};

/** One tail on its way from left to right. */
class TailHider {
  readonly secrets: string[] = [];
  private inQuery = false;
  private afterAccount = false;
  /** The secret that the last text belonged to and that the next may go on with; null where there was none. */
  private running: string | null = null;

  piece(text: string): string {
    const parts = text.split('=');
    const isPath = this.afterAccount || (this.running === null && !this.inQuery && parts[0]?.includes(':') === true);
    if (parts.length === 1 || isPath) return this.word(text);
    let shown = '';
    let key = parts[0] ?? '';
    if (this.running !== null && !isKnown(key)) {
      const cut = keyStart(key);
      shown = this.hide(cut < 0 ? key : key.slice(0, cut));
      key = cut < 0 ? '' : key.slice(cut);
      if (cut < 0) shown = shown === '' ? HIDDEN : shown;
    }
    parts.slice(1).forEach((part, index) => {
      const cut = index === parts.length - 2 ? -1 : keyStart(part);
      const value = cut < 0 && index < parts.length - 2 ? `${part}=` : cut < 0 ? part : part.slice(0, cut);
      shown += this.pair(key, value);
      key = cut < 0 ? '' : part.slice(cut);
    });
    return shown;
  }

  delimiter(text: string): string {
    this.inQuery ||= text === '?' || text === '#';
    if (this.running !== null) this.running += text;
    return text;
  }

  end(): void {
    if (this.running !== null && this.running !== '') this.secrets.push(this.running.replace(/[/?&;#]{1,40}$/, ''));
    this.running = null;
  }

  /** An empty key goes on with the value before. */
  private pair(key: string, value: string): string {
    if (key === '' && this.running !== null) {
      if (value !== '') this.secrets.push(value);
      this.running += `=${value}`;
      return '';
    }
    this.end();
    if (isOpen(key) && OPEN_VALUE.test(value)) return `${key}=${value}`;
    return `${key}=${this.hide(value)}`;
  }

  private word(text: string): string {
    if (text === '') return text;
    const open = this.inQuery && OPEN_KEYS.has(text.toLowerCase());
    const hidden = this.running !== null || this.afterAccount || (this.inQuery && !open);
    this.afterAccount = !this.inQuery && !this.afterAccount && ACCOUNTS.has(text.toLowerCase());
    if (hidden && !open) return this.hide(text);
    if (open) this.end();
    const colon = this.inQuery ? -1 : text.indexOf(':');
    if (colon < 0) return text;
    return text.slice(0, colon + 1) + this.hide(text.slice(colon + 1));
  }

  private hide(text: string): string {
    if (text === '' || text === HIDDEN) {
      this.running ??= '';
      return text;
    }
    this.secrets.push(text);
    this.running = (this.running ?? '') + text;
    return HIDDEN;
  }
}

/** Path, query and fragment of an address with whatever may be a secret replaced by `***`. Linear in its length. */
export const hideTail = (tail: string): Hidden => {
  const hider = new TailHider();
  const shown = tail
    .split(DELIMITER)
    .map((part, index) => (index % 2 === 0 ? hider.piece(part) : hider.delimiter(part)));
  hider.end();
  return { shown: shown.join(''), secrets: [...new Set(hider.secrets)] };
};
