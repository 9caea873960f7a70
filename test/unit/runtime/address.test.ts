import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasSecret, hideAddress, hiderOf } from '../../../src/runtime/address/hide-address.js';
import { addressText, credentialsOf, percentDecoded, readAddress } from '../../../src/runtime/address/read-address.js';
import { redact, redactDeep } from '../../../src/runtime/redact.js';
import { seeded } from '../../fixtures/seeded.js';

/** Every character that ffmpeg takes in a user name or password. */
const charactersOf = (text: string): string[] => Array.from(text);
const passwordCharacter = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...charactersOf('abcXYZ019')) },
  { weight: 2, arbitrary: fc.constantFrom(...charactersOf('/?#@:%& =+;,!$\'"()[]{}<>|\\^`~*._-')) },
  fc.constantFrom(...charactersOf('пароль密é')),
);
/** Marked at both ends, so that no part of the address around it can be mistaken for it. */
const password = fc
  .array(passwordCharacter, { minLength: 2, maxLength: 24 })
  .map((characters) => `Zq${characters.join('')}9Zq`);
const user = fc.constantFrom('admin', 'root', 'viewer 1', 'админ');
const host = fc.constantFrom('10.0.0.5', 'cam.local', '[::1]', '192.168.1.20:554', 'localhost:8554');

/** How cheap recorders write credentials, besides `user:password@`. */
const STYLES: readonly ((user: string, password: string, host: string) => string)[] = [
  (u, p, h) => `rtsp://${u}:${p}@${h}/Streaming/Channels/101`,
  (u, p, h) => `listen:rtmp://${u}:${p}@${h}/live`,
  (u, p, h) => `rtsp://${h}/user=${u}&password=${p}&channel=1&stream=0.sdp?`,
  (u, p, h) => `rtsp://${h}/user=${u}_password=${p}_channel=1_stream=0.sdp?real_stream`,
  (u, p, h) => `http://${h}/cgi-bin/CGIStream.cgi?cmd=GetMJStream&usr=${u}&pwd=${p}`,
  (u, p, h) => `http://${h}/videostream.cgi?loginuse=${u}&loginpas=${p}`,
  (_, p, h) => `https://${h}/live.flv?app=bcs&authbasic=${p}`,
  (_, p, h) => `srt://${h}?mode=caller&passphrase=${p}`,
  (_, p, h) => `rtsp://${h}/admin/${p}/stream1`,
  (u, p, h) => `rtsp://${h}/0/${u}:${p}/main`,
];

