/** Rows that could not be written, by kind and the period they belonged to, so that a report can say so. */
export const losses = `
CREATE TABLE losses (
  noted_ts BIGINT NOT NULL, kind VARCHAR NOT NULL, from_ts BIGINT NOT NULL, to_ts BIGINT NOT NULL,
  row_count BIGINT NOT NULL, reason VARCHAR NOT NULL
);
`;
