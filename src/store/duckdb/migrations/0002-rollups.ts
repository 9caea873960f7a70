/**
 * Sums per minute that outlive the raw rows. A minute may have several rows, which add up: each run of the roll-up adds
 * what came since `rolled_seq`, so late rows are counted once and expired ones stay counted.
 * `smiles[k + 1]` is the number of samples with Happiness ≥ k.
 */
export const rollups = `
CREATE TABLE rollups (
  minute BIGINT NOT NULL, stream VARCHAR NOT NULL, zone VARCHAR, role role NOT NULL, samples UINTEGER NOT NULL,
  happiness DOUBLE NOT NULL, surprise DOUBLE NOT NULL, anger DOUBLE NOT NULL, disgust DOUBLE NOT NULL,
  fear DOUBLE NOT NULL, sadness DOUBLE NOT NULL, neutral DOUBLE NOT NULL, mood DOUBLE NOT NULL,
  male UINTEGER NOT NULL, female UINTEGER NOT NULL,
  age_0 UINTEGER NOT NULL, age_20 UINTEGER NOT NULL, age_30 UINTEGER NOT NULL, age_40 UINTEGER NOT NULL,
  age_50 UINTEGER NOT NULL, attention UINTEGER NOT NULL, smiles UINTEGER[101] NOT NULL
);
CREATE TABLE frame_rollups (
  minute BIGINT NOT NULL, stream VARCHAR NOT NULL, zone VARCHAR, role role NOT NULL,
  analysed UINTEGER NOT NULL, with_faces UINTEGER NOT NULL, faces UINTEGER NOT NULL
);
CREATE TABLE rollup_state (rolled_seq BIGINT NOT NULL, raw_from_ts BIGINT);
INSERT INTO rollup_state VALUES (0, NULL);
`;
