import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Config, StreamConfig } from '../../../config/schema.js';
import type { CameraCertificate } from '../../../contracts/service/probe-answer.js';
import { CameraFault } from '../../../ingest/camera-fault.js';
import { prlimitPath } from '../../../runtime/process/prlimit-path.js';
import { pushDoorOf } from '../../../ingest/push/door.js';
import { lightFaultOf } from '../../../ingest/light-watch.js';
import { certificateSeen, probePicture } from '../../../ingest/probe.js';
import { codeOf } from '../../../runtime/errors.js';
import type { Logger } from '../../../runtime/logger.js';
import { neededFiles, openFilesLimit } from '../../../runtime/process/open-files.js';
import { systemClock } from '../../../runtime/clock.js';
import { openStore } from '../../../store/open-store.js';
import type { ClockDoubt } from '../../../store/clock-doubt.js';
import { describeFailure } from '../../../runtime/describe-failure.js';
import { engineInfo } from '../engine-info.js';
import { checkAudit } from './check-audit.js';
import { checkClock } from './check-clock.js';
import { checkFiles } from './check-files.js';
import { doorWords } from './door-words.js';
import type { Finding } from './finding.js';

const run = promisify(execFile);
const PROBE_TIMEOUT_MS = 10_000;
const LOW_DISK_BYTES = 1_000_000_000;

const ok = (name: string, detail: string): Finding => ({ name, outcome: 'ok', detail, cause: null });
const warning = (name: string, detail: string, cause: string): Finding => ({ name, outcome: 'warning', detail, cause });
const failed = (name: string, error: unknown, cause: string = codeOf(error)): Finding => ({
  name,
  outcome: 'failed',
  detail: typeof error === 'string' ? error : describeFailure(error),
  cause,
});

const checkTool = async (tool: string): Promise<Finding> => {
  try {
    const { stdout } = await run(tool, ['-version'], { timeout: 10_000 });
    return ok(tool, stdout.split('\n')[0] ?? '');
  } catch {
    return failed(tool, `${tool} is not installed: apt-get install ffmpeg`, 'DECODER_MISSING');
  }
};

const checkLimits = (): Finding => {
  const path = prlimitPath();
  return path === null
    ? warning('prlimit', 'missing (util-linux): decoders run without memory limits', 'DECODER_UNLIMITED')
    : ok('prlimit', `${path}: decoders run with limits`);
};

const checkOpenFiles = ({ streams }: Config): Finding => {
  const [limit, needed] = [openFilesLimit(), neededFiles(streams.length)];
  const detail = `${limit === Infinity ? 'any number' : limit} may be open, ${needed} are needed for ${streams.length} cameras`;
  return limit < needed
    ? warning('open files', `${detail}: ulimit -n, LimitNOFILE`, 'FILES_FEW')
    : ok('open files', detail);
};

const checkModels = async (config: Config, logger: Logger): Promise<Finding[]> => {
  try {
    const info = await engineInfo(config.inference, logger);
    const detail = `${info.engine} on ${info.device}, ${info.threads} threads`;
    return [
      ok('models', `${info.models.length}: ${info.models.map(({ name }) => name).join(', ')}`),
      info.fallbackReason === null
        ? ok('device', detail)
        : warning('device', `${detail}; ${info.requestedDevice}: ${info.fallbackReason}`, 'ENGINE_UNAVAILABLE'),
    ];
  } catch (error) {
    return [failed('models', error)];
  }
};

