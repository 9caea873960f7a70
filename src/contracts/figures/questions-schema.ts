import { z } from 'zod';
import { bilingual } from '../bilingual-schema.js';
import { UNITS } from '../figure.js';
import { QUESTION_IDS } from './questions.js';
import { figure, head, judgement, notes, number } from './figure-schema.js';

/** One number of an answer, with what it is, its interval and what it rests on. */
const questionFigure = z.object({
  key: z.string(),
  label: bilingual,
  unit: z.enum(UNITS),
  figure,
  /** Contacts or visitors it rests on; null when hidden because they are fewer than k. */
  basis: number,
  /** Of a difference that was tested. */
  judgement: judgement.optional(),
});

export type QuestionFigure = z.infer<typeof questionFigure>;

/** One line of an answer's table: an hour, a display, an age bucket, a contact point. */
const questionRow = z.object({ key: z.string(), label: bilingual, figures: z.array(questionFigure).readonly() });

const questionAnswer = z.object({
  id: z.enum(QUESTION_IDS),
  question: bilingual,
  /** One sentence; says so when there is nothing to answer from. */
  answer: bilingual,
  /**
   * For questions with a verdict: yes, no, not proven, or too few to say; null where the answer is a number or nothing was
   * measured.
   */
  verdict: z.enum(['yes', 'no', 'unproven', 'too-few']).nullable(),
  /** How the verdict was come to; null or absent where it is no test's. */
  judgement: judgement.nullable().optional(),
  figures: z.array(questionFigure).readonly(),
  table: z.object({ title: bilingual, rows: z.array(questionRow).readonly() }).nullable(),
});

export type QuestionAnswer = z.infer<typeof questionAnswer>;

/** The five questions as they are answered. */
export const questionsReport = z
  .object({ ...head, threshold: z.number(), answers: z.array(questionAnswer).readonly(), notes })
  .meta({ id: 'QuestionsReport' });

export type QuestionsReport = z.infer<typeof questionsReport>;