describe('an address', { timeout: 240_000 }, () => {
  it.each([
    ['rtsp://u:p@ss/w#rd@host/h264', 'u', 'p@ss/w#rd', 'host', 'rtsp://u:p@ss%2Fw%23rd@host/h264'],
    ['rtsp://u:pa ss@host:554/', 'u', 'pa ss', 'host', 'rtsp://u:pa ss@host:554/'],
    ['rtsp://u:100%@host/', 'u', '100%', 'host', 'rtsp://u:100%@host/'],
    ['rtsp://u:a%40b@host/', 'u', 'a@b', 'host', 'rtsp://u:a%40b@host/'],
    ['http://u:p@192.168.1.5/x@2', 'u', 'p', '192.168.1.5', 'http://u:p@192.168.1.5/x@2'],
    ['http://cam/path@2x.jpg', '', '', 'cam', 'http://cam/path@2x.jpg'],
    ['http://cam/my stream', '', '', 'cam', 'http://cam/my%20stream'],
    ['rtsp://[fe80::1]:554/a', '', '', '[fe80::1]', 'rtsp://[fe80::1]:554/a'],
  ])('%s is understood', (text, name, secret, machine, forDecoder) => {
    const address = readAddress(text);
    if (address === null) throw new Error('not read');
    expect(credentialsOf(address)).toEqual({ user: name, password: secret });
    expect(address.host).toBe(machine);
    expect(addressText(address)).toBe(forDecoder);
  });

  it.each(['http://cam:port/x', 'http://a%zz/', 'http://[::1/', 'rtsp://cam:99999/', 'http://a b/'])(
    '%s is none of a machine',
    (text) => {
      expect(readAddress(text)?.valid).toBe(false);
    },
  );

  it.each([
    [
      'rtsp://1.2.3.4/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp',
      'rtsp://1.2.3.4/user=***_password=***_channel=1_stream=0.sdp',
    ],
    ['http://cam/video.cgi?resolution=640x480&fps=5', 'http://cam/video.cgi?resolution=640x480&fps=5'],
    ['http://cam/video.cgi?somethingnew=abc', 'http://cam/video.cgi?somethingnew=***'],
    ['rtsp://cam/admin/secret/stream', 'rtsp://cam/admin/***/***'],
    ['rtsp://admin:secret', 'rtsp://admin:***'],
    ['admin:secret@cam/stream', '***@cam/stream'],
    ['file:///home/user/film.mp4', 'file:///home/user/film.mp4'],
    ['/home/user/a@b.mp4', '/home/user/a@b.mp4'],
  ])('%s is shown as %s', (text, shown) => {
    expect(hideAddress(text)).toBe(shown);
    expect(hideAddress(shown)).toBe(shown);
  });

  it.each(['Zq/=aa9Zq', 'Zq==aa9Zq', 'Zqaa/=9Zq'])('hides a password with an equals sign in a path: %s', (secret) => {
    const text = `rtsp://10.0.0.5/0/admin:${secret}/main`;
    expect(hiderOf(text)(`bad password ${secret}`)).not.toMatch(/Zq[^*]*9Zq/u);
  });

  it('hides every secret that the decoder gets, in every sink', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STYLES), user, password, host, (style, name, secret, machine) => {
        const text = style(name, secret, machine);
        const sinks = [
          hideAddress(text),
          hiderOf(text)(`bad password ${secret} (${percentDecoded(secret)})`),
          JSON.stringify(redactDeep({ deep: [{ url: text }] })),
        ];
        expect(hideAddress(text)).not.toContain('Zq');
        for (const sink of sinks) expect(sink).not.toMatch(/Zq[^*]*9Zq/u);
        expect(hasSecret(text)).toBe(true);
      }),
      seeded('secrets of addresses', 1000),
    );
  });

  it('reads the password that was written, and hands it to the decoder so that it reads the same', () => {
    fc.assert(
      fc.property(user, password, host, (name, secret, machine) => {
        const address = readAddress(`rtsp://${name}:${secret}@${machine}/x`);
        if (address === null) throw new Error('not read');
        // A part of the password that is a whole machine's name cannot be told from one.
        fc.pre(`${address.host}${address.port === null ? '' : `:${address.port}`}` === machine);
        expect(credentialsOf(address)).toEqual({ user: name, password: percentDecoded(secret) });
        const again = readAddress(addressText(address));
        if (again === null) throw new Error('not read again');
        expect(credentialsOf(again)).toEqual(credentialsOf(address));
        // The way libavformat cuts it: up to the first / ? #, and there at the last @.
        const authority = addressText(address).slice('rtsp://'.length).split(/[/?#]/)[0] ?? '';
        expect(authority.slice(authority.lastIndexOf('@') + 1)).toBe(machine);
      }),
      seeded('reading of addresses', 500),
    );
  });

  it('never throws and hides the same twice, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const one of [text, `http://${text}`, `rtsp://u:p@${text}`, `file:///${text}`]) {
          expect(hideAddress(hideAddress(one))).toBe(hideAddress(one));
          expect(redact(one)).not.toContain('u:p@');
          hiderOf(one)(one);
        }
      }),
      seeded('any text', 200),
    );
  });
});

describe('the time that hiding takes', { timeout: 240_000 }, () => {
  const SIZE = 100_000;
  it.each([
    ...['a', 'a://', 'a://x y ', 'x://y://z w ', '@', 'a://b:@x', '=', 'key=', 'a://b:c ', 'authorization', 'cookie  '],
    ...['a=b_', '&', '%41', 'listen:', 'a://b?c=d&', '[', 'A1b2-', "'", 'user:', '/admin', 'a.b-c+'],
  ])('grows no faster than the text for %j', (unit) => {
    const steps = (size: number): number => {
      const text = unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
      const before = process.cpuUsage().user;
      for (const one of [text, `a://u:p@h/${text}`, `a://h?${text}`]) {
        hideAddress(one);
        redact(one);
      }
      return (process.cpuUsage().user - before) / 1000;
    };
    steps(1000);
    // A quadratic one takes minutes; nothing is claimed about this machine but that it does not.
    expect(steps(SIZE)).toBeLessThan(10_000);
  });
});
