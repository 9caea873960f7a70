import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CameraFault } from '../../../src/ingest/camera-fault.js';
import { ffmpegArguments, ffmpegStdin } from '../../../src/ingest/ffmpeg/command.js';
import type { SourceRequest } from '../../../src/ingest/frame-source.js';
import { parseSourceUrl } from '../../../src/ingest/source-url.js';
import { seeded } from '../../fixtures/seeded.js';

const request = (url: string, over: Partial<SourceRequest> = {}): SourceRequest => ({
  spec: parseSourceUrl(url),
  fps: 5,
  maxWidthPx: 1920,
  transport: 'tcp',
  decode: 'software',
  pace: 'live',
  loop: false,
  socketTimeoutMs: 10_000,
  ...over,
});

/** The value that follows an option. */
const option = (args: readonly string[], name: string): string | undefined =>
  args.includes(name) ? args[args.indexOf(name) + 1] : undefined;

/** Well-formed at a glance; Node's own helpers throw on each. */
const BROKEN = [
  ...[
    'file:///a%zz',
    'file:///%00',
    'file://host/x.mp4',
    'file:///a%2Fb',
    'FILE:///a%zz',
    'http://a%zz/',
    'http://[::1/',
  ],
  ...['http://cam:99999/', 'rtsp://u:p@ho st/', `http://cam/${'x'.repeat(200_000)}`, 'http://u:%zz@:80/'],
];

describe('source addresses', { timeout: 240_000 }, () => {
  it('throws nothing but a fault of the camera, whatever is written', () => {
    const head = fc.constantFrom(
      '',
      'file:',
      'file://',
      'file:///',
      'http://',
      'rtsp://',
      'listen:',
      'listen:tcp://',
      'v4l2:',
      '/dev/video',
    );
    fc.assert(
      fc.property(head, fc.string({ unit: 'binary', maxLength: 80 }), (scheme, rest) => {
        try {
          const one = request(`${scheme}${rest}`);
          ffmpegArguments(one);
          ffmpegStdin(one);
        } catch (error) {
          expect(error).toBeInstanceOf(CameraFault);
        }
      }),
      seeded('source addresses', 300),
    );
  });

  it('gives the decoder a password that holds what a URL would have encoded', () => {
    expect(parseSourceUrl('rtsp://user:p@ss/w#rd@host/live').input).toBe('rtsp://user:p@ss%2Fw%23rd@host/live');
  });

  it('asks nobody for the name and password of a push, which would stand in the list of processes', () => {
    expect(parseSourceUrl('listen:rtmp://viewer:secret@0.0.0.0:1935/live').input).toBe('rtmp://0.0.0.0:1935/live');
  });

  it.each([
    ['rtsp://u:p@cam/stream', 'rtsp', 'live'],
    ['RTSPS://cam/stream', 'rtsp', 'live'],
    ['http://cam/video.mjpg', 'http', 'live'],
    ['http://cam/live/index.m3u8', 'http', 'live'],
    ['https://cam/live.mp4?x=1', 'http', 'live'],
    ['./some file.mp4', 'file', 'finite'],
    ['file:///tmp/a.mp4', 'file', 'finite'],
    ['/dev/video0', 'v4l2', 'live'],
    ['listen:rtmp://0.0.0.0:1935/live/key', 'listen', 'live'],
  ])('%s is %s', (url, kind, delivery) => {
    expect(parseSourceUrl(url)).toMatchObject({ kind, delivery });
  });

  it.each([
    '',
    ' ',
    'rtsp://',
    'ftp://host/x',
    'gopher://host/x',
    'listen:http://0.0.0.0',
    'listen:x',
    'listen:tcp://camera.example:9000',
    'listen:srt://0.0.0.0:9000?mode=caller',
    'a\0b',
    ...BROKEN,
  ])('refuses %j', (url) => {
    expect(() => parseSourceUrl(url)).toThrow(CameraFault);
  });

  it.each(['concat:/etc/passwd|/etc/hosts', 'subfile,,start,0,end,9,,:/etc/passwd', 'data:video/mp4;base64,AAAA'])(
    'takes %s for the name of a file and nothing else',
    (url) => {
      const args = ffmpegArguments(request(url));
      expect(option(args, '-i')).toBe(`file:${process.cwd()}/${url}`);
    },
  );
});

