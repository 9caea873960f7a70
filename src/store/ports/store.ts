import type { AuditLog } from './audit-log.js';
import type { CellLedger } from './cell-ledger.js';
import type { ReportReader } from './report-reader.js';
import type { ResumeReader } from './resume-reader.js';
import type { RowSink } from './row-sink.js';
import type { Upkeep } from './upkeep.js';

/** Everything that an engine of the store serves; each consumer takes the part that it needs. */
export interface Store extends RowSink, ReportReader, ResumeReader, CellLedger, AuditLog, Upkeep {}
