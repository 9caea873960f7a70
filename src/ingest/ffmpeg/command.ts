import ffmpeg from 'fluent-ffmpeg';
import { readAddress } from '../../runtime/address/read-address.js';
import type { SourceRequest } from '../frame-source.js';
import type { SourceKind } from '../source-url.js';
import { MAX_HEIGHT } from '../picture-size.js';
import { hasSecrets, inputScript } from './input-script.js';

/** Larger pictures are refused by the decoder: 8192×4608. */
const MAX_PIXELS = 8192 * 4608;
/** Largest single block the decoder may allocate, bytes. */
const MAX_BLOCK_BYTES = 512 * 1024 * 1024;
/** Keeps a picture that falls on a grid point from slipping under it by rounding, seconds. */
const GRID_EPSILON_S = 0.001;
/** Where recorded time stands still, this source rate is taken for granted. */
const ASSUMED_SOURCE_FPS = 25;

/** What an input of each kind may open, directly or through a playlist inside it; never TLS, which is spoken for it (`tls/`). */
const PROTOCOLS: Readonly<Record<SourceKind, string>> = {
  file: 'file',
  v4l2: 'file',
  rtsp: 'rtsp,rtp,srtp,udp,tcp,crypto',
  http: 'http,tcp,crypto,httpproxy',
  listen: 'rtsp,rtp,udp,tcp,srt',
};

/** The same behind a door of ours. */
const RELAYED: Readonly<Record<SourceKind, string>> = { ...PROTOCOLS, rtsp: 'rtsp,rtp,tcp', http: 'http,tcp,crypto' };

/** One still picture. */
const STILLS = 'jpeg_pipe,png_pipe,webp_pipe,bmp_pipe';
/** Containers of video that are opened. */
export const CONTAINERS =
  'mov,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,live_flv,asf,ogg,h264,hevc,m4v,mpjpeg,mjpeg,gif,ivf,nut,dhav,obu';

/** Playlists and concat scripts are refused in files: they name other files. */
const FORMATS: Partial<Record<SourceKind, string>> = {
  file: CONTAINERS,
  v4l2: 'v4l2,video4linux2',
  http: `${CONTAINERS},${STILLS},hls`,
};

/** A listener gives up after a minute without a caller, so that one whose service was killed does not keep the port. */
const LISTEN_S = 60;
const LISTENING: Readonly<Record<string, readonly string[]>> = {
  rtsp: ['-rtsp_flags', 'listen', '-listen_timeout', String(LISTEN_S)],
  srt: ['-mode', 'listener', '-listen_timeout', String(LISTEN_S * 1e6), '-f', 'mpegts'],
};

const doorOf = (input: string): string => {
  const { host = '', port = '' } = readAddress(input) ?? {};
  return `http://${host}:${String(port)}`;
};

const networkOptions = (request: SourceRequest): readonly string[] => {
  const { spec, transport, socketTimeoutMs } = request;
  const timeoutUs = String(Math.round(socketTimeoutMs * 1000));
  if (spec.kind === 'rtsp') {
    if (spec.relayed === true) return ['-rtsp_transport', 'tcp', '-timeout', timeoutUs];
    // The other transport is tried where the source refuses the preferred one.
    const preference = transport === 'tcp' ? ['-rtsp_flags', 'prefer_tcp'] : ['-rtsp_transport', 'udp+tcp'];
    return [...preference, '-timeout', timeoutUs];
  }
  // Whatever else a playlist or redirect names is asked of our own door, too, and refused there.
  if (spec.kind === 'http')
    return ['-rw_timeout', timeoutUs, ...(spec.relayed === true ? ['-http_proxy', doorOf(spec.input)] : [])];
  return spec.kind === 'listen' ? (LISTENING[spec.scheme] ?? []) : [];
};

/**
 * Live, the decoder starts with what 2 s show instead of measuring rates for longer. What was looked at is kept
 * (`nobuffer` would throw it away): the first key picture is among it, and the next may be a minute off.
 */
