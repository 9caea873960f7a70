const URL_CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)([^\s/?#@]*(?:@[^\s/?#@]*)*)@/gi;
const SECRET_QUERY =
  /([?&;](?:pass(?:word|wd)?|pwd|token|key|api_?key|secret|auth|sig(?:nature)?|access_token|user|usr)=)[^&\s"'#;]*/gi;
const SECRET_HEADER =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(?:(["']\s*:\s*["'])[^"']*|(\s*[:=]\s*)[^\r\n]+)/gi;

/** Any text with the credentials of every URL, secret query values and secret headers replaced by `***`. */
export const redact = (text: string): string =>
  text
    .replace(URL_CREDENTIALS, '$1***@')
    .replace(SECRET_QUERY, '$1***')
    .replace(SECRET_HEADER, (_, name: string, quoted?: string, plain?: string) => `${name}${quoted ?? plain ?? ''}***`);

/** A copy of any plain value with `redact` applied to every string in it; errors keep name, message, code and stack. */
export const redactDeep = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return redact(value);
  if (value === null || typeof value !== 'object' || depth > 8) return value;
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
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactDeep(item, depth + 1)]));
};
