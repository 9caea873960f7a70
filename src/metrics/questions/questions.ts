import type { QuestionsReport } from '../../contracts/questions.js';
import { age } from './age.js';
import { attention } from './attention.js';
import { exitOverEntrance } from './exit-over-entrance.js';
import type { QuestionsInput } from './input.js';
import { sellersSmile } from './sellers-smile.js';
import { smileBack } from './smile-back.js';

export type { QuestionsInput } from './input.js';

/** The five questions of the original leaflet, each with a sentence, its figures and their intervals. */
export const answerQuestions = (input: QuestionsInput): QuestionsReport => ({
  fromTs: input.fromTs,
  toTs: input.toTs,
  timeZone: input.localTime.timeZone,
  generatedTs: input.generatedTs,
  threshold: input.threshold,
  answers: [sellersSmile(input), attention(input), age(input), exitOverEntrance(input), smileBack(input)],
  notes: input.notes ?? [],
});
