import type { QuestionsReport } from '../../contracts/questions.js';
import type { Steps } from '../../runtime/turns.js';
import { age } from './age.js';
import { attention } from './attention.js';
import { exitOverEntrance } from './exit-over-entrance.js';
import type { QuestionsInput } from './input.js';
import { sellersSmile } from './sellers-smile.js';
import { smileBack } from './smile-back.js';

export type { QuestionsInput } from './input.js';

/** The five questions of the original leaflet, each with a sentence, its figures and their intervals. */
export function* questionAnswers(input: QuestionsInput): Steps<QuestionsReport> {
  const ofSellers = sellersSmile(input);
  yield;
  const ofAttention = attention(input);
  yield;
  const ofAge = yield* age(input);
  yield;
  const ofExit = exitOverEntrance(input);
  yield;
  return {
    fromTs: input.fromTs,
    toTs: input.toTs,
    timeZone: input.localTime.timeZone,
    generatedTs: input.generatedTs,
    threshold: input.threshold,
    answers: [ofSellers, ofAttention, ofAge, ofExit, yield* smileBack(input)],
    notes: input.notes ?? [],
  };
}
