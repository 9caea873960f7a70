import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** A salted scrypt hash with the parameters it was made with; safe to store. */
export interface PasswordHash {
  readonly n: number;
  readonly r: number;
  readonly p: number;
  /** Base64. */
  readonly salt: string;
  /** Base64. */
  readonly hash: string;
}

const COST = { n: 32_768, r: 8, p: 1 } as const;
const HASH_BYTES = 32;

const run = (password: string, salt: Buffer, { n, r, p }: { n: number; r: number; p: number }): Promise<Buffer> =>
  derive(password.normalize('NFKC'), salt, HASH_BYTES, { N: n, r, p, maxmem: 256 * n * r });

/** Hashes a password with a fresh salt (about 0.1 s of one core, 32 MB). */
export const hashPassword = async (password: string): Promise<PasswordHash> => {
  const salt = randomBytes(16);
  const hash = await run(password, salt, COST);
  return { ...COST, salt: salt.toString('base64'), hash: hash.toString('base64') };
};

/** Whether the password is the hashed one; takes as long for an unknown account (`null`) as for a known one. */
export const verifyPassword = async (password: string, stored: PasswordHash | null): Promise<boolean> => {
  const salt = stored === null ? Buffer.alloc(16) : Buffer.from(stored.salt, 'base64');
  const expected = stored === null ? Buffer.alloc(HASH_BYTES) : Buffer.from(stored.hash, 'base64');
  const actual = await run(password, salt, stored ?? COST);
  return expected.length === actual.length && timingSafeEqual(expected, actual) && stored !== null;
};
