import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openZip } from '../../../src/imports/zip.js';
import { codeOf } from '../../../src/runtime/errors.js';

const NAME = 'xl/workbook.xml';

/** A zip of one part, whose head may say of it what is not so; `copies` entries of the directory lead to it. */
const zipOf = (
  body: Buffer,
  { says = {}, copies = 1 }: { says?: { size?: number; crc?: number }; copies?: number } = {},
): Buffer => {
  const packed = deflateRawSync(body);
  const name = Buffer.from(NAME);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(says.crc ?? crc32(body), 16);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(says.size ?? body.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const directory = Buffer.concat(Array.from({ length: copies }, () => [entry, name]).flat());
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(copies, 10);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, directory, end]);
};

const codeFrom = (file: Buffer): string | null => {
  try {
    openZip(file)(NAME);
    return null;
  } catch (error) {
    return codeOf(error);
  }
};

describe('a zip file', () => {
  it('gives its parts, and nothing where there is none', () => {
    const unzip = openZip(zipOf(Buffer.from('<workbook/>')));
    expect(unzip(NAME)).toBe('<workbook/>');
    expect(unzip('xl/other.xml')).toBeNull();
  });

  const nothing = Buffer.alloc(64 * 1024 * 1024);
  it.each([
    ['unpacks to more than it says', zipOf(nothing, { says: { size: 1000 } })],
    ['says that it unpacks to gigabytes', zipOf(Buffer.from('x'), { says: { size: 0xfffffff0 } })],
    ['is not what its sum says', zipOf(Buffer.from('x'), { says: { crc: 1 } })],
    ['has parts without end', zipOf(Buffer.from('x'), { copies: 5000 })],
    ['is cut', zipOf(Buffer.from('x')).subarray(0, 40)],
  ])('that %s is refused by name, before it fills the memory', (_what, file) => {
    const before = process.memoryUsage().arrayBuffers;
    expect(codeFrom(file)).toBe('IMPORT_UNREADABLE');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });
});
