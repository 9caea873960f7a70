import type { DuckDBConnection } from '@duckdb/node-api';
import type { ContactRule, CountedContact, CurvePoint, PeakVerdict, Verdict } from '../../../contracts/contact.js';
import type { CountedContactQuery } from '../../ports/contact-reader.js';
import { contactsInPeriod } from './contacts-query.js';
import { checkPeriod } from '../../question-checks.js';
import { Values } from '../sql/filter.js';
import { streamChunks } from '../sql/select.js';

/** The columns in order: enums as they are, since their words are decoded once, and truth as a number, which reads fastest. */
const COLUMNS = [
  'point',
  'start_ts::DOUBLE',
  'end_ts::DOUBLE',
  'seller_present::UTINYINT',
  'rule',
  'qualified::UTINYINT',
  'verdict',
  'answer_by_chance',
  'peak_verdict',
  'rise_over_baseline',
  'latency_ms',
  'smile_count',
  'coalesce(positive, 0)::DOUBLE',
  'coalesce(negative, 0)::DOUBLE',
  'CASE WHEN lag_r IS NOT NULL AND lag_ms IS NOT NULL THEN lag_p END',
];
/** A curve that has expired is empty. */
const CURVE = `nullif(curve, '[]')`;
const NO_CURVE: readonly CurvePoint[] = [];

const sqlOf = (condition: string, curves: boolean, limit: number): string =>
  `WITH part AS (SELECT * FROM contacts WHERE ${condition} LIMIT ${Math.max(0, Math.floor(limit))}),
   counted AS (
     SELECT contact, count(*) FILTER (kind = 'positive') AS positive, count(*) FILTER (kind = 'negative') AS negative
     FROM bursts WHERE contact IN (SELECT id FROM part) GROUP BY contact)
   SELECT ${[...COLUMNS, ...(curves ? [CURVE] : [])].join(', ')}
   FROM part LEFT JOIN counted ON id = contact ORDER BY start_ts, id`;

/** Contacts that began in the period, oldest first, as figures need them; `limit` of any of them. */
export const countedContacts = async (
  connection: DuckDBConnection,
  query: CountedContactQuery,
): Promise<readonly CountedContact[]> => {
  checkPeriod(query);
  const values = new Values();
  const sql = sqlOf(contactsInPeriod(query, query.points, values), query.curves, query.limit);
  const contacts: CountedContact[] = [];
  for await (const chunk of streamChunks(connection, sql, values.named)) {
    const columns = Array.from({ length: chunk.columnCount }, (_, column) => chunk.getColumnValues(column));
    const { rowCount } = chunk;
    for (let row = 0; row < rowCount; row += 1) {
      const at = (column: number): unknown => columns[column]?.[row];
      const curve = at(COLUMNS.length);
      contacts.push({
        pointId: at(0) as string,
        startTs: at(1) as number,
        endTs: at(2) as number,
        sellerPresent: at(3) === 1,
        rule: at(4) as ContactRule,
        qualified: at(5) === 1,
        verdict: at(6) as Verdict | null,
        answerByChance: at(7) as number | null,
        peakVerdict: at(8) as PeakVerdict | null,
        riseOverBaseline: at(9) as number | null,
        latencyMs: at(10) as number | null,
        sellerSmiles: at(11) as number,
        positiveBursts: at(12) as number,
        negativeBursts: at(13) as number,
        lagP: at(14) as number | null,
        curve: typeof curve === 'string' ? (JSON.parse(curve) as CurvePoint[]) : NO_CURVE,
      });
    }
  }
  return contacts;
};
