import type { DuckDBConnection } from '@duckdb/node-api';
import type { CellChain } from '../../contracts/cell.js';
import type { StoreBatch } from '../port.js';
import type { Withholdable } from './columns.js';
import { numberOf, selectRows, textOf } from './select.js';

const keyOf = (kind: CellChain['kind'], id: string, role: string): string => `${kind} ${role} ${id}`;

/** Up to when each chain has been given out: a row of an earlier time would change a figure that was told already. */
export class GivenOut {
  private readonly ends = new Map<string, number>();

  /** Reads the ends of all cells. */
  static async read(connection: DuckDBConnection): Promise<GivenOut> {
    const given = new GivenOut();
    const rows = await selectRows(connection, 'SELECT kind, id, role, max(to_ts) AS to_ts FROM cells GROUP BY ALL');
    for (const row of rows) {
      const kind = textOf(row, 'kind') as CellChain['kind'];
      given.ends.set(keyOf(kind, textOf(row, 'id'), textOf(row, 'role')), numberOf(row, 'to_ts'));
    }
    return given;
  }

  /** Notes cells that have been made. */
  add(cells: readonly (CellChain & { readonly toTs: number })[]): void {
    for (const { kind, id, role, toTs } of cells) {
      const key = keyOf(kind, id, role ?? '');
      this.ends.set(key, Math.max(this.ends.get(key) ?? -Infinity, toTs));
    }
  }

  samples(rows: NonNullable<StoreBatch['samples']>) {
    return rows.map((row) => this.marked(row, 'view', row.streamId, row.role, row.ts));
  }

  frames(rows: NonNullable<StoreBatch['frames']>) {
    return rows.map((row) => this.marked(row, 'view', row.streamId, row.role, row.ts));
  }

  tracks(rows: NonNullable<StoreBatch['tracks']>) {
    return rows.map((row) => this.marked(row, 'view', row.streamId, row.role, row.startTs));
  }

  contacts(rows: NonNullable<StoreBatch['contacts']>) {
    return rows.map((row) => this.marked(row, 'point', row.pointId, '', row.startTs));
  }

  private marked<Row extends object>(
    row: Row,
    kind: CellChain['kind'],
    id: string,
    role: string,
    ts: number,
  ): Row & Withholdable {
    const end = this.ends.size === 0 ? undefined : this.ends.get(keyOf(kind, id, role));
    return end !== undefined && ts < end ? { ...row, withheld: true } : row;
  }
}
