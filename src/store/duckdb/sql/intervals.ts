/** From when on something belongs to a whole number. */
export interface Edge {
  readonly fromTs: number;
  readonly label: number;
}

/** Most equal stretches of time into which the edges are sorted. */
const MOST_SLOTS = 20_000;
/** Beyond every period: the place of an edge that a slot does not have. */
const NEVER = 1e15;

/**
 * SQL of the label of the last edge at or before a time, NULL before the first. The edges are sorted into equal slots of time, so
 * that for each row a few numbers are looked up and compared; a join in order of time takes eight times as long, for it sorts
 * the rows with all that is summed of them.
 */
export const labelAt = (edges: readonly Edge[], time: string): string => {
  const sorted = [...edges]
    .sort((a, b) => a.fromTs - b.fromTs)
    .map((edge) => ({ ...edge, fromTs: Math.ceil(edge.fromTs) }));
  const [first] = sorted;
  if (first === undefined) return 'NULL::BIGINT';
  const since = first.fromTs;
  const range = (sorted.at(-1) ?? first).fromTs - since;
  const gaps = sorted.slice(1).map(({ fromTs }, index) => fromTs - (sorted[index]?.fromTs ?? since));
  const shortest = gaps.reduce((least, gap) => Math.min(least, gap), range);
  const slotMs = Math.max(1, Math.ceil(range / MOST_SLOTS), shortest);
  const slots: number[][] = Array.from({ length: Math.floor(range / slotMs) + 1 }, () => []);
  for (const { fromTs } of sorted) slots[Math.floor((fromTs - since) / slotMs)]?.push(fromTs - since);
  let count = 0;
  const before = slots.map((own) => {
    const sofar = count;
    count += own.length;
    return sofar;
  });
  const slot = `least((${time} - ${since}) // ${slotMs}, ${slots.length - 1}) + 1`;
  const at = (list: readonly number[], index: string): string => `([${list.join(', ')}]::BIGINT[])[${index}]`;
  const most = slots.reduce((largest, own) => Math.max(largest, own.length), 0);
  const passed = Array.from(
    { length: most },
    (_, nth) =>
      ` + (${time} - ${since} >= ${at(
        slots.map((own) => own[nth] ?? NEVER),
        slot,
      )})::BIGINT`,
  );
  const labels = sorted.map(({ label }) => label);
  return `CASE WHEN ${time} >= ${since} THEN ${at(labels, `${at(before, slot)}${passed.join('')}`)} END`;
};
