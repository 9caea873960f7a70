/**
 * Intervals that answers are made of: at least k visitors each, made once and never changed. `kind` is `view` (a stream
 * and a role) or `point` (contacts of a point, role ''); `level` 0: cells, 1 and 2: unions of them. Small and kept for
 * good, since a partition that began anew elsewhere would let its difference be asked for.
 */
export const cells = `
CREATE TABLE cells (
  kind VARCHAR NOT NULL, id VARCHAR NOT NULL, role VARCHAR NOT NULL, level UTINYINT NOT NULL,
  from_ts BIGINT NOT NULL, to_ts BIGINT NOT NULL, visitors UINTEGER NOT NULL, known UINTEGER NOT NULL,
  parted BOOLEAN NOT NULL
);
`;