const LIVE_ANALYSIS = ['-analyzeduration', '2000000', '-fpsprobesize', '2'];

const paceOptions = (request: SourceRequest): string[] => {
  const { spec, pace, loop, polled } = request;
  if (pace === 'offline') return [];
  if (polled === true) return ['-re'];
  if (spec.delivery === 'finite') return loop ? ['-re', '-stream_loop', '-1'] : ['-re'];
  if (spec.delivery === 'bursts') return ['-re'];
  if (spec.kind === 'http') return [...LIVE_ANALYSIS, '-use_wallclock_as_timestamps', '1'];
  return LIVE_ANALYSIS;
};

const FED_FORMATS = { flv: 'live_flv', mpegts: 'mpegts' } as const;

/** What may be opened, and how. */
const openingOptions = (request: SourceRequest): string[] => {
  const { spec, feed } = request;
  if (feed !== undefined) {
    return ['-protocol_whitelist', 'pipe', '-f', FED_FORMATS[feed.format], '-max_streams', '32'];
  }
  const formats = FORMATS[spec.kind];
  return [
    ...['-protocol_whitelist', spec.relayed === true ? RELAYED[spec.kind] : PROTOCOLS[spec.kind]],
    ...(formats === undefined ? [] : ['-format_whitelist', formats]),
    ...(spec.kind === 'v4l2' ? ['-f', 'v4l2'] : []),
    ...['-max_streams', '32'],
    ...networkOptions(request),
  ];
};

/** An address with secrets is opened by the concat reader, which takes it from the script on descriptor 0. */
const SCRIPT_OPTIONS = ['-protocol_whitelist', 'pipe', '-f', 'concat', '-safe', '0'];

const inputOptions = (request: SourceRequest): string[] => {
  const { decode, pace } = request;
  return [
    ...(isScripted(request) ? SCRIPT_OPTIONS : openingOptions(request)),
    ...['-max_pixels', String(MAX_PIXELS)],
    // Each frame thread holds back a picture and holds its memory: two keep up with 4K at one source frame of delay.
    ...['-threads', pace === 'live' ? '2' : '4'],
    ...(decode === 'software' ? [] : ['-hwaccel', decode]),
    ...paceOptions(request),
  ];
};

/** Whether ffmpeg learns from a script what to open: a secret, or the same address over and over. */
const isScripted = (request: SourceRequest): boolean => request.polled === true || hasSecrets(request.spec);

const inputName = (request: SourceRequest): string => {
  const { spec } = request;
  if (isScripted(request)) return 'pipe:0';
  return spec.kind === 'file' ? `file:${spec.input}` : spec.input;
};

/** How long one script of a polled source lasts, seconds. */
const POLLED_S = 600;

/** What ffmpeg reads from descriptor 0: the address, where it must not stand among the arguments, or is asked again and again. */
export const ffmpegStdin = (request: SourceRequest): string | null => {
  if (!isScripted(request)) return null;
  const { spec, fps, pace, polled } = request;
  const live = pace === 'live' && spec.delivery === 'live';
  const options = [...openingOptions(request), ...(live && polled !== true ? LIVE_ANALYSIS : [])];
  return polled === true
    ? inputScript(spec.input, options, { times: Math.ceil(POLLED_S * fps), everyS: 1 / fps })
    : inputScript(spec.input, options);
};

/**
 * One picture per cell of a 1/fps grid of presentation time. Unlike a constant-rate filter it repeats nothing when time
 * jumps forward and goes on when it jumps back. Where time stands still or is missing, the wall clock decides (live)
 * or the number of pictures (offline).
 */
