import type { DuckDBConnection } from '@duckdb/node-api';
import {
  UNJUDGED_ANSWER,
  type Burst,
  type Contact,
  type ContactRule,
  type CrossLag,
  type CurvePoint,
  type PeakVerdict,
  type SmileResponse,
  type Verdict,
} from '../../../contracts/contact.js';
import type { ContactQuery, ContactTotals } from '../../ports/contact-reader.js';
import type { Period } from '../../../contracts/period.js';
import { checkPeriod } from '../../question-checks.js';
import { ms, Values } from '../sql/filter.js';
import {
  numberOf,
  numberOrNull,
  selectChunks,
  selectRows,
  sumOf,
  textOf,
  textOrNull,
  type Row,
  type SqlValues,
} from '../sql/select.js';
import { inSnapshot } from '../sql/snapshot.js';

const COLUMNS = `id, point, start_ts, end_ts, seller_present, rule::VARCHAR AS rule, qualified,
  verdict::VARCHAR AS verdict, answer_by_chance, peak_verdict::VARCHAR AS peak_verdict, baseline_happiness, rise_over_baseline, latency_ms, lag_r, lag_ms, lag_p, reason_ru, reason_en, smiles`;

const contactOf = (row: Row, bursts: readonly Burst[]): Contact => {
  const rule: ContactRule = textOf(row, 'rule') === 'answer' ? 'answer' : 'former';
  return {
    id: textOf(row, 'id'),
    pointId: textOf(row, 'point'),
    startTs: numberOf(row, 'start_ts'),
    endTs: numberOf(row, 'end_ts'),
    sellerPresent: row['seller_present'] === true,
    rule,
    qualified: row['qualified'] === true,
    verdict: textOrNull(row, 'verdict') as Verdict | null,
    answerByChance: numberOrNull(row, 'answer_by_chance'),
    peakVerdict: textOrNull(row, 'peak_verdict') as PeakVerdict | null,
    reason: { ru: textOf(row, 'reason_ru'), en: textOf(row, 'reason_en') },
    smiles: smilesOf(row, rule),
    bursts,
    baselineHappiness: numberOrNull(row, 'baseline_happiness'),
    riseOverBaseline: numberOrNull(row, 'rise_over_baseline'),
    latencyMs: numberOrNull(row, 'latency_ms'),
    crossLag: crossLagOf(row),
    curve: JSON.parse(textOrNull(row, 'curve') ?? '[]') as CurvePoint[],
  };
};

/** What was not tested is no correlation: an absent p is never a p of zero. */
const crossLagOf = (row: Row): CrossLag | null => {
  const [r, lagMs, pValue] = [numberOrNull(row, 'lag_r'), numberOrNull(row, 'lag_ms'), numberOrNull(row, 'lag_p')];
  return r === null || lagMs === null || pValue === null ? null : { r, lagMs, pValue };
};

/** The seller's smiles; of the former rule only when they were, since its windows were judged otherwise. */
const smilesOf = (row: Row, rule: ContactRule): SmileResponse[] => {
  const smiles = JSON.parse(textOf(row, 'smiles')) as (SmileResponse & { readonly onsetTs: number })[];
  if (rule === 'answer') return smiles;
  return smiles.map(({ onsetTs, endTs }) => ({
    startTs: onsetTs,
    onsetTs: null,
    endTs,
    ...UNJUDGED_ANSWER,
  }));
};

/** Bursts by contact, of the contacts whose ids `ids` selects. */
const burstsOf = async (
  connection: DuckDBConnection,
  ids: string,
  values: SqlValues,
): Promise<ReadonlyMap<string, readonly Burst[]>> => {
  const bursts = new Map<string, Burst[]>();
  const sql = `SELECT contact, kind, start_ts, end_ts, rise FROM bursts WHERE contact IN (${ids}) ORDER BY start_ts, kind`;
  for await (const rows of selectChunks(connection, sql, values)) {
    for (const row of rows) {
      const contact = textOf(row, 'contact');
      const own = bursts.get(contact);
      if (own === undefined) bursts.set(contact, [burstOf(row)]);
      else own.push(burstOf(row));
    }
  }
  return bursts;
};

/** Contacts with their bursts, both of one state of the database; `listed` selects columns of them. */
const withBursts = (
  connection: DuckDBConnection,
  columns: string,
  listed: (columns: string) => string,
  values: SqlValues,
): Promise<readonly Contact[]> =>
  inSnapshot(connection, async () => {
    const bursts = await burstsOf(connection, listed('id'), values);
    const contacts: Contact[] = [];
    for await (const rows of selectChunks(connection, listed(columns), values))
      for (const row of rows) contacts.push(contactOf(row, bursts.get(textOf(row, 'id')) ?? []));
    return contacts;
  });

const burstOf = (row: Row): Burst => ({
  kind: textOf(row, 'kind') === 'positive' ? 'positive' : 'negative',
  startTs: numberOf(row, 'start_ts'),
  endTs: numberOf(row, 'end_ts'),
  rise: numberOf(row, 'rise'),
});

