import { z } from 'zod';
import { bilingual } from '../bilingual-schema.js';
import { UNITS } from '../figure.js';
import { QUESTION_IDS, type QuestionsReport } from './questions.js';
import { figure, head, judgement, notes, number } from './figure-schema.js';

const questionFigure = z.object({
  key: z.string(),
  label: bilingual,
  unit: z.enum(UNITS),
  figure,
  basis: number,
  judgement: judgement.optional(),
});

/** The five questions as they are answered. */
export const questionsReport = z
  .object({
    ...head,
    threshold: z.number(),
    answers: z
      .array(
        z.object({
          id: z.enum(QUESTION_IDS),
          question: bilingual,
          answer: bilingual,
          verdict: z.enum(['yes', 'no', 'unproven', 'too-few']).nullable(),
          judgement: judgement.nullable().optional(),
          figures: z.array(questionFigure).readonly(),
          table: z
            .object({
              title: bilingual,
              rows: z
                .array(z.object({ key: z.string(), label: bilingual, figures: z.array(questionFigure).readonly() }))
                .readonly(),
            })
            .nullable(),
        }),
      )
      .readonly(),
    notes,
  })
  .meta({ id: 'QuestionsReport' }) satisfies z.ZodType<QuestionsReport>;
