import type { Language } from '../../contracts/language.js';
import type { ReportFormat } from '../../contracts/documents/report-format.js';
import type { ReportDocument } from '../../report/document.js';
import { renderDocument, type RenderOptions } from '../../report/render/render-document.js';
import type { Rendered } from '../../report/render/rendered.js';

/** A report as a file of the asked format, in Russian or English, on the calling thread. */
export const renderReport = <Model>(
  report: { document(model: Model, language: Language): ReportDocument },
  model: NoInfer<Model>,
  format: ReportFormat,
  language: Language,
  options?: RenderOptions,
): Promise<Rendered> => renderDocument(model, report.document(model, language), format, options);
