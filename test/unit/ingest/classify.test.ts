import { describe, expect, it } from 'vitest';
import { classifyEnd, type ProcessEnd } from '../../../src/ingest/ffmpeg/classify.js';

const end = (lines: readonly string[], over: Partial<ProcessEnd> = {}): ProcessEnd => ({
  exitCode: 1,
  signal: null,
  lines,
  pictures: 0,
  stopped: false,
  waitedOut: false,
  ...over,
});

/** What ffmpeg 5.1 wrote in each of these situations. */
const CASES: readonly (readonly [string, string, ProcessEnd])[] = [
  [
    'wrong password over RTSP',
    'unauthorised',
    end([
      '[rtsp @ 0x556ecf3cdd00] [error] method DESCRIBE failed: 401 Unauthorized',
      '[error] rtsp://***@127.0.0.1:45797/cam: Server returned 401 Unauthorized (authorization failed)',
    ]),
  ],
  [
    'HTTP 403',
    'forbidden',
    end([
      '[https @ 0x1] [error] HTTP error 403 Forbidden',
      '[error] https://h/x: Server returned 403 Forbidden (access denied)',
    ]),
  ],
  [
    'no such path on the RTSP server',
    'not-found',
    end([
      '[rtsp @ 0x563a8b6add00] [error] method DESCRIBE failed: 404 Not Found',
      '[error] rtsp://***@127.0.0.1:45797/nothing: Server returned 404 Not Found',
    ]),
  ],
  ['a file of somebody else', 'forbidden', end(['[error] file:/root/a.mp4: Permission denied'])],
  [
    'a device of another group',
    'forbidden',
    end(['[video4linux2,v4l2 @ 0x1] [error] Cannot open video device /dev/video0: Permission denied']),
  ],
  [
    'a server without any transport of ours',
    'transport',
    end([
      '[rtsp @ 0x55ae2cb22d00] [error] method SETUP failed: 461 Unsupported transport',
      '[error] rtsp://127.0.0.1:18556/g: Protocol not supported',
    ]),
  ],
  [
    'a camera with too many viewers',
    'busy',
    end([
      '[rtsp @ 0x1] [error] method SETUP failed: 453 Not Enough Bandwidth',
      '[error] rtsp://h/x: Server returned 4XX Client Error, but not one of 40{0,1,3,4}',
    ]),
  ],
  [
    'an answer nobody can name',
    'not-found',
    end(['[error] http://h/x: Server returned 4XX Client Error, but not one of 40{0,1,3,4}']),
  ],
  ['a webcam in use', 'busy', end(['[error] /dev/video0: Device or resource busy'])],
  ['missing file', 'not-found', end(['[error] file:/tmp/nope.mp4: No such file or directory'])],
  ['folder', 'not-found', end(['[error] file:/tmp: Is a directory'])],
  [
    'missing device',
    'not-found',
    end([
      '[video4linux2,v4l2 @ 0x562b64de3cc0] [error] Cannot open video device /dev/video77: No such file or directory',
      '[error] /dev/video77: No such file or directory',
    ]),
  ],
  [
    'unknown host',
    'unknown-host',
    end([
      '[tcp @ 0x558335ac1ec0] [error] Failed to resolve hostname no-such-host.invalid: Name or service not known',
      '[error] rtsp://no-such-host.invalid/x: Input/output error',
    ]),
  ],
  [
    'nothing listens',
    'unreachable',
    end([
      '[tcp @ 0x5560ba3dfec0] [error] Connection to tcp://127.0.0.1:1?timeout=3000000 failed: Connection refused',
      '[error] rtsp://127.0.0.1:1/x: Connection refused',
    ]),
  ],
  ['busy server', 'unreachable', end(['[error] rtsp://h/x: Server returned 5XX Server Error reply'])],
  ['silent HTTP server', 'timeout', end(['[error] http://127.0.0.1:45885/x: Connection timed out'])],
  [
    'silent RTSP server',
    'timeout',
    end(['[error] rtsp://127.0.0.1:45885/x: Invalid data found when processing input'], { waitedOut: true }),
  ],
  ['audio only', 'no-video', end(["[fatal] Stream map '0:V:0' matches no streams."])],
  [
    'codec nobody knows',
    'unsupported-codec',
    end([
      '[mov @ 0x1] [warning] Could not find codec parameters for stream 0 (Video: none (zzzz / 0x7A7A7A7A), 320x180): unknown codec',
      '[error] Decoder (codec none) not found for input stream #0:0',
    ]),
  ],
  [
    'no ffmpeg',
    'decoder-missing',
    end(['prlimit: failed to execute ffmpeg: No such file or directory'], { exitCode: 127 }),
  ],
  [
    'an ffmpeg that may not run',
    'decoder-missing',
    end(['prlimit: failed to execute ffmpeg: Permission denied'], { exitCode: 126 }),
  ],
  [
    'more memory than allowed',
    'too-large',
    end(
      ['[png @ 0x1] [error] get_buffer() failed', '[error] Error while decoding stream #0:0: Cannot allocate memory'],
      { exitCode: 255, pictures: 0 },
    ),
  ],
  ['not a video', 'corrupt', end(['[error] file:/etc/passwd: Invalid data found when processing input'])],
  ['empty video', 'corrupt', end([], { exitCode: 0 })],
  ['damage all the way', 'corrupt', end(['[error] Error while decoding stream #0:0: Invalid data'], { exitCode: 69 })],
  ['the end of a file', 'ended', end([], { exitCode: 0, pictures: 5 })],
  [
    'the end of a damaged file',
    'ended',
    end(['[error] Error while decoding stream #0:0: Invalid data'], { exitCode: 0, pictures: 5 }),
  ],
  ['no memory for the decoder', 'exhausted', end(['prlimit: failed to execute ffmpeg: Cannot allocate memory'])],
  [
    'no memory for its libraries',
    'exhausted',
    end(['ffmpeg: error while loading shared libraries: libavcodec.so.59: failed to map segment from shared object']),
  ],
  ['killed for memory', 'decoder-crashed', end([], { exitCode: null, signal: 'SIGKILL', pictures: 5 })],
  ['ended by somebody', 'decoder-crashed', end(['[info] Exiting normally, received signal 15.'], { exitCode: 255 })],
  ['segmentation fault', 'decoder-crashed', end([], { exitCode: null, signal: 'SIGSEGV' })],
  ['an exit without a word', 'decoder-crashed', end([], { exitCode: 134 })],
  ['ended by us', 'ended', end([], { exitCode: null, signal: 'SIGKILL', stopped: true })],
  ['a refused protocol', 'invalid-url', end(["[error] Protocol 'http' not on whitelist 'file'!"])],
];

describe('why ffmpeg ended', () => {
  it.each(CASES)('%s: %s', (_, reason, processEnd) => {
    expect(classifyEnd(processEnd).reason).toBe(reason);
  });

  it('believes the latest line that says something', () => {
    const lines = ['[error] x: Connection refused', '[error] y: Server returned 401 Unauthorized', '[info] bye'];
    expect(classifyEnd(end(lines)).reason).toBe('unauthorised');
  });
});
