/** Rows of frames that wait for a face to be judged, as JSON: what a process that died leaves here is counted at the next start. */
export const held = `CREATE TABLE held (key VARCHAR NOT NULL, content VARCHAR NOT NULL);`;
