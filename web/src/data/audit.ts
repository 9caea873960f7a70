import type { AuditRecord } from '../../../src/contracts/service/audit-record.js';
import { call, type Page } from './api.js';

/** Entries of the audit log, newest first. */
export const loadAudit = (cursor: string | null, signal?: AbortSignal): Promise<Page<AuditRecord>> =>
  call('/audit', { query: { cursor }, signal });
