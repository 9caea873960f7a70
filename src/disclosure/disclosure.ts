import type { Config } from '../config/schema.js';
import { sellerAnalyticsOf, type SellerAnalytics } from '../config/seller-analytics.js';
import type { ToldContact } from '../contracts/contact.js';
import type { LiveFace, MetricsEvent, MetricsHistory, ReleasedFigures } from '../contracts/events.js';
import type { Me1Report, SeriesPoint } from '../contracts/figures/me1-schema.js';
import type { QuestionsReport } from '../contracts/figures/questions-schema.js';
import type { Role } from '../contracts/role.js';
import type { StreamStatus } from '../contracts/stream.js';
import type { VisitorsReport } from '../contracts/figures/visitors-schema.js';
import { EMPTY_WINDOW, WINDOWS, type StreamWindows, type WindowMetrics } from '../contracts/window.js';
import { EmoscopeError } from '../runtime/errors.js';
import { contactWithoutSeller, TELLS_OF, withoutSeller, type ToldEvent } from './told.js';

const NO_CELL: WindowMetrics = { ...EMPTY_WINDOW, covered: null };

/** Decides what of an answer may leave: the jurisdiction's rules for sellers, and small groups. */
export class Disclosure {
  readonly sellerAnalytics: SellerAnalytics;
  readonly kAnonymity: number;

  constructor(
    privacy: Config['privacy'],
    private readonly roleOf: (streamId: string) => Role | null,
  ) {
    this.sellerAnalytics = sellerAnalyticsOf(privacy);
    this.kAnonymity = privacy.kAnonymity;
  }

  /** Whether small groups are guarded: with k = 1 everything is open. */
  get guardsSmallGroups(): boolean {
    return this.kAnonymity > 1;
  }

  /** Throws PRIVACY_REFUSED when figures of sellers are asked for and the profile forbids them. */
  assertRole(role: Role | null): void {
    if (role === 'seller') this.assertSellers();
  }

  assertSellers(): void {
    if (this.sellerAnalytics !== 'off') return;
    throw new EmoscopeError('PRIVACY_REFUSED', {
      ru: 'Аналитика продавцов здесь выключена (в ЕС — Регламент (EU) 2024/1689, статья 5(1)(f)).',
      en: 'Seller analytics is switched off here (in the EU: Regulation (EU) 2024/1689, Article 5(1)(f)).',
    });
  }

  /** Whether an event is told to anybody at all: of contacts nothing is where sellers may not be shown. */
  tells(event: ToldEvent): boolean {
    const of = TELLS_OF[event];
    return this.sellerAnalytics !== 'off' || (of !== 'contact' && of !== 'point');
  }

  /**
   * Whether an event goes to other systems, which have no role that may be told of single persons: while small groups are
   * guarded they get of a contact point whole shifts alone.
   */
  tellsOutside(event: ToldEvent, isWholeShift: boolean): boolean {
    if (!this.tells(event)) return false;
    const of = TELLS_OF[event];
    return !this.guardsSmallGroups || (of !== 'contact' && of !== 'faces' && (of !== 'point' || isWholeShift));
  }

  /** Faces of sellers are shown live only where seller analytics is `on`. */
  faces(faces: readonly LiveFace[]): readonly LiveFace[] {
    return this.sellerAnalytics === 'on' ? faces : faces.filter((face) => face.role !== 'seller');
  }

  /**
   * Demographics of small groups are hidden; of seller streams the whole shifts of the day are shown (`aggregate`), which are
   * none while small groups are open, or nothing (`off`).
   */
  metrics<E extends Omit<MetricsEvent, 'seq'>>(event: E, released: ReleasedFigures | null): E {
    const streams = Object.entries(event.streams).flatMap(([id, windows]): [string, StreamWindows][] => {
      const isSeller = this.roleOf(id) === 'seller';
      if (isSeller && this.sellerAnalytics === 'off') return [];
      if (isSeller && this.sellerAnalytics === 'aggregate') {
        const today = this.window(released?.streams[id]?.today ?? NO_CELL);
        return [[id, { '10s': NO_CELL, '1m': NO_CELL, '15m': NO_CELL, today }]];
      }
      const shown = WINDOWS.map((name) => [name, this.window(windows[name])]);
      return [[id, Object.fromEntries(shown) as StreamWindows]];
    });
    const smiles = Object.entries(event.smiles).filter(([id]) => this.showsLive(id));
    return { ...event, streams: Object.fromEntries(streams), smiles: Object.fromEntries(smiles) };
  }

