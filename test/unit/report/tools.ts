import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** Whether a program of poppler is installed; tests that need it are skipped by name where it is not. */
export const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;

/** Runs a poppler program on a PDF in memory; gives its standard output. */
export const poppler = (
  program: string,
  pdf: Uint8Array | string,
  before: string[] = [],
  after: string[] = [],
): string => {
  const folder = mkdtempSync(join(tmpdir(), 'emoscope-pdf-'));
  try {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, pdf);
    return execFileSync(program, [...before, file, ...after], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const pdfText = (pdf: Uint8Array | string): string => poppler('pdftotext', pdf, ['-layout'], ['-']);

export const pdfPages = (pdf: Uint8Array | string): number =>
  Number(/Pages:\s+(\d+)/.exec(poppler('pdfinfo', pdf))?.[1]);

export interface PdfWord {
  readonly text: string;
  readonly xMin: number;
  readonly xMax: number;
  readonly yMin: number;
  readonly yMax: number;
}

/** Every word of a PDF with its box in points. */
export const pdfWords = (pdf: Uint8Array | string): PdfWord[] =>
  [
    ...poppler('pdftotext', pdf, ['-bbox'], ['-']).matchAll(
      /<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">([^<]*)</g,
    ),
  ].map(([, xMin, yMin, xMax, yMax, text = '']) => ({
    text,
    xMin: Number(xMin),
    xMax: Number(xMax),
    yMin: Number(yMin),
    yMax: Number(yMax),
  }));

/** RFC 4180 reader, strict: throws on a stray quote. */
export const parseCsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text.replace(/^\ufeff/, '');
  while (rest !== '') {
    const [whole = '', quoted, plain = '', end = ''] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? [];
    if (whole === '') throw new Error(`not CSV: ${JSON.stringify(rest.slice(0, 60))}`);
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
};

/** One file of a ZIP archive as text. */
export const zipEntry = (zip: Uint8Array, name: string): string => {
  const data = Buffer.from(zip);
  let at = data.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  at = data.readUInt32LE(at + 16);
  while (data.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => data.readUInt16LE(at + offset));
    const local = data.readUInt32LE(at + 42);
    if (data.toString('utf8', at + 46, at + 46 + (nameLength ?? 0)) === name) {
      const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
      const body = data.subarray(start, start + size);
      return (method === 0 ? body : inflateRawSync(body)).toString('utf8');
    }
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  throw new Error(`no ${name} in the archive`);
};
