import { describe, expect, it } from 'vitest';
import { PacketReader } from '../../../src/ingest/ffmpeg/packet-reader.js';
import { PacketWatch } from '../../../src/ingest/packet-watch.js';

const STALL_MS = 10_000;

describe('packets as signs of life', () => {
  it('waits for the first key picture as long as video arrives', () => {
    const watch = new PacketWatch(STALL_MS);
    for (let ms = 0; ms < 600_000; ms += 40) expect(watch.packet(false, ms)).toBe(true);
    expect(watch.awaitsKey(600_000)).toBe(true);
    expect(new PacketWatch(STALL_MS).awaitsKey(0)).toBe(false);
  });

  it('waits for no picture of key pictures that cannot be decoded', () => {
    const watch = new PacketWatch(STALL_MS);
    expect([0, 1000, 2000, 3000].map((ms) => watch.packet(true, ms))).toEqual([true, true, false, false]);
    expect(watch.undecodable()).toBe(true);
    expect(watch.packet(false, 3040)).toBe(false);
    watch.picture(3050);
    expect(watch.packet(false, 3060)).toBe(true);
  });

  it('has more patience than the longest distance between key pictures', () => {
    const watch = new PacketWatch(STALL_MS);
    watch.packet(true, 0);
    watch.picture(10);
    watch.packet(true, 60_000);
    watch.picture(60_010);
    expect(watch.packet(false, 120_000)).toBe(true);
    expect(watch.packet(false, 160_000)).toBe(false);
  });
});

describe('what ffmpeg writes about packets', () => {
  it('is read in pieces; no flags mean a key picture', () => {
    const seen: boolean[] = [];
    const reader = new PacketReader((key) => seen.push(key));
    const text =
      '#tb 0: 1/90000\n0, 0, 0, 3600, 7571, 0xaba0c838\n0, 1, 1, 3600, 2618, 0xcc, F=0x0\n0, 2, 2, 1, 9, 0x1, F=0x3\n';
    for (const character of text) reader.push(character);
    expect(seen).toEqual([true, false, true]);
  });
});
