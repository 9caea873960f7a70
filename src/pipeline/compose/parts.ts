import type { Ports } from '../../api/context.js';
import type { AuditLog } from '../../audit/audit-log.js';
import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import { InferenceService } from '../../inference/engine/service.js';
import { REPORTS } from '../../reporting/registry.js';
import { ReportRenderer } from '../../reporting/rendering/report-renderer.js';
import { systemClock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { copiesFolder } from '../../runtime/files/own-folder.js';
import type { RecentLines } from '../../runtime/recent-lines.js';
import { databasePath } from '../../store/open-store.js';
import type { Store } from '../../store/ports/store.js';
import { LocalTime } from '../../time/local-time.js';
import { Monitor } from '../camera/monitor.js';
import { CellMaker } from '../cells/cell-maker.js';
import { CheckGroupMaker } from '../cells/check-group-maker.js';
import { ReleasedWindows } from '../cells/released-windows.js';
import { RunningConfig } from '../configuration/running-config.js';
import { HappyTally } from '../live/happy-tally.js';
import { LiveBus } from '../live/live-bus.js';
import { passedTodayFrom } from '../live/passed-today.js';
import { pastFrom } from '../live/past.js';
import { ReleasedHappiness } from '../live/released-happiness.js';
import { ContactWatch } from '../numbers/contact-watch.js';
import { StoringSink } from '../numbers/storing-sink.js';
import { createAuditPort } from '../adapters/audit-port.js';
import { createBackupPort } from '../adapters/backup-port.js';
import { createRegistersPort } from '../adapters/registers-port.js';
import { createIntake } from '../observations/intake.js';
import { sharingCommits } from '../observations/shared-commits.js';
import { createContactPointsPort } from '../adapters/contact-points-port.js';
import { createContactsPort } from '../adapters/contacts-port.js';
import { createExportPort } from '../adapters/export-port.js';
import { createFiguresPort } from '../adapters/figures-port.js';
import { createHealthPort } from '../adapters/health-port.js';
import { createPrivacyDocumentsPort } from '../adapters/privacy-documents-port.js';
import { createPicturesPort } from '../adapters/pictures-port.js';
import { createReportsPort } from '../adapters/reports-port.js';
import { createSpotChecksPort } from '../adapters/spot-checks-port.js';
import { createStreamsPort } from '../adapters/streams-port.js';
import { createSystemPort } from '../adapters/system-port.js';
import { createTelemetryPort } from '../adapters/telemetry-port.js';

/** How long the end of a contact waits for a seller camera that lags, or whose frames wait for a face to be judged. */
const MAX_CONTACT_LAG_MS = 12_000;

export interface ServiceOptions {
  readonly config: Config;
  /** The file that changes are written back to; null: nowhere. */
  readonly configFile: string | null;
  readonly logger: Logger;
  /** Where the logger's last lines are kept; absent: nowhere. */
  readonly recent?: RecentLines;
  readonly version: string;
  /** Work beside the cameras, begun once they run; its failure is logged, and `signal` aborts when the service stops. */
  readonly beside?: (store: Store, signal: AbortSignal) => Promise<void>;
  /** Folder of the built dashboard. */
  readonly webRoot: string;
}

/** What is opened before the rest is composed. */
export interface Opened {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly inference: InferenceService;
}

/** Everything that the running service is made of. */
export interface Parts extends Opened {
  readonly running: RunningConfig;
  readonly monitor: Monitor;
  readonly contacts: ContactWatch;
  readonly renderer: ReportRenderer;
  readonly cells: CellMaker;
  readonly checkGroups: CheckGroupMaker;
  readonly released: ReleasedWindows;
  readonly happiness: ReleasedHappiness;
  readonly tally: HappyTally;
  readonly bus: LiveBus;
  readonly localTime: LocalTime;
  readonly ports: Ports;
}

/** The parts of the running service, joined. */
export const composeParts = (options: ServiceOptions, { store, audit, inference }: Opened): Parts => {
  const { config, logger } = options;
  const clock = systemClock;
  const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
  const running = new RunningConfig(config, options.configFile);
  const bus = new LiveBus((error) => logger.error({ err: error }, 'a live listener failed'));
  const tally = new HappyTally(localTime);
  const contacts = new ContactWatch(config.contacts, {
    metrics: config.metrics,
    maxLagMs: MAX_CONTACT_LAG_MS,
    onChange: (change) => {
      if (change.kind === 'start') bus.tell('contactStart', change);
      else if (change.kind === 'update') bus.tell('contactUpdate', change);
      else {
        store.append({ contacts: [change.contact] });
        bus.tell('contactEnd', change.contact);
        bus.tell('happyIndex', { ...tally.add(change.contact), ts: clock.now() });
      }
    },
  });
  const sink = new StoringSink(store, contacts, config.privacy);
  const sources = { store, config: () => running.current, localTime, clock };
  const heldSmiles = (id: string): readonly number[] => monitor.heldSmiles(id);
  const released = new ReleasedWindows({ ...sources, heldSmiles }, config.metrics.threshold);
  const monitor: Monitor = new Monitor({
    ...{ config, inference, sink, bus, localTime, clock, logger },
    released: () => released.current(),
    passedToday: passedTodayFrom({ store, localTime, clock, logger }),
    past: pastFrom({ store, localTime, clock, threshold: config.metrics.threshold, logger }),
  });
  const renderer = new ReportRenderer();
  const auditPort = createAuditPort(audit, store);
  const ports: Ports = {
    streams: createStreamsPort(monitor, running),
    pictures: createPicturesPort(monitor),
    contactPoints: createContactPointsPort(contacts, running),
    reports: createReportsPort(REPORTS, sources, renderer),
    figures: createFiguresPort(sources),
    contacts: createContactsPort(sources),
    spotChecks: createSpotChecksPort(sources, store),
    registers: createRegistersPort(running),
    observations: createIntake({ ...sharingCommits(store), config: () => running.current, clock }),
    exports: createExportPort(sources),
    backup: createBackupPort(store, copiesFolder(databasePath(config.store))),
    audit: auditPort,
    system: createSystemPort(inference, options.recent ?? null),
    privacyDocuments: createPrivacyDocumentsPort(sources, auditPort),
    health: createHealthPort({ inference, store }),
    telemetry: createTelemetryPort({ monitor, inference, store, renderer }),
    live: {
      listen: (listener) => bus.listen(listener),
      happyIndex: () => tally.current(clock.now()).map((index) => ({ ...index, ts: clock.now() })),
      doors: () => monitor.doors(),
    },
  };
  const cells = new CellMaker({ store, localTime, clock, privacy: () => running.current.privacy });
  const checkGroups = new CheckGroupMaker({ store, clock, config: () => running.current });
  const happiness = new ReleasedHappiness(sources, (event) => bus.tell('happyIndexReleased', event));
  return {
    ...{ store, audit, inference, running, monitor, contacts, renderer, cells, checkGroups },
    ...{ released, happiness, tally, bus, localTime, ports },
  };
};
