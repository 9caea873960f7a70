import type { Config } from '../config/schema.js';
import { systemClock, type Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import { AuditLog } from './audit-log.js';

/** Folder of the audit log of a store: beside the database, and no part of it; null where nothing is kept on disk. */
export const auditFolder = ({ kind, path }: Config['store']): string | null =>
  kind === 'memory' ? null : `${path}.audit`;

/** The audit log of the configured store. Nothing is written before the first entry. */
export const openAudit = (config: Config['store'], logger: Logger, clock: Clock = systemClock): AuditLog =>
  new AuditLog({
    folder: auditFolder(config),
    limits: { fileBytes: config.audit.fileMb * 1_000_000, files: config.audit.files },
    clock,
    logger,
  });
