import type { ComparisonReport } from '../../contracts/comparison.js';
import type { ContactsReport } from '../../contracts/contact.js';
import type { Me1Report } from '../../contracts/me1.js';
import type { QuestionsReport } from '../../contracts/questions.js';
import type { VisitorsReport } from '../../contracts/visitors.js';
import type { Language } from '../../contracts/language.js';
import { renderComparison, renderContacts, renderMe1, renderQuestions, renderVisitors } from './render-report.js';
import type { RenderOptions } from '../../report/render/render-document.js';
import type { Rendered, ReportFormat } from '../../report/render/rendered.js';

/** Any report model with which one it is. */
export type AnyReport =
  | { readonly kind: 'me1'; readonly model: Me1Report }
  | { readonly kind: 'comparison'; readonly model: ComparisonReport }
  | { readonly kind: 'questions'; readonly model: QuestionsReport }
  | { readonly kind: 'contacts'; readonly model: ContactsReport }
  | { readonly kind: 'visitors'; readonly model: VisitorsReport };

/** What to render, how, and in which language; plain data, so that it can cross to a worker. */
export interface ReportRequest {
  readonly report: AnyReport;
  readonly format: ReportFormat;
  readonly lang: Language;
  readonly options?: RenderOptions;
}

/** Renders any report on the calling thread. */
export const renderReport = ({ report, format, lang, options }: ReportRequest): Promise<Rendered> => {
  switch (report.kind) {
    case 'me1':
      return renderMe1(report.model, format, lang, options);
    case 'comparison':
      return renderComparison(report.model, format, lang, options);
    case 'questions':
      return renderQuestions(report.model, format, lang, options);
    case 'contacts':
      return renderContacts(report.model, format, lang, options);
    case 'visitors':
      return renderVisitors(report.model, format, lang, options);
  }
};
