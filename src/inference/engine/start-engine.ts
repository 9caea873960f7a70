import { availableParallelism } from 'node:os';
import type { Config } from '../../config/schema.js';
import type { Logger } from '../../runtime/logger.js';
import type { FaceEngine } from './port.js';
import { HumanEngine } from './human/human-engine.js';
import { OnnxEngine } from './onnx/onnx-engine.js';

/** Starts the engine that the configuration names. Rejects with MODEL_INTEGRITY, MODEL_CONVERSION or ENGINE_UNAVAILABLE. */
export const startEngine = (inference: Config['inference'], logger: Logger): Promise<FaceEngine> => {
  const threads = inference.threads === 'auto' ? availableParallelism() : inference.threads;
  return inference.engine === 'human'
    ? HumanEngine.start(inference, threads, logger)
    : OnnxEngine.start(inference, threads, logger);
};