const freeBytes = async (path: string): Promise<number> => {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

const checkStore = async (config: Config, logger: Logger): Promise<Finding[]> => {
  const findings: Finding[] = [];
  let doubt: ClockDoubt | null = null;
  try {
    // Looking must not leave a new database behind.
    const kind = existsSync(config.store.path) ? config.store.kind : 'memory';
    const store = await openStore({ ...config.store, kind }, logger);
    doubt = store.health().clockDoubt;
    await store.close();
    findings.push(ok('store', kind === 'memory' ? 'will be created' : config.store.path));
  } catch (error) {
    findings.push(
      codeOf(error) === 'STORE_LOCKED'
        ? warning('store', 'in use by a running service', 'STORE_LOCKED')
        : failed('store', error),
    );
  }
  const free = await freeBytes(config.store.path);
  const detail = `${(free / 1e9).toFixed(1)} GB free`;
  findings.push(free < LOW_DISK_BYTES ? warning('disk', detail, 'STORE_WRITE') : ok('disk', detail));
  findings.push(checkClock(systemClock.now(), doubt));
  return findings;
};

const day = (ts: number): string => (Number.isNaN(ts) ? '?' : new Date(ts).toISOString().slice(0, 10));

const certificateWords = (seen: CameraCertificate): string =>
  `certificate ${seen.trusted ? 'trusted' : 'not trusted'}${seen.problem === null ? '' : ` (${seen.problem})`}: ` +
  `${seen.subject}, by ${seen.issuer}, ${day(seen.validFromTs)} – ${day(seen.validToTs)}, ${seen.fingerprint}`;

/** Does something with a camera between two entries of the audit log. */
export type Recorded = <T>(streamId: string, work: () => Promise<T>) => Promise<T>;

const checkCamera = async (stream: StreamConfig, recorded: Recorded): Promise<Finding> => {
  const name = `camera ${stream.id}`;
  if (!stream.enabled) return ok(name, 'disabled');
  const door = pushDoorOf(stream.url, stream.allow);
  const found = await lookAt(stream, recorded, name);
  if (door === null) return found;
  const detail = `${found.detail.replace(/\.$/, '')}; ${doorWords(door)}`;
  if (found.outcome === 'ok' && door.key === 'short' && door.reach !== 'machine')
    return warning(name, detail, 'unguarded');
  // A running service has the port.
  return found.cause === 'unreachable' ? warning(name, detail, 'unreachable') : { ...found, detail };
};

const LIGHT_WORDS = {
  'too-dark': 'too dark, faces are seen badly',
  'against-light': 'against the light, faces are dark before a bright ground',
} as const;

const lookAt = async (stream: StreamConfig, recorded: Recorded, name: string): Promise<Finding> => {
  try {
    const { codec, width, height, sourceFps, picture, certificate } = await recorded(stream.id, () =>
      probePicture(stream.url, {
        timeoutMs: PROBE_TIMEOUT_MS,
        transport: stream.transport,
        certificate: stream.certificate,
        allow: stream.allow,
      }),
    );
    const size = width === null || height === null ? '' : ` ${width}×${height}`;
    const rate = sourceFps === null ? '' : ` at ${sourceFps.toFixed(1)} fps`;
    const facts = `${codec}${size}${rate}${certificate === null ? '' : `, ${certificateWords(certificate)}`}`;
    if (picture === null)
      return warning(name, `${facts}: video arrives, its next key picture is awaited`, 'awaiting-key-frame');
    const light = lightFaultOf(picture);
    return light === null ? ok(name, facts) : warning(name, `${facts}: ${LIGHT_WORDS[light]}`, light);
  } catch (error) {
    const seen = error instanceof CameraFault ? certificateSeen(error) : null;
    if (seen !== null && !seen.trusted) return failed(name, certificateWords(seen), 'untrusted');
    return failed(name, error, error instanceof CameraFault ? error.reason : codeOf(error));
  }
};

/** Everything that must hold before `serve` is of use, in the order a person would look. */
export async function* examine(
  config: Config,
  configFile: string | null,
  logger: Logger,
  recorded: Recorded,
): AsyncGenerator<Finding> {
  yield ok('node', `${process.version} on ${process.platform} ${process.arch}`);
  const decoder = await Promise.all(['ffmpeg', 'ffprobe'].map(checkTool));
  yield* decoder;
  yield checkLimits();
  yield checkOpenFiles(config);
  yield* await checkModels(config, logger);
  yield* checkFiles(config, configFile);
  yield* await checkStore(config, logger);
  yield await checkAudit(config);
  if (decoder.some(({ outcome }) => outcome === 'failed')) return;
  yield* await Promise.all(config.streams.map((stream) => checkCamera(stream, recorded)));
}
