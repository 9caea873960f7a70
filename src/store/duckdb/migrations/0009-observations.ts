/**
 * Facts that no camera made, each revision a row. `ts` is when it happened, `received_ts` when it came; `counter` and
 * `amount` are of counts and amounts, `content` is JSON of what the kind adds. `superseded`: a higher revision has come.
 */
export const observations = `
CREATE TABLE observations (
  seq BIGINT NOT NULL, id UUID NOT NULL, rev UINTEGER NOT NULL, ts BIGINT NOT NULL, received_ts BIGINT NOT NULL,
  site VARCHAR NOT NULL, place VARCHAR NOT NULL, device VARCHAR, source VARCHAR NOT NULL, kind VARCHAR NOT NULL,
  employee VARCHAR, counter VARCHAR, amount DOUBLE, content VARCHAR NOT NULL, superseded BOOLEAN NOT NULL
);
`;
