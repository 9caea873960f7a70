import type { Config } from '../../config/schema.js';
import type { EngineInfo } from '../../contracts/service/models.js';
import { InferenceService } from '../../inference/engine/service.js';
import type { Logger } from '../../runtime/logger.js';

/** Starts the engine as the service would and tells what runs, on what. Rejects like the start of the service. */
export const engineInfo = async (inference: Config['inference'], logger: Logger): Promise<EngineInfo> => {
  const service = await InferenceService.start({ inference, logger });
  try {
    return service.info();
  } finally {
    await service.close();
  }
};
