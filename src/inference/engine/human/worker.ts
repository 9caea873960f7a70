import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { workerData } from 'node:worker_threads';
import { EmoscopeError } from '../../../runtime/errors.js';
import type { PixelBox, SharedPicture } from '../../pixels/picture.js';
import { serveTasks } from '../serve-tasks.js';
import { type HumanFace, type HumanFinding, readHumanFace } from './human-face.js';
import { MAX_SIDE_PX, cropOf } from '../../pixels/rgb-crop.js';
import type { HumanAnswer, HumanSetup, HumanTask } from './worker-protocol.js';

interface Human {
  readonly tf: {
    tensor(data: Uint8Array, shape: readonly number[], type: 'int32'): object;
    dispose(tensor: object): void;
  };
  load(): Promise<void>;
  detect(input: object): Promise<{ readonly error?: string | null; readonly face: readonly HumanFace[] }>;
}

const setup = workerData as HumanSetup;

/** Human loads its models through `fetch`, which under Node does not know files. */
const fetchFiles = (): void => {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith('file:')) return original(input, init);
    return new Response(new Uint8Array(await readFile(fileURLToPath(url))));
  };
};

/** Nothing is cached between frames, since Human's caches go by the order of faces and would mix people. */
const configuration = () => ({
  backend: setup.backend,
  wasmPath: `${setup.wasmFolder ?? ''}/`,
  modelBasePath: pathToFileURL(path.join(setup.packageFolder, 'models')).href,
  debug: false,
  async: false,
  cacheSensitivity: 0,
  skipAllowed: false,
  filter: { enabled: false },
  gesture: { enabled: false },
  body: { enabled: false },
  hand: { enabled: false },
  object: { enabled: false },
  segmentation: { enabled: false },
  face: {
    enabled: true,
    detector: {
      modelPath: 'blazeface.json',
      square: false,
      rotation: false,
      maxDetected: 60,
      minConfidence: 0.2,
      iouThreshold: 0.3,
      scale: 1.4,
      skipFrames: 0,
      skipTime: 0,
    },
    mesh: { enabled: true, modelPath: 'facemesh.json' },
    attention: { enabled: false },
    iris: { enabled: false },
    emotion: { enabled: true, modelPath: 'emotion.json', minConfidence: 0, skipFrames: 0, skipTime: 0 },
    description: { enabled: true, modelPath: 'faceres.json', minConfidence: 0, skipFrames: 0, skipTime: 0 },
  },
});

const start = async (): Promise<Human> => {
  fetchFiles();
  const load = createRequire(import.meta.url);
  const { Human } = load(path.join(setup.packageFolder, setup.build)) as { Human: new (config: object) => Human };
  const human = new Human(configuration());
  await human.load();
  const grey = { width: 64, height: 64, channels: 3, data: new Uint8Array(64 * 64 * 3).fill(127) } as const;
  await look(human, grey, { x: 0, y: 0, width: 64, height: 64 });
  return human;
};

const look = async (human: Human, picture: SharedPicture, region: PixelBox): Promise<HumanFinding[]> => {
  const crop = cropOf(picture, region, MAX_SIDE_PX);
  const tensor = human.tf.tensor(crop.data, [1, crop.side, crop.side, 3], 'int32');
  try {
    const { error, face } = await human.detect(tensor);
    if (typeof error === 'string' && error !== '') throw new EmoscopeError('ENGINE_OUTPUT', `Human: ${error}`);
    return face.flatMap((one) => readHumanFace(one, crop.region, crop.scale) ?? []);
  } finally {
    human.tf.dispose(tensor);
  }
};

const finite = ({ found, description }: HumanFinding): boolean =>
  [
    found.score,
    found.box.x,
    found.box.y,
    found.box.width,
    description.pose.yaw,
    ...Object.values(description.emotions),
  ].every(Number.isFinite);

serveTasks<HumanTask, HumanAnswer>(async () => {
  const human = await start();
  return {
    answer: async ({ picture, regions }, ms) => {
      const faces: HumanFinding[] = [];
      for (const region of regions) faces.push(...(await look(human, picture, region)));
      if (!faces.every(finite)) throw new EmoscopeError('ENGINE_OUTPUT', 'Human returned values that are not finite.');
      return { kind: 'analysed', faces, ms: ms() };
    },
    close: () => Promise.resolve(),
  };
});
