import type { DuckDBConnection } from '@duckdb/node-api';
import type { CellChain } from '../../contracts/cell.js';
import type { StoreBatch } from '../ports/row-sink.js';
import type { Withholdable } from './columns.js';
import { numberOf, selectRows, textOf } from './select.js';

/** One text for a chain of cells. */
export const chainKey = ({
  kind,
  id,
  role,
}: Pick<CellChain, 'kind' | 'id'> & { readonly role: string | null }): string => `${kind} ${role ?? ''} ${id}`;

/** Up to when each chain has been given out: a row of an earlier time would change a figure that was told already. */
export class GivenOut {
  private readonly ends = new Map<string, number>();

  static async read(connection: DuckDBConnection): Promise<GivenOut> {
    const given = new GivenOut();
    await given.readAgain(connection);
    return given;
  }

  /** Reads the ends of all cells, as after some were taken away. */
  async readAgain(connection: DuckDBConnection): Promise<void> {
    const rows = await selectRows(connection, 'SELECT kind, id, role, max(to_ts) AS to_ts FROM cells GROUP BY ALL');
    this.ends.clear();
    for (const row of rows) {
      const kind = textOf(row, 'kind') as CellChain['kind'];
      this.ends.set(chainKey({ kind, id: textOf(row, 'id'), role: textOf(row, 'role') }), numberOf(row, 'to_ts'));
    }
  }

  /** Notes cells that have been made. */
  add(cells: readonly (CellChain & { readonly toTs: number })[]): void {
    for (const cell of cells) {
      const key = chainKey(cell);
      this.ends.set(key, Math.max(this.ends.get(key) ?? -Infinity, cell.toTs));
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
    const end = this.ends.size === 0 ? undefined : this.ends.get(chainKey({ kind, id, role }));
    return end !== undefined && ts < end ? { ...row, withheld: true } : row;
  }
}
