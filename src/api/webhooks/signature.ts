import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'x-emoscope-signature';

const digest = (secret: string, timestampS: number, body: string): string =>
  createHmac('sha256', secret).update(`${timestampS}.${body}`).digest('hex');

/** `t=<epoch seconds>,v1=<hex HMAC-SHA256 of "t.body">`. */
export const sign = (secret: string, timestampS: number, body: string): string =>
  `t=${timestampS},v1=${digest(secret, timestampS, body)}`;

/** Whether a signature is right and at most `toleranceS` old; receivers call this with the raw body. */
export const verifySignature = (
  secret: string,
  header: string,
  body: string,
  nowS: number = Date.now() / 1000,
  toleranceS = 300,
): boolean => {
  const [, t, v1] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (t === undefined || v1 === undefined || Math.abs(nowS - Number(t)) > toleranceS) return false;
  return timingSafeEqual(Buffer.from(digest(secret, Number(t), body)), Buffer.from(v1));
};
