import type { EngineInfo } from '../../../src/contracts/service/models.js';
import { call } from './api.js';

export const loadEngine = (signal: AbortSignal): Promise<EngineInfo> => call('/models', { signal });
