/** What an FLV begins with that has video alone: its header, and the size of the tag before the first. */
export const FLV_HEADER: Buffer = Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0]);

const VIDEO_TAG = 9;
const TAG_HEADER_BYTES = 11;

/** A piece of video of RTMP as a tag of FLV. */
export const videoTag = (timestampMs: number, payload: Buffer): Buffer => {
  const header = Buffer.alloc(TAG_HEADER_BYTES);
  header.writeUInt8(VIDEO_TAG);
  header.writeUIntBE(payload.length, 1, 3);
  header.writeUIntBE(timestampMs & 0xff_ff_ff, 4, 3);
  header.writeUInt8((timestampMs >>> 24) & 0xff, 7);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(TAG_HEADER_BYTES + payload.length);
  return Buffer.concat([header, payload, size]);
};

/** AVC, and HEVC as some encoders number it, have a sequence header. */
const WITH_HEADERS: readonly number[] = [7, 12];
/** In a tag of the extended kind: a sequence header. */
const EXTENDED_START = 0;

/** Whether a piece of video holds what a decoder must know before any picture. */
export const isSequenceHeader = (payload: Buffer): boolean => {
  const first = payload[0] ?? 0;
  if ((first & 0x80) !== 0) return (first & 0x0f) === EXTENDED_START;
  return WITH_HEADERS.includes(first & 0x0f) && payload[1] === 0;
};
