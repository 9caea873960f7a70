/**
 * Cheapest one-to-one assignment of rows to columns (Hungarian method with potentials, O(n³)).
 * `Infinity` forbids a pair. Returns the column of each row, or -1.
 */
export const assignCheapest = (cost: readonly (readonly number[])[]): number[] => {
  const rows = cost.length;
  const columns = cost[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return new Array<number>(rows).fill(-1);
  const size = Math.max(rows, columns);
  // A forbidden pair costs more than any set of allowed ones, so that as many allowed pairs as possible are made.
  let allowedSum = 1;
  for (const row of cost) for (const value of row) if (Number.isFinite(value)) allowedSum += Math.abs(value);
  const at = (row: number, column: number): number => {
    const value = cost[row]?.[column] ?? Infinity;
    return Number.isFinite(value) ? value : allowedSum;
  };
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  const previous = new Int32Array(size + 1);
  const get = (array: Float64Array | Int32Array, index: number): number => array[index] as number;
  for (let row = 1; row <= size; row += 1) {
    rowOf[0] = row;
    let column = 0;
    const slack = new Float64Array(size + 1).fill(Infinity);
    const done = new Uint8Array(size + 1);
    do {
      done[column] = 1;
      const current = get(rowOf, column);
      let delta = Infinity;
      let next = 0;
      for (let j = 1; j <= size; j += 1) {
        if (done[j] === 1) continue;
        const reduced = at(current - 1, j - 1) - get(rowPotential, current) - get(columnPotential, j);
        if (reduced < get(slack, j)) {
          slack[j] = reduced;
          previous[j] = column;
        }
        if (get(slack, j) < delta) {
          delta = get(slack, j);
          next = j;
        }
      }
      for (let j = 0; j <= size; j += 1) {
        if (done[j] === 1) {
          const owner = get(rowOf, j);
          rowPotential[owner] = get(rowPotential, owner) + delta;
          columnPotential[j] = get(columnPotential, j) - delta;
        } else {
          slack[j] = get(slack, j) - delta;
        }
      }
      column = next;
    } while (get(rowOf, column) !== 0);
    while (column !== 0) {
      const back = get(previous, column);
      rowOf[column] = get(rowOf, back);
      column = back;
    }
  }
  const result = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= columns; column += 1) {
    const row = get(rowOf, column) - 1;
    if (row >= 0 && row < rows && Number.isFinite(cost[row]?.[column - 1] ?? Infinity)) result[row] = column - 1;
  }
  return result;
};
