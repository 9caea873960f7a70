import { describe, expect, it } from 'vitest';
import { doorGuard, isUnguarded, pushDoorOf } from '../../../../src/ingest/push/door.js';
import { readPushAddress } from '../../../../src/ingest/push/push-address.js';
import { hideAddress, hiderOf } from '../../../../src/runtime/address/hide-address.js';
import { redact } from '../../../../src/runtime/redact.js';

const KEY = 'kq7-wv9zx3jt5';

describe('a door for cameras that push', () => {
  it.each([
    ['listen:rtmp://0.0.0.0:1935/live/' + KEY, undefined, 'anywhere', 'set', false],
    ['listen:rtmp://0.0.0.0/live/short', undefined, 'anywhere', 'short', true],
    ['listen:rtmp://:1935/', undefined, 'anywhere', 'none', true],
    ['listen:rtmp://:1935/' + KEY + '/', undefined, 'anywhere', 'set', false],
    ['listen:rtsp://[::]:554/' + KEY, undefined, 'anywhere', 'set', false],
    ['listen:rtsp://[::1]:554/x', undefined, 'machine', 'short', false],
    ['listen:rtsp://192.168.1.5:554/x', ['192.168.1.0/24'], 'networks', 'short', false],
    ['listen:srt://0.0.0.0:9000?passphrase=0123456789', undefined, 'anywhere', 'set', false],
    ['listen:srt://0.0.0.0:9000', undefined, 'anywhere', 'none', true],
    ['listen:tcp://0.0.0.0:9000', undefined, 'anywhere', 'none', true],
    ['listen:tcp://0.0.0.0:9000', ['10.0.0.7'], 'networks', 'none', false],
    ['listen:tcp://127.0.0.1:9000', undefined, 'machine', 'none', false],
    ['listen:udp://localhost:9000', undefined, 'machine', 'none', false],
    ['listen:udp://239.1.1.1:9000', undefined, 'anywhere', 'none', true],
  ] as const)('%s, allow %j', (url, allow, reach, key, open) => {
    const door = pushDoorOf(url, allow);
    expect(door).toMatchObject({ reach, key });
    expect(door !== null && isUnguarded(door)).toBe(open);
  });

  it('is none where nothing is pushed to', () => {
    expect(pushDoorOf('rtsp://camera/x', undefined)).toBeNull();
    expect(pushDoorOf('listen:tcp://camera.example:9000', undefined)).toBeNull();
    expect(pushDoorOf('listen:tcp://0.0.0.0', undefined)).toBeNull();
  });

  it('lets in by address, in IPv4, IPv6 and IPv4 written as IPv6', () => {
    const guard = doorGuard(readPushAddress('tcp://0.0.0.0:1'), ['10.1.0.0/16', '192.168.1.7', 'fd00:1::/32', '::1']);
    for (const address of ['10.1.255.1', '::ffff:10.1.2.3', '192.168.1.7', 'fd00:1:2::9', '::1'])
      expect(guard.mayCome(address), address).toBe(true);
    for (const address of ['10.2.0.1', '::ffff:10.2.0.1', '192.168.1.8', 'fd00:2::9', '127.0.0.1', '', 'x', '::ffff:x'])
      expect(guard.mayCome(address), address).toBe(false);
  });

  it('lets in by path, as written or decoded, whatever slashes end it', () => {
    const guard = doorGuard(readPushAddress(`rtmp://0.0.0.0/live/${KEY}%20x`), undefined);
    for (const path of [`live/${KEY}%20x`, `/live/${KEY} x`, `live/${KEY}%20x/`]) expect(guard.isPath(path)).toBe(true);
    for (const path of ['', 'live', `live/${KEY}`, `Live/${KEY} x`, `live//${KEY} x`])
      expect(guard.isPath(path)).toBe(false);
  });

  it.each([
    [`listen:rtmp://0.0.0.0:1935/live/${KEY}`, 'listen:rtmp://0.0.0.0:1935/live/***'],
    [`listen:rtmp://0.0.0.0:1935/${KEY}`, 'listen:rtmp://0.0.0.0:1935/***'],
    [`listen:rtmp://0.0.0.0/live/${KEY}?a=${KEY}`, 'listen:rtmp://0.0.0.0/live/***'],
    [`listen:rtsp://0.0.0.0:554/live/${KEY}`, 'listen:rtsp://0.0.0.0:554/live/***'],
    [`listen:rtsp://0.0.0.0:554/`, 'listen:rtsp://0.0.0.0:554/'],
    [`listen:srt://0.0.0.0:9000?passphrase=${KEY}`, 'listen:srt://0.0.0.0:9000?passphrase=***'],
  ])('%s is shown as %s, also within a sentence', (url, shown) => {
    expect(hideAddress(url)).toBe(shown);
    expect(redact(`The camera "x" (${url}) is open.`)).toBe(`The camera "x" (${shown}) is open.`);
    expect(hiderOf(url)(`said ${KEY} alone`)).toBe(url.includes(KEY) ? 'said *** alone' : `said ${KEY} alone`);
  });
});