describe('what ffmpeg may open', () => {
  it('is a file alone for files, without playlists', () => {
    const args = ffmpegArguments(request('/x.mp4'));
    expect(option(args, '-protocol_whitelist')).toBe('file');
    expect(option(args, '-format_whitelist')?.split(',')).not.toEqual(expect.arrayContaining(['hls']));
    expect(option(args, '-format_whitelist')?.split(',')).not.toEqual(expect.arrayContaining(['concat']));
  });

  it.each([
    'rtsp://h/x',
    'rtsps://h/x',
    'http://h/x',
    'https://h/x',
    'listen:rtmp://0.0.0.0/x',
    'listen:udp://0.0.0.0:9',
  ])('is never a file for %s', (url) => {
    expect(option(ffmpegArguments(request(url)), '-protocol_whitelist')?.split(',')).not.toContain('file');
  });

  it.each(['rtsp://u:p%40ss@h/x', 'http://u:p%40ss@h/x.mjpg', 'https://h/x.mp4?token=p%40ss'])(
    'is read from a pipe where %s would show its secret in the list of processes',
    (url) => {
      const args = ffmpegArguments(request(url));
      expect(args.join(' ')).not.toContain('p%40ss');
      expect(option(args, '-i')).toBe('pipe:0');
      const script = ffmpegStdin(request(url)) ?? '';
      expect(script.split('\n').filter((line) => line.startsWith('file '))).toEqual([`file '${url}'`]);
      const protocols = /^option protocol_whitelist '(.*)'$/m.exec(script)?.[1]?.split(',') ?? [];
      expect(protocols.length).toBeGreaterThan(2);
      expect(protocols).not.toEqual(expect.arrayContaining(['file']));
      expect(protocols).not.toEqual(expect.arrayContaining(['pipe']));
      expect(script).toMatch(/^option max_streams '32'$/m);
    },
  );

  it('cannot be widened by what an address contains', () => {
    expect(() => parseSourceUrl("rtsp://u:p@h/x\nfile '/etc/passwd'")).toThrow(CameraFault);
    const script = ffmpegStdin(request("rtsp://u:p'q@h/x")) ?? '';
    expect(script).toContain(String.raw`file 'rtsp://u:p'\''q@h/x'`);
    expect(ffmpegStdin(request('rtsp://h/x'))).toBeNull();
    expect(ffmpegStdin(request('/a?b@c.mp4'))).toBeNull();
  });

  it('plays a file at the speed of the clock only when live', () => {
    expect(ffmpegArguments(request('/x.mp4'))).toContain('-re');
    expect(ffmpegArguments(request('/x.mp4', { pace: 'offline' }))).not.toContain('-re');
    expect(option(ffmpegArguments(request('/x.mp4', { loop: true })), '-stream_loop')).toBe('-1');
  });

  it('decodes in hardware only when asked', () => {
    expect(ffmpegArguments(request('rtsp://h/x'))).not.toContain('-hwaccel');
    expect(option(ffmpegArguments(request('rtsp://h/x', { decode: 'vaapi' })), '-hwaccel')).toBe('vaapi');
  });

  it('prefers the transport of the configuration, and takes the other where it is refused', () => {
    expect(option(ffmpegArguments(request('rtsp://h/x', { transport: 'udp' })), '-rtsp_transport')).toBe('udp+tcp');
    expect(option(ffmpegArguments(request('rtsp://h/x', { transport: 'tcp' })), '-rtsp_flags')).toBe('prefer_tcp');
  });
});
