import type { Config } from '../../config/schema.js';
import type { ModelInfo } from '../../contracts/service/models.js';
import { addedModels, addModel, type NewModel } from '../../inference/engine/service.js';
import { audited, type Actor } from './audited.js';

/** Takes a model file in, with an entry before and after in the audit log; throws what its tests and the log throw. */
export const addModelFile = (config: Config, actor: Actor, model: NewModel): Promise<ModelInfo> =>
  audited(config, actor, { kind: 'administration', action: 'models.add', target: model.name }, () =>
    addModel(config.inference.cache, model),
  );

/** The model files that were added, in use or not. */
export const addedModelFiles = ({ inference }: Config): Promise<readonly ModelInfo[]> => addedModels(inference.cache);
