import { readText } from './read-text.js';
import { readXlsx } from './read-xlsx.js';
import { fileRefused } from './refused.js';
import { MOST_BYTES, type Table } from './table.js';

/** Reads a table by its content, whatever its name; throws IMPORT_UNREADABLE. */
export const readTable = (bytes: Uint8Array): Table => {
  if (bytes.length === 0) throw fileRefused('Файл пуст.', 'The file is empty.');
  if (bytes.length > MOST_BYTES) throw fileRefused('Файл больше 32 МБ.', 'The file is larger than 32 MB.');
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.subarray(0, 2).toString('latin1') === 'PK') return readXlsx(file);
  if (file.subarray(0, 4).toString('hex') === 'd0cf11e0')
    throw fileRefused(
      'Это старый формат Excel (.xls) или книга с паролем; сохраните как XLSX или CSV.',
      'This is the old format of Excel (.xls) or a workbook with a password; save it as XLSX or CSV.',
    );
  return readText(file);
};
