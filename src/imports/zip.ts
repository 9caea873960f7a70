import { crc32, inflateRawSync } from 'node:zlib';
import { fileRefused } from './refused.js';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 65_535;
const MOST_ENTRIES = 2000;
/** Most that one part of a workbook may unpack to. */
const MOST_UNPACKED = 256 * 1024 * 1024;

const broken = () => fileRefused('Файл XLSX повреждён или обрезан.', 'The XLSX file is damaged or cut.');

/** Unpacks one part of a zip by its name; null where there is none. Throws IMPORT_UNREADABLE. */
export type Unzip = (name: string) => string | null;

interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const entriesOf = (file: Buffer): Map<string, Entry> => {
  let end = file.length - END_BYTES;
  const lowest = Math.max(0, end - LONGEST_COMMENT);
  while (end >= lowest && file.readUInt32LE(end) !== END) end--;
  if (end < lowest) throw broken();
  const count = file.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES)
    throw fileRefused('В файле XLSX слишком много частей.', 'The XLSX file has too many parts.');
  const entries = new Map<string, Entry>();
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (file.readUInt32LE(at) !== ENTRY) throw broken();
    const nameBytes = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    entries.set(name, {
      method: file.readUInt16LE(at + 10),
      crc: file.readUInt32LE(at + 16),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      at: file.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
};

const unpack = (file: Buffer, { method, crc, packed, size, at }: Entry): string => {
  if (size > MOST_UNPACKED)
    throw fileRefused('Файл XLSX распаковывается в слишком большой.', 'The XLSX file unpacks to too much.');
  if (file.readUInt32LE(at) !== LOCAL || (method !== 0 && method !== 8)) throw broken();
  const from = at + LOCAL_BYTES + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  if (from + packed > file.length) throw broken();
  const data = file.subarray(from, from + packed);
  // One byte more than it says would show that it says too little.
  const body = method === 0 ? data : inflateRawSync(data, { maxOutputLength: size + 1 });
  if (body.length !== size || crc32(body) !== crc) throw broken();
  return body.toString('utf8');
};

/** Opens a zip file in memory; throws IMPORT_UNREADABLE. */
export const openZip = (file: Buffer): Unzip => {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      // What lies outside the file, and what does not inflate.
      if (error instanceof RangeError || (error as NodeJS.ErrnoException).code?.startsWith('Z_') === true)
        throw broken();
      throw error;
    }
  };
  const entries = guarded(() => entriesOf(file));
  return (name) => {
    const entry = entries.get(name);
    return entry === undefined ? null : guarded(() => unpack(file, entry));
  };
};
