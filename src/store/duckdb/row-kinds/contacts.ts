import { BIGINT, BOOLEAN, DOUBLE, UINTEGER, VARCHAR } from '@duckdb/node-api';
import type { Burst, Contact } from '../../../contracts/contact.js';
import { copied, ownTable, registered } from './row-kind.js';
import { epochMs, type TableColumns, type Withholdable } from './table-columns.js';

/** Contacts as stored, bursts apart. */
const CONTACTS: TableColumns<Contact & Withholdable> = {
  table: 'contacts',
  columns: [
    ['id', VARCHAR, (c) => c.id],
    ['point', VARCHAR, (c) => c.pointId],
    ['start_ts', BIGINT, (c) => epochMs(c.startTs)],
    ['end_ts', BIGINT, (c) => epochMs(c.endTs)],
    ['seller_present', BOOLEAN, (c) => c.sellerPresent],
    ['qualified', BOOLEAN, (c) => c.qualified],
    ['rule', VARCHAR, (c) => c.rule],
    ['verdict', VARCHAR, (c) => c.verdict],
    ['answer_by_chance', DOUBLE, (c) => c.answerByChance],
    ['peak_verdict', VARCHAR, (c) => c.peakVerdict],
    ['baseline_happiness', DOUBLE, (c) => c.baselineHappiness],
    ['rise_over_baseline', DOUBLE, (c) => c.riseOverBaseline],
    ['latency_ms', DOUBLE, (c) => c.latencyMs],
    ['lag_r', DOUBLE, (c) => c.crossLag?.r ?? null],
    ['lag_ms', DOUBLE, (c) => c.crossLag?.lagMs ?? null],
    ['lag_p', DOUBLE, (c) => c.crossLag?.pValue ?? null],
    ['smile_count', UINTEGER, (c) => c.smiles.length],
    ['reason_ru', VARCHAR, (c) => c.reason.ru],
    ['reason_en', VARCHAR, (c) => c.reason.en],
    ['smiles', VARCHAR, (c) => JSON.stringify(c.smiles)],
    ['curve', VARCHAR, (c) => JSON.stringify(c.curve)],
    ['withheld', BOOLEAN, (c) => c.withheld ?? false],
  ],
};

/** Bursts as stored. */
const BURSTS: TableColumns<Burst & { readonly contactId: string }> = {
  table: 'bursts',
  columns: [
    ['contact', VARCHAR, (b) => b.contactId],
    ['kind', VARCHAR, (b) => b.kind],
    ['start_ts', BIGINT, (b) => epochMs(b.startTs)],
    ['end_ts', BIGINT, (b) => epochMs(b.endTs)],
    ['rise', DOUBLE, (b) => b.rise],
  ],
};

/** Contacts with their bursts; the last version wins. */
export const contacts = registered('contacts', {
  since: 1,
  time: 'start_ts',
  marked: (given, rows) =>
    given.marked(rows, (row) => ({ kind: 'point', id: row.pointId, role: null, ts: row.startTs })),
  dropDependent: (condition) => [`DELETE FROM bursts WHERE contact IN (SELECT id FROM contacts WHERE ${condition})`],
  tables: [
    ownTable({
      columns: CONTACTS,
      storedOf: (rows: readonly Contact[]) => rows,
      moves: (stage, seq) => [
        // A contact that is judged again keeps its place among the figures.
        `UPDATE ${stage} SET withheld = c.withheld FROM contacts c WHERE c.id = ${stage}.id`,
        `DELETE FROM bursts WHERE contact IN (SELECT id FROM ${stage})`,
        `DELETE FROM contacts WHERE id IN (SELECT id FROM ${stage})`,
        copied(CONTACTS, stage, seq),
      ],
    }),
    ownTable({
      columns: BURSTS,
      storedOf: (rows: readonly Contact[]) =>
        rows.flatMap(({ id, bursts }) => bursts.map((burst) => ({ ...burst, contactId: id }))),
      moves: (stage, seq) => [copied(BURSTS, stage, seq)],
    }),
  ],
});
