import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EmoscopeError } from '../runtime/errors.js';

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'its links lead in a circle',
};

const readBytes = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const why = CAUSES[code] ?? code;
    throw new EmoscopeError('CONFIG_NOT_FOUND', `Cannot read the configuration ${resolve(file)}: ${why}.`, {
      cause: error,
    });
  }
};

const firstBadLine = (bytes: Buffer): number => {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const next = bytes.indexOf(0x0a, start);
    const end = next < 0 ? bytes.length : next + 1;
    try {
      utf8.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
};

/** The text of bytes in UTF-8 or UTF-16 (with its mark); throws CONFIG_INVALID naming the first line in anything else. */
export const decodeConfigText = (bytes: Buffer, file: string): string => {
  const refuse = (message: string, line: number): never => {
    const details = [{ path: '', message, line }];
    throw new EmoscopeError('CONFIG_INVALID', `The configuration has 1 problem:\n  ${file}:${line}  ${message}`, {
      details,
    });
  };
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  try {
    if (utf16 !== null) return new TextDecoder(utf16, { fatal: true }).decode(bytes);
    if (bytes.includes(0)) return refuse('the file is not text in UTF-8; save it as UTF-8', 1);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof EmoscopeError) throw error;
    const line = utf16 === null ? firstBadLine(bytes) : 1;
    return refuse('the file is not text in UTF-8 (perhaps Windows-1251); save it as UTF-8', line);
  }
};

/** The text of a configuration file; throws CONFIG_NOT_FOUND, or CONFIG_INVALID for another encoding. */
export const readConfigText = (file: string): string => decodeConfigText(readBytes(file), file);
