import { BIGINT, BOOLEAN, DOUBLE, UINTEGER, UUID, VARCHAR } from '@duckdb/node-api';
import type { Observation } from '../../../contracts/observation.js';
import { uuidLiteral, uuidOf } from '../sql/uuid.js';
import { ownTable, registered } from './row-kind.js';
import { columnNames, epochMs, type TableColumns } from './table-columns.js';

/** The fields that every fact has; the others are its content. */
const contentOf = (fact: Observation): object => {
  const { id: _id, rev: _rev, ts: _ts, receivedTs: _received, ...content } = fact;
  const { siteId: _site, placeId: _place, deviceId: _device, source: _source, kind: _kind, ...own } = content;
  return own;
};

const employeeOf = (fact: Observation): string | null =>
  'employeeId' in fact && fact.employeeId !== undefined ? fact.employeeId : null;

/** Facts as stored: what they are about in columns, all that their kind adds as JSON. */
const OBSERVATIONS: TableColumns<Observation> = {
  table: 'observations',
  columns: [
    ['id', UUID, (o) => uuidOf(o.id)],
    ['rev', UINTEGER, (o) => o.rev],
    ['ts', BIGINT, (o) => epochMs(o.ts)],
    ['received_ts', BIGINT, (o) => epochMs(o.receivedTs)],
    ['site', VARCHAR, (o) => o.siteId],
    ['place', VARCHAR, (o) => o.placeId],
    ['device', VARCHAR, (o) => o.deviceId ?? null],
    ['source', VARCHAR, (o) => o.source],
    ['kind', VARCHAR, (o) => o.kind],
    ['employee', VARCHAR, (o) => employeeOf(o)],
    ['counter', VARCHAR, (o) => (o.kind === 'count' || o.kind === 'amount' ? o.counter : null)],
    ['amount', DOUBLE, (o) => (o.kind === 'count' ? o.n : o.kind === 'amount' ? o.value : null)],
    ['content', VARCHAR, (o) => JSON.stringify(contentOf(o))],
    ['superseded', BOOLEAN, () => false],
  ],
};

/**
 * A fact is stored once; of its revisions all but the highest are marked as superseded, whatever the order they come in.
 * What is there under the same ids is looked up once: ids made by us ascend with time and are found at once, random ones
 * need all ids to be read.
 */
const moves = (stage: string, seq: number, rows: readonly Observation[]): readonly string[] => {
  const ids = rows.map(({ id }) => id.toLowerCase()).sort();
  const nowhere = '00000000-0000-0000-0000-000000000000';
  // Literal bounds let the engine skip every block of the table outside them.
  const near = `k.id BETWEEN ${uuidLiteral(ids[0] ?? nowhere)} AND ${uuidLiteral(ids.at(-1) ?? nowhere)}`;
  const names = columnNames(OBSERVATIONS);
  const known = 'temp.known_observations';
  return [
    `CREATE OR REPLACE TEMP TABLE known_observations AS
       SELECT k.rowid AS place_in_table, k.id, k.rev FROM observations k WHERE ${near} AND k.id IN (SELECT id FROM ${stage})`,
    `DELETE FROM ${stage} USING ${known} k WHERE k.id = ${stage}.id AND k.rev = ${stage}.rev`,
    `UPDATE ${stage} SET superseded = true WHERE EXISTS (
       SELECT 1 FROM ${stage} o WHERE o.id = ${stage}.id AND o.rev > ${stage}.rev)
       OR EXISTS (SELECT 1 FROM ${known} k WHERE k.id = ${stage}.id AND k.rev > ${stage}.rev)`,
    `UPDATE observations SET superseded = true WHERE rowid IN (
       SELECT k.place_in_table FROM ${known} k JOIN ${stage} s ON s.id = k.id AND s.rev > k.rev)`,
    `INSERT INTO observations (seq, ${names}) SELECT ${seq}, ${names} FROM ${stage} ORDER BY ts, id`,
  ];
};

/** Facts that no camera made. */
export const observations = registered('observations', {
  since: 9,
  time: 'ts',
  tables: [ownTable({ columns: OBSERVATIONS, storedOf: (rows: readonly Observation[]) => rows, moves })],
});
