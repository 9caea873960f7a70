import { questionsReport as response } from '../../contracts/figures/questions-schema.js';
import type { Period } from '../../contracts/period.js';
import { REPORT_FILES } from '../../contracts/documents/report-format.js';
import { coversItsPeriod, defineReport } from '../report.js';
import { questionsReport } from './build-questions.js';
import { QUESTIONS_TITLE, questionsDocument } from './questions-document.js';

/** The five questions with their answers. */
export const questions = defineReport({
  kind: 'questions',
  title: QUESTIONS_TITLE,
  summary: 'The five questions with their answers',
  needs: 'analyse',
  isPersonal: false,
  covers: 'period',
  scope: 'site',
  parameters: {},
  flags: [],
  formats: REPORT_FILES,
  response,
  request: (query, asker): Period => asker.period(query),
  build: questionsReport,
  disclose: (model, policy) => policy.questions(model),
  covered: coversItsPeriod,
  document: questionsDocument,
});
