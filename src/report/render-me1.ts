import type { Me1Report } from '../contracts/me1.js';
import type { Lang } from './language.js';
import { me1Document } from './me1/me1-document.js';
import { renderDocument, type RenderOptions } from './render/render-document.js';
import type { Rendered, ReportFormat } from './render/rendered.js';

/** МЭ-1 as a file of the asked format, in Russian or English. */
export const renderMe1 = (
  report: Me1Report,
  format: ReportFormat,
  lang: Lang,
  options?: RenderOptions,
): Promise<Rendered> => renderDocument(report, me1Document(report, lang), format, options);
