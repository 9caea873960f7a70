import type { DuckDBConnection } from '@duckdb/node-api';
import type { CellChain } from '../../contracts/cell.js';
import type { Withholdable } from './row-kinds/table-columns.js';
import { numberOf, selectRows, textOf } from './sql/select.js';

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

  /** Rows, of which those of a time before the end of their chain are marked as withheld. */
  marked<Row extends object>(
    rows: readonly Row[],
    placeOf: (row: Row) => {
      readonly kind: CellChain['kind'];
      readonly id: string;
      readonly role: string | null;
      readonly ts: number;
    },
  ): readonly (Row & Withholdable)[] {
    if (this.ends.size === 0) return rows;
    return rows.map((row) => {
      const { ts, ...chain } = placeOf(row);
      const end = this.ends.get(chainKey(chain));
      return end !== undefined && ts < end ? { ...row, withheld: true } : row;
    });
  }
}
