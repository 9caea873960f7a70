/**
 * Checks of one camera that are told together alone, with what a person and what the camera counted in each, as JSON.
 * `ts` is when the last of them began. `level`: 0 visitors and smiles, 1 sexes.
 */
export const checkGroups = `
CREATE TABLE check_groups (
  seq BIGINT NOT NULL, id VARCHAR NOT NULL, ts BIGINT NOT NULL, stream VARCHAR NOT NULL, level UTINYINT NOT NULL,
  k UINTEGER NOT NULL, threshold DOUBLE NOT NULL, check_ids VARCHAR[] NOT NULL, content VARCHAR NOT NULL
);
`;