  /**
   * Curves from before a restart, for those who may see faces and for the others: these, where small groups are guarded, get
   * the one made of whole cells, or none.
   */
  history(
    history: MetricsHistory,
    released: MetricsHistory | null,
  ): { readonly full: MetricsHistory; readonly safe: MetricsHistory } {
    const shown = ({ ts, streams }: MetricsHistory): MetricsHistory => ({
      ts,
      streams: Object.fromEntries(Object.entries(streams).filter(([id]) => this.showsLive(id))),
    });
    const full = shown(history);
    return { full, safe: this.guardsSmallGroups ? shown(released ?? { ts: [], streams: {} }) : full };
  }

  /** What those see who may not see faces: the windows of whole cells, or nothing while there are none. */
  released(event: Omit<MetricsEvent, 'seq'>, released: ReleasedFigures | null): Omit<MetricsEvent, 'seq'> {
    if (!this.guardsSmallGroups) return event;
    const nothing = { '10s': NO_CELL, '1m': NO_CELL, '15m': NO_CELL, today: NO_CELL };
    const streams = Object.keys(event.streams).map((id) => [id, released?.streams[id] ?? nothing] as const);
    const smiles = Object.keys(event.smiles).map((id) => [id, released?.smiles[id] ?? 0] as const);
    const { catchingUp: _live, ...rest } = event;
    return { ...rest, streams: Object.fromEntries(streams), smiles: Object.fromEntries(smiles) };
  }

  /** Without `on`, what the seller did and when stays inside. */
  contact(contact: ToldContact): ToldContact {
    return this.sellerAnalytics === 'on' ? contact : contactWithoutSeller(contact);
  }

  curve(curve: ToldContact['curve']): ToldContact['curve'] {
    return this.sellerAnalytics === 'on' ? curve : withoutSeller(curve);
  }

  /** Sellers' points: none where forbidden, and in `aggregate` none finer than an hour. */
  series(points: readonly SeriesPoint[], bucketMs: number): readonly SeriesPoint[] {
    if (this.sellerAnalytics === 'on' || (this.sellerAnalytics === 'aggregate' && bucketMs >= 3_600_000)) return points;
    return points.filter(({ role }) => role !== 'seller');
  }

  /** Rows of sellers go where they are forbidden. */
  visitors(report: VisitorsReport): VisitorsReport {
    if (this.sellerAnalytics !== 'off') return report;
    return { ...report, rows: report.rows.filter(({ role }) => role !== 'seller') };
  }

  /** A report that pools sellers is refused where they are forbidden. Small groups are no part of it in the first place. */
  me1(report: Me1Report): Me1Report {
    const series = this.series(report.series, report.bucketMs);
    const safe = { ...report, series };
    if (this.sellerAnalytics !== 'off') return safe;
    const rows = safe.rows.filter((row) => row.role !== 'seller');
    if (rows.length === safe.rows.length) return safe;
    throw new EmoscopeError('PRIVACY_REFUSED', {
      ru: 'В периоде есть показатели продавцов, а их здесь показывать нельзя: выберите нужные камеры или роль.',
      en: 'The period holds figures of sellers, which may not be shown here; ask for the streams or the role you need.',
    });
  }

  /** The question about sellers is left out where it may not be asked. */
  questions(report: QuestionsReport): QuestionsReport {
    if (this.sellerAnalytics !== 'off') return report;
    return { ...report, answers: report.answers.filter(({ id }) => id !== 'sellers-smile' && id !== 'smile-back') };
  }

  /** Of people who stay, those who may not see faces are told whole groups of k only. */
  status(status: StreamStatus, shows: { readonly url: boolean; readonly faces: boolean }): StreamStatus {
    const url = shows.url ? status.url : withoutPath(status.url);
    const longStays = shows.faces ? status.longStays : Math.floor(status.longStays / this.kAnonymity) * this.kAnonymity;
    return { ...status, url, longStays };
  }

  /** Of sellers' streams nothing is shown from second to second unless seller analytics is `on`. */
  private showsLive(streamId: string): boolean {
    return this.sellerAnalytics === 'on' || this.roleOf(streamId) !== 'seller';
  }

  private window(metrics: WindowMetrics): WindowMetrics {
    return metrics.visitors < this.kAnonymity ? { ...metrics, malePercent: null, meanAgeYears: null } : metrics;
  }
}

const withoutPath = (url: string): string => {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(url);
  return match === null || match[1] === 'file' ? 'file' : `${String(match[1])}://${String(match[2])}`;
};
