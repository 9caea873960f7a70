import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { CONTAINERS } from '../ffmpeg/command.js';
import { decoderLimits, limited } from '../ffmpeg/decoder-process.js';

/** What a file's content is; the rest says why it is nothing to analyse. */
export type MediaKind = 'picture' | 'video' | 'empty' | 'unreadable' | 'unread-picture' | 'no-video';

const HEAD_BYTES = 512;
const PROBE_TIMEOUT_MS = 20_000;
const run = promisify(execFile);

const startsWith = (head: Buffer, text: string, at = 0): boolean =>
  head.toString('latin1', at, at + text.length) === text;

/** Brands of ISO files that hold a still picture (HEIF and AVIF). */
const PICTURE_BRANDS = new Set(['avif', 'heic', 'heix', 'heif', 'mif1', 'msf1', 'heim', 'heis']);

const isPicture = (head: Buffer): boolean =>
  ['\xff\xd8\xff', '\x89PNG', 'GIF8', 'II*\0', 'MM\0*'].some((magic) => startsWith(head, magic)) ||
  (startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8)) ||
  (startsWith(head, 'ftyp', 4) && PICTURE_BRANDS.has(head.toString('latin1', 8, 12)));

/** Pictures of kinds that are not read here: BMP, ICO, PSD, JPEG 2000, JPEG XL. */
const isUnreadPicture = (head: Buffer): boolean =>
  ['\0\0\x01\0', '8BPS', '\0\0\0\x0cjP  ', '\0\0\0\x0cJXL '].some((magic) => startsWith(head, magic)) ||
  (startsWith(head, 'BM') && head.length > 26 && head.readUInt32LE(6) === 0);

const isText = (head: Buffer): boolean =>
  head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d)) &&
  !/^content-type: image/im.test(head.toString('latin1'));

const headOf = async (path: string): Promise<Buffer> => {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const hasVideo = async (path: string): Promise<boolean> => {
  const question = [
    '-v',
    'quiet',
    '-protocol_whitelist',
    'file',
    '-format_whitelist',
    CONTAINERS,
    '-select_streams',
    'V',
  ];
  const answer = ['-show_entries', 'stream=codec_type', '-of', 'csv=p=0', `file:${path}`];
  const { command, args } = limited('ffprobe', [...question, ...answer], decoderLimits('software'));
  try {
    const { stdout } = await run(command, args, { timeout: PROBE_TIMEOUT_MS });
    return stdout.includes('video');
  } catch {
    return false;
  }
};

/** What a regular file holds, told by its content and never by its name. */
export const mediaKindOf = async (path: string): Promise<MediaKind> => {
  let head: Buffer;
  try {
    head = await headOf(path);
  } catch {
    return 'unreadable';
  }
  if (head.length === 0) return 'empty';
  if (isPicture(head)) return 'picture';
  if (isUnreadPicture(head)) return 'unread-picture';
  return !isText(head) && (await hasVideo(path)) ? 'video' : 'no-video';
};
