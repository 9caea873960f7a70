import { z } from 'zod';

/** What a column of an imported table may tell. */
export const IMPORT_FIELDS = [
  'time',
  'date',
  'hour',
  'receipts',
  'items',
  'revenue',
  'visitors',
  'consultations',
  'served',
  'requests',
  'place',
  'employee',
  'number',
  'till',
  'operation',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

const name = z.string().min(1).max(200);

/** How a table of facts is read; what is left out is guessed from its head. */
export const importMapping = z.strictObject({
  columns: z
    .partialRecord(z.enum(IMPORT_FIELDS), name)
    .optional()
    .describe('The name of the column that tells each, as in the head; absent: all are guessed.'),
  rows: z.enum(['hour', 'receipt']).optional().describe('What a row is; absent: a receipt where it has a number.'),
  place: name.optional().describe('Place of every row.'),
  places: z.record(name, name).optional().describe('Place by what the file calls it.'),
  employees: z.record(name, name).optional().describe('Employee by what the file calls them.'),
  decimal: z.enum(['comma', 'dot']).optional().describe('Decimal mark of numbers in text; absent: as they show.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('RUB'),
  wholeDays: z.boolean().default(false).describe('Rows without a time are of a whole day, and are kept at noon.'),
});

export type ImportMapping = z.infer<typeof importMapping>;
