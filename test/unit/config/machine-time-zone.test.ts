import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/load.js';
import { machineTimeZone } from '../../../src/config/machine-time-zone.js';

describe('the zone of the machine', () => {
  it.each([
    ['Europe/Moscow', 'Europe/Moscow'],
    [':Europe/Moscow', 'Europe/Moscow'],
    ['posix/Europe/Moscow', 'Europe/Moscow'],
    ['right/Europe/Moscow', 'Europe/Moscow'],
    ['/usr/share/zoneinfo/Europe/Moscow', 'Europe/Moscow'],
    [':/usr/share/zoneinfo/Europe/Moscow', 'Europe/Moscow'],
    ['europe/moscow', 'Europe/Moscow'],
    ['MSK-3', 'Etc/GMT-3'],
    ['<+03>-3', 'Etc/GMT-3'],
    ['GMT+3', 'Etc/GMT+3'],
    ['UTC0', 'UTC'],
    ['UTC', 'UTC'],
    ['', 'UTC'],
    ['CET-1CEST,M3.5.0,M10.5.0/3', 'Europe/Berlin'],
  ])('TZ=%j is %s', (tz, zone) => {
    expect(machineTimeZone({ TZ: tz })).toBe(zone);
    expect(parseConfig('', 'f', { TZ: tz }).site.timeZone).toBe(zone);
  });

  it.each(['Mars/Olympus', 'XYZ-3:17', ':/nowhere', '\u0000', 'FOO1BAR,M3.1.0,M9.1.0', '<+99>-99'])(
    'TZ=%j is named at the start',
    (tz) => {
      expect(machineTimeZone({ TZ: tz })).toBeNull();
      expect(() => parseConfig('', 'f', { TZ: tz })).toThrow(/TZ=/);
      expect(parseConfig('site: { timeZone: Asia/Tokyo }', 'f', { TZ: tz }).site.timeZone).toBe('Asia/Tokyo');
    },
  );

  it('is told by a copy of a zone file, too, and by none that is no zone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'emoscope-zone-'));
    copyFileSync('/usr/share/zoneinfo/Europe/Moscow', join(folder, 'moscow'));
    writeFileSync(join(folder, 'text'), 'no zone');
    expect(machineTimeZone({ TZ: `:${folder}/moscow` })).toBe('Etc/GMT-3');
    expect(machineTimeZone({ TZ: `${folder}/text` })).toBeNull();
  });

  it('without TZ is one that reports can use', () => {
    expect(() => new Intl.DateTimeFormat('en', { timeZone: machineTimeZone({}) ?? 'none' })).not.toThrow();
  });
});
