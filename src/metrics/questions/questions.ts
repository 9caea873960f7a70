import type { Steps } from '../../runtime/turns.js';
import { age } from './age.js';
import { attention } from './attention.js';
import { exitOverEntrance } from './exit-over-entrance.js';
import type { Findings, QuestionsInput } from './findings.js';
import { sellersSmile } from './sellers-smile.js';
import { smileBack } from './smile-back.js';

/** The five questions of the original leaflet, each with its figures and their intervals; the words are the report's. */
export function* questionFindings(input: QuestionsInput): Steps<Findings> {
  const ofSellers = sellersSmile(input);
  yield;
  const ofAttention = attention(input);
  yield;
  const ofAge = yield* age(input);
  yield;
  const ofExit = exitOverEntrance(input);
  yield;
  return [ofSellers, ofAttention, ofAge, ofExit, yield* smileBack(input)];
}