/** Condition: contacts that began in the period at one of the points, or at any. */
export const contactsInPeriod = (
  { fromTs, toTs }: Period,
  points: readonly string[] | undefined,
  values: Values,
): string =>
  `NOT withheld AND start_ts >= ${ms(fromTs)} AND start_ts < ${ms(toTs)}` +
  (points === undefined || points.length === 0 ? '' : ` AND point IN (${values.list(points)})`);

/** Contacts that began in the period, newest first. */
export const listContacts = async (connection: DuckDBConnection, query: ContactQuery): Promise<readonly Contact[]> => {
  checkPeriod(query);
  const values = new Values();
  const { verdict = null, qualified, rule, before = null } = query;
  const conditions = [
    contactsInPeriod(query, query.points, values),
    verdict === null ? '' : ` AND verdict = ${values.add(verdict)}::contact_verdict`,
    rule === undefined ? '' : ` AND rule = '${rule}'`,
    qualified === undefined ? '' : ` AND qualified = ${qualified}`,
    before === null ? '' : ` AND (start_ts, id) < (${ms(before.startTs)}, ${values.add(before.id)})`,
  ];
  const listed = (columns: string): string =>
    `SELECT ${columns} FROM contacts WHERE ${conditions.join('')}
     ORDER BY start_ts DESC, id DESC LIMIT ${Math.max(0, Math.floor(query.limit))}`;
  return withBursts(connection, `${COLUMNS}${query.curves === false ? '' : ', curve'}`, listed, values.named);
};

/** One contact with its curve, or null. */
export const oneContact = async (connection: DuckDBConnection, id: string): Promise<Contact | null> => {
  const listed = (columns: string): string => `SELECT ${columns} FROM contacts WHERE id = $id`;
  const [contact = null] = await withBursts(connection, `${COLUMNS}, curve`, listed, { id });
  return contact;
};

/** Sums over the contacts of each point. */
export const contactTotals = async (
  connection: DuckDBConnection,
  filter: Period & { readonly points?: readonly string[] },
): Promise<readonly ContactTotals[]> => {
  checkPeriod(filter);
  const values = new Values();
  const rows = await selectRows(
    connection,
    `WITH part AS (SELECT * FROM contacts WHERE ${contactsInPeriod(filter, filter.points, values)}),
     counted AS (
       SELECT contact, count(*) FILTER (kind = 'positive') AS p, count(*) FILTER (kind = 'negative') AS n
       FROM bursts WHERE contact IN (SELECT id FROM part) GROUP BY contact)
     SELECT point, count(*) AS contacts, count(*) FILTER (seller_present) AS with_seller,
       count(*) FILTER (smile_count > 0) AS with_smile, count(*) FILTER (qualified) AS qualified,
       count(*) FILTER (verdict = 'happy') AS happy, count(*) FILTER (verdict = 'unhappy') AS unhappy,
       count(*) FILTER (verdict = 'indifferent') AS indifferent, count(*) FILTER (verdict = 'already') AS already,
       count(*) FILTER (rule = 'former') AS former,
       count(answer_by_chance) FILTER (qualified) AS net_basis,
       count(answer_by_chance) FILTER (verdict = 'happy') AS net_answered,
       sum(answer_by_chance) FILTER (qualified) AS net_chance,
       coalesce(sum(p), 0)::BIGINT AS positive, coalesce(sum(n), 0)::BIGINT AS negative,
       count(lag_p) FILTER (qualified) AS correlated,
       count(*) FILTER (qualified AND lag_p < 0.05) AS contagious, median(latency_ms) AS latency,
       median(rise_over_baseline) FILTER (qualified) AS rise
     FROM part LEFT JOIN counted ON id = contact GROUP BY point ORDER BY point`,
    values.named,
  );
  return rows.map((row) => ({
    pointId: textOf(row, 'point'),
    contacts: numberOf(row, 'contacts'),
    withSeller: numberOf(row, 'with_seller'),
    withSmile: numberOf(row, 'with_smile'),
    qualified: numberOf(row, 'qualified'),
    happy: numberOf(row, 'happy'),
    unhappy: numberOf(row, 'unhappy'),
    indifferent: numberOf(row, 'indifferent'),
    already: numberOf(row, 'already'),
    former: numberOf(row, 'former'),
    netBasis: numberOf(row, 'net_basis'),
    netAnswered: numberOf(row, 'net_answered'),
    netByChance: sumOf(row, 'net_chance'),
    positiveBursts: numberOf(row, 'positive'),
    negativeBursts: numberOf(row, 'negative'),
    correlated: numberOf(row, 'correlated'),
    contagious: numberOf(row, 'contagious'),
    medianLatencyMs: numberOrNull(row, 'latency'),
    medianRise: numberOrNull(row, 'rise'),
  }));
};
