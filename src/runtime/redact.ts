import { hideAddress } from './address/hide-address.js';
import { isSecretName } from './address/hide-tail.js';

/** Longer texts are cut before they are looked at: no sentence of ours or of a camera is longer. */
const LONGEST_TEXT = 32 * 1024;
const SCHEME_MARK = '://';
const PUSHED = 'listen:';
const LONGEST_SCHEME = 32;
const SECRET_HEADER =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(?:(["']\s{0,8}:\s{0,8}["'])[^"']*|(\s{0,8}[:=]\s{0,8})[^\r\n]+)/gi;
const LONGEST_NAME = 32;
const NAME_CHARACTER = /[\w-]/;
const VALUE_END = /[&\s"'#;<>]/g;
/** Ends an address in a sentence, unless its credentials go on behind it. */
const RUN_END = /[\s"'<>]/g;
const HIDDEN = '***';
const DEEPEST = 12;

const indexAfter = (pattern: RegExp, text: string, from: number): number => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
};

const schemeStart = (text: string, mark: number, from: number): number => {
  let start = mark;
  while (start > from && mark - start < LONGEST_SCHEME && /[a-z0-9+.-]/i.test(text.charAt(start - 1))) start -= 1;
  while (start < mark && !/[a-z]/i.test(text.charAt(start))) start += 1;
  const before = start - PUSHED.length;
  // What stands behind such an address is a key, where it would be a path.
  return before >= from && start < mark && text.slice(before, start).toLowerCase() === PUSHED ? before : start;
};

/** A host with or without a port, and the end of a sentence behind it. */
const MACHINE = /^(?:\[[0-9a-f:.]*\]|[\w.-]*)(?::\d{1,5})?[.,;:!)\]}]*$/i;

/** The end of the address whose `://` stands at `mark`: of its run, or further on where its credentials have gaps. */
const addressEnd = (text: string, mark: number): number => {
  const body = mark + SCHEME_MARK.length;
  const runEnd = indexAfter(RUN_END, text, body);
  const sentenceEnd = body + text.slice(body, runEnd).replace(/[.,;:!)\]}]{1,8}$/, '').length;
  const next = text.indexOf(SCHEME_MARK, runEnd);
  const beyond = text.slice(runEnd, next < 0 ? text.length : schemeStart(text, next, runEnd));
  const reach = text.slice(body, runEnd + indexAfter(/[\r\n]/g, beyond, 0));
  const at = body + reach.lastIndexOf('@');
  if (at < runEnd) return sentenceEnd;
  const slash = reach.search(/[/?#]/);
  const authority = reach.slice(0, slash < 0 ? reach.length : slash);
  const isMachine = MACHINE.test(text.slice(body, Math.min(runEnd, body + authority.length)));
  // A sentence goes on behind a whole machine's name, and the @ belongs to something else.
  return isMachine && !authority.includes('@') ? sentenceEnd : indexAfter(RUN_END, text, at);
};

const hideAddresses = (text: string): string => {
  let safe = '';
  let from = 0;
  for (let mark = text.indexOf(SCHEME_MARK); mark >= 0; mark = text.indexOf(SCHEME_MARK, Math.max(from, mark + 1))) {
    const start = schemeStart(text, mark, from);
    if (start === mark) continue;
    const end = addressEnd(text, mark);
    safe += text.slice(from, start) + hideAddress(text.slice(start, end));
    from = end;
  }
  return safe + text.slice(from);
};

/** Values behind `password=` and the like, where no address stands around them. */
const hideNamed = (text: string): string => {
  let safe = '';
  let from = 0;
  for (let equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', Math.max(from, equals + 1))) {
    let start = equals;
    while (start > from && equals - start < LONGEST_NAME && NAME_CHARACTER.test(text.charAt(start - 1))) start -= 1;
    if (!isSecretName(text.slice(start, equals))) continue;
    const end = indexAfter(VALUE_END, text, equals + 1);
    if (text.startsWith(HIDDEN, equals + 1)) continue;
    safe += `${text.slice(from, equals + 1)}${end > equals + 1 ? HIDDEN : ''}`;
    from = end;
  }
  return safe + text.slice(from);
};

/**
 * Any text with the credentials of every address, secret values and secret headers replaced by `***`; beyond 32 Ki
 * characters it is cut. Takes time in proportion to its length.
 */
export const redact = (text: string): string => {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return hideNamed(hideAddresses(cut)).replace(
    SECRET_HEADER,
    (_, name: string, quoted?: string, plain?: string) => `${name}${quoted ?? plain ?? ''}${HIDDEN}`,
  );
};

/** A copy of any plain value with `redact` applied to every string and key in it (a `url` is one whole address); errors keep name, message, code and stack. */
export const redactDeep = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return redact(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth > DEEPEST) return '[…]';
  if (value instanceof Error) {
    const { code } = value as { code?: unknown };
    return {
      type: value.name,
      message: redact(value.message),
      ...(code === undefined ? {} : { code }),
      ...(value.stack === undefined ? {} : { stack: redact(value.stack) }),
      ...(value.cause === undefined ? {} : { cause: redactDeep(value.cause, depth + 1) }),
    };
  }
  if (ArrayBuffer.isView(value)) return `[${value.constructor.name} ${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      redact(key),
      key === 'url' && typeof item === 'string' ? hideAddress(item) : redactDeep(item, depth + 1),
    ]),
  );
};
