import { seeded } from '../../fixtures/store-rows.js';

const PACKET_BYTES = 188;

/** Flips about `share` of the bytes behind the transport headers, the same ones for the same seed. */
export const flipBits = (stream: Buffer, share: number, seed: number): Buffer => {
  const random = seeded(seed);
  const damaged = Buffer.from(stream);
  // The first packets say what the stream is made of; a receiver that has them stays tuned.
  for (let at = 3 * PACKET_BYTES; at < damaged.length; at += 1) {
    if (at % PACKET_BYTES < 4 || random() >= share) continue;
    damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return damaged;
};

const readTime = (bytes: Buffer, at: number): number =>
  ((bytes.readUInt8(at) >> 1) & 7) * 2 ** 30 +
  (bytes.readUInt16BE(at + 1) >> 1) * 2 ** 15 +
  (bytes.readUInt16BE(at + 3) >> 1);

const writeTime = (bytes: Buffer, at: number, ticks: number): void => {
  const mark = bytes.readUInt8(at) & 0xf0;
  bytes.writeUInt8(mark | (Math.floor(ticks / 2 ** 30) << 1) | 1, at);
  bytes.writeUInt16BE(((Math.floor(ticks / 2 ** 15) & 0x7fff) << 1) | 1, at + 1);
  bytes.writeUInt16BE(((ticks & 0x7fff) << 1) | 1, at + 3);
};

/** Rewrites every presentation and decoding time of an MPEG-TS, in ticks of 1/90000 s that wrap at 2^33. */
export const withTimes = (stream: Buffer, change: (ticks: number) => number): Buffer => {
  const changed = Buffer.from(stream);
  for (let start = 0; start + PACKET_BYTES <= changed.length; start += PACKET_BYTES) {
    if ((changed.readUInt8(start + 1) & 0x40) === 0) continue;
    const adaptation = (changed.readUInt8(start + 3) & 0x20) === 0 ? 0 : 1 + changed.readUInt8(start + 4);
    const pes = start + 4 + adaptation;
    if (pes + 19 > start + PACKET_BYTES || changed.readUIntBE(pes, 3) !== 1) continue;
    const flags = changed.readUInt8(pes + 7) >> 6;
    if (flags >= 2) writeTime(changed, pes + 9, change(readTime(changed, pes + 9)));
    if (flags === 3) writeTime(changed, pes + 14, change(readTime(changed, pes + 14)));
  }
  return changed;
};
