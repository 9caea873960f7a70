/**
 * Raw rows. Times are epoch ms UTC; `seq` numbers the commit that brought a row, so that rollups know what is new.
 * Happiness is DOUBLE because thresholds are compared with it exactly; the other scores keep the nets' own float32.
 */
export const base = `
CREATE TYPE role AS ENUM ('customer', 'seller', 'entrance', 'exit', 'display');
CREATE TYPE verdict AS ENUM ('happy', 'unhappy', 'indifferent');
CREATE TABLE samples (
  seq BIGINT NOT NULL, ts BIGINT NOT NULL, stream VARCHAR NOT NULL, zone VARCHAR, role role NOT NULL,
  track VARCHAR NOT NULL,
  happiness DOUBLE NOT NULL, surprise FLOAT NOT NULL, anger FLOAT NOT NULL, disgust FLOAT NOT NULL,
  fear FLOAT NOT NULL, sadness FLOAT NOT NULL, neutral FLOAT NOT NULL,
  raw_happiness FLOAT NOT NULL, raw_surprise FLOAT NOT NULL, raw_anger FLOAT NOT NULL, raw_disgust FLOAT NOT NULL,
  raw_fear FLOAT NOT NULL, raw_sadness FLOAT NOT NULL, raw_neutral FLOAT NOT NULL,
  mood FLOAT NOT NULL, age DOUBLE, gender DOUBLE, yaw FLOAT NOT NULL, pitch FLOAT NOT NULL, roll FLOAT NOT NULL,
  attention BOOLEAN NOT NULL, box_x FLOAT NOT NULL, box_y FLOAT NOT NULL, box_width FLOAT NOT NULL,
  box_height FLOAT NOT NULL, size_px DOUBLE NOT NULL, quality FLOAT NOT NULL, faces_in_frame USMALLINT NOT NULL
);
CREATE TABLE frames (
  seq BIGINT NOT NULL, ts BIGINT NOT NULL, stream VARCHAR NOT NULL, zone VARCHAR, role role NOT NULL,
  analysed UINTEGER NOT NULL, with_faces UINTEGER NOT NULL, faces UINTEGER NOT NULL
);
CREATE TABLE tracks (
  seq BIGINT NOT NULL, track VARCHAR NOT NULL, stream VARCHAR NOT NULL, zone VARCHAR, role role NOT NULL,
  start_ts BIGINT NOT NULL, end_ts BIGINT NOT NULL, samples UINTEGER NOT NULL, frame_share DOUBLE NOT NULL,
  smiles UINTEGER[101] NOT NULL,
  happiness DOUBLE NOT NULL, surprise DOUBLE NOT NULL, anger DOUBLE NOT NULL, disgust DOUBLE NOT NULL,
  fear DOUBLE NOT NULL, sadness DOUBLE NOT NULL, neutral DOUBLE NOT NULL,
  mood DOUBLE NOT NULL, dwell_ms DOUBLE NOT NULL, attention_ms DOUBLE NOT NULL, glances UINTEGER NOT NULL,
  longest_look_ms DOUBLE NOT NULL, male UINTEGER NOT NULL, female UINTEGER NOT NULL,
  age_0 UINTEGER NOT NULL, age_20 UINTEGER NOT NULL, age_30 UINTEGER NOT NULL, age_40 UINTEGER NOT NULL,
  age_50 UINTEGER NOT NULL, age DOUBLE, gender DOUBLE
);
CREATE TABLE contacts (
  seq BIGINT NOT NULL, id VARCHAR NOT NULL, point VARCHAR NOT NULL, start_ts BIGINT NOT NULL, end_ts BIGINT NOT NULL,
  seller_present BOOLEAN NOT NULL, qualified BOOLEAN NOT NULL, verdict verdict, baseline_happiness DOUBLE,
  rise_over_baseline DOUBLE, latency_ms DOUBLE, lag_r DOUBLE, lag_ms DOUBLE, lag_p DOUBLE,
  smile_count UINTEGER NOT NULL, reason_ru VARCHAR NOT NULL,
  reason_en VARCHAR NOT NULL, smiles VARCHAR NOT NULL, curve VARCHAR NOT NULL
);
CREATE TABLE bursts (
  seq BIGINT NOT NULL, contact VARCHAR NOT NULL, kind VARCHAR NOT NULL, start_ts BIGINT NOT NULL,
  end_ts BIGINT NOT NULL, rise DOUBLE NOT NULL
);
CREATE TABLE audit (
  seq BIGINT NOT NULL, ts BIGINT NOT NULL, kind VARCHAR NOT NULL, actor VARCHAR NOT NULL, action VARCHAR NOT NULL,
  target VARCHAR, outcome VARCHAR NOT NULL, address VARCHAR, request_id VARCHAR
);
CREATE TABLE commits (seq BIGINT NOT NULL, batch VARCHAR);
`;