const selectFilter = (fps: number, pace: SourceRequest['pace']): string => {
  const cell = (time: string): string => `floor((${time}+${GRID_EPSILON_S})*${fps})`;
  const newCell = `not(eq(${cell('t')},${cell('prev_selected_t')}))`;
  if (pace === 'offline') {
    const everyNth = `if(gte(st(1,ld(1)+1),${Math.max(1, ASSUMED_SOURCE_FPS / fps)}),1+0*st(1,0),0)`;
    return `select='if(lt(abs(t-prev_t),${GRID_EPSILON_S}),${everyNth},${newCell})'`;
  }
  const waited = (seconds: number): string => `gte(time(0)-ld(0),${seconds})`;
  const wanted = `if(isnan(t),${waited(1 / fps)},${newCell}+${waited(Math.max(1, 3 / fps))})`;
  return `select='if(${wanted},1+0*st(0,time(0)),0)'`;
};

const turnFilters = (degrees: NonNullable<SourceRequest['rotate']>): readonly string[] =>
  ({ 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] })[degrees];

/**
 * Square pixels, no wider than asked and no more than twice as high, or a strip of 1900×16000 would cost the service 91 MB
 * for each of its pictures; never enlarged beyond what square pixels need.
 */
const scaleFilter = (maxWidthPx: number): string => {
  const shrink = `min(min(1,${maxWidthPx}/(iw*sar)),${MAX_HEIGHT * maxWidthPx}/ih)`;
  return `scale=w='max(1,iw*sar*${shrink})':h='max(1,ih*${shrink})'`;
};

/** Luminance of white that standard video shows as white, cd/m² (ITU-R BT.2408). */
const REFERENCE_WHITE = 203;

/**
 * High dynamic range (PQ, HLG) to what standard video looks like. Untreated, faces are grey and flat; `mobius` leaves
 * the tones of faces as they are and bends highlights alone. Such video is BT.2020 whether its tags say so or not.
 */
const toneMapFilters: readonly string[] = [
  `zscale=pin=2020:min=2020_ncl:t=linear:npl=${REFERENCE_WHITE}`,
  'format=gbrpf32le',
  'zscale=p=709',
  'tonemap=mobius:desat=0',
  'zscale=t=709:m=709:r=tv',
  'format=yuv420p',
];

/**
 * One line for every piece of video that arrives, decoded or not, on descriptor 4: numbered instead of timed, so that
 * no leap of the source's time is complained about. A stream that was joined between two key pictures over a transport
 * that names no size has none yet, and of all writers only MPEG-TS begins without one: then its bytes are the sign.
 */
const packetOutput = (format: string): string[] => [
  ...['-map', '0:V:0', '-c:v', 'copy', '-copyinkf', '-bsf:v', 'setts=ts=N'],
  ...['-flush_packets', '1', '-f', format, 'pipe:4'],
];

/**
 * Arguments that make ffmpeg write PPM pictures (each with its size) to descriptor 1 and one line with the presentation
 * time of each to descriptor 3; live, also one line for every packet to descriptor 4.
 */
export const ffmpegArguments = (request: SourceRequest): string[] => [
  ...pictureArguments(request),
  ...(request.pace === 'live' ? packetOutput(request.packets === 'bare' ? 'mpegts' : 'framecrc') : []),
];

const pictureArguments = (request: SourceRequest): string[] =>
  ffmpeg()
    .input(inputName(request))
    .inputOptions(inputOptions(request))
    .noAudio()
    .videoCodec('ppm')
    .videoFilters([
      selectFilter(request.fps, request.pace),
      ...turnFilters(request.rotate ?? 0),
      scaleFilter(request.maxWidthPx),
      ...(request.toneMap === true ? toneMapFilters : []),
      'setsar=1',
      'metadata=mode=add:key=timed:value=1',
      "metadata=mode=print:file='pipe\\:3':direct=1",
    ])
    .outputOptions(['-map', '0:V:0', '-sn', '-dn', '-pix_fmt', 'rgb24', '-fps_mode', 'passthrough'])
    .outputOptions(['-flush_packets', '1', '-nostdin', '-hide_banner', '-nostats', '-loglevel', 'level+info'])
    .outputOptions(['-max_alloc', String(MAX_BLOCK_BYTES)])
    .format('image2pipe')
    .output('pipe:1')
    ._getArguments();
