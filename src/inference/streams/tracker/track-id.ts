import { randomBytes } from 'node:crypto';

/** A random track id (72 bits, URL-safe) that says nothing about the person, the camera or the time. */
export const newTrackId = (): string => randomBytes(9).toString('base64url');
