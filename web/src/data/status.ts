import type { ServiceStatus } from '../../../src/contracts/service/service-status.js';
import { call } from './api.js';

export const loadStatus = (signal: AbortSignal): Promise<ServiceStatus> => call('/status', { signal });
