import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countedContact } from '../../../src/metrics/contact/counted-contact.js';
import { configSchema } from '../../../src/config/schema.js';
import type { Contact } from '../../../src/contracts/contact.js';
import type { FrameResult } from '../../../src/contracts/face.js';
import type { QuestionAnswer } from '../../../src/contracts/figures/questions-schema.js';
import type { Role } from '../../../src/contracts/role.js';
import { InferenceService } from '../../../src/inference/engine/service.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { detectClockOffset } from '../../../src/metrics/contact/curves/clock-offset.js';
import { ContactDetector } from '../../../src/metrics/contact/detector.js';
import { summarizePoint } from '../../../src/metrics/contact/point-summary.js';
import { atOnce } from '../../../src/runtime/turns.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { Me1Accumulator } from '../../fixtures/me1-accumulator.js';
import { buildMe1 } from '../../../src/metrics/faces/me1/me1.js';
import { questionFindings } from '../../../src/metrics/questions/questions.js';
import { wordedAnswers } from '../../../src/reporting/questions/worded-answers.js';
import { samplesOf } from '../../../src/metrics/faces/sample.js';
import { TrackAccumulator } from '../../../src/metrics/faces/track-accumulator.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { askedOf } from '../../fixtures/visitors.js';
import { worded } from '../../../src/reporting/contacts/reason-words.js';

const media = process.env['EMOSCOPE_TEST_MEDIA'] ?? path.resolve('../shared/media');
const scenes = path.join(media, 'scenes');
const START_TS = Date.parse('2026-11-22T09:00:00Z');
const FPS = 5;

const { quality, attention, inference, metrics } = configSchema.parse({});

/** Every frame of a recording through the engine, in order. */
const analysed = async (service: InferenceService, id: string, role: Role): Promise<FrameResult[]> => {
  service.openStream({ id, role, fps: FPS, zones: [], quality, attention, smoothingMs: metrics.smoothingMs });
  const source = { streamId: id, url: path.join(scenes, `${id}.mp4`), fps: FPS, maxWidth: 1920, startTs: START_TS };
  const results: FrameResult[] = [];
  for await (const frame of readFrames(source)) results.push(await service.analyze(frame));
  service.closeStream(id);
  return results;
};

interface TrueContact {
  readonly kind: 'happy' | 'neutral' | 'negative' | 'no-smile';
  readonly arrive_s: number;
  readonly leave_s: number;
  readonly customer_smile_s: readonly [number, number] | null;
  readonly seller_smile_s: readonly [number, number] | null;
}
const VERDICTS = { happy: 'happy', neutral: 'indifferent', negative: 'unhappy', 'no-smile': null } as const;

describe.skipIf(!existsSync(path.join(scenes, 'scenes.json')))('composed scenes with a known truth', () => {
  let service: InferenceService;
  beforeAll(async () => {
    service = await InferenceService.start({ inference, logger: createLogger({ level: 'silent', pretty: false }) });
  });
  afterAll(() => service.close());

  describe('the contact point', () => {
    let truth: readonly TrueContact[];
    let frames: FrameResult[];
    let contacts: Contact[];

    /** Contacts found when the customer camera's clock is ahead by so much. */
    const contactsAt = (customerClockMs: number): Contact[] => {
      let next = 0;
      const detector = new ContactDetector(
        { id: 'till', seller: 'contact-seller', customer: 'contact-customer' },
        metrics,
        { newId: () => String((next += 1)), maxLagMs: Infinity },
      );
      const moved = frames.map((one) =>
        one.streamId === 'contact-customer' ? { ...one, ts: one.ts + customerClockMs } : one,
      );
      const inOrder = moved.sort((a, b) => a.ts - b.ts);
      const changes = [...inOrder.flatMap((one) => detector.push(one)), ...detector.flush()];
      return changes.flatMap((change) => (change.kind === 'end' ? [worded(change.contact)] : []));
    };

    beforeAll(async () => {
      const file = JSON.parse(readFileSync(path.join(scenes, 'scenes.json'), 'utf8')) as {
        scenes: { contact: { contacts: TrueContact[] } };
      };
      truth = file.scenes.contact.contacts;
      const both = await Promise.all([
        analysed(service, 'contact-seller', 'seller'),
        analysed(service, 'contact-customer', 'customer'),
      ]);
      frames = both.flat();
      contacts = contactsAt(0);
    }, 600_000);

    it('finds ten contacts of ten and no other, at the right times', () => {
      expect(contacts).toHaveLength(truth.length);
      contacts.forEach((contact, i) => {
        const { arrive_s = NaN, leave_s = NaN } = truth[i] ?? {};
        expect(Math.abs((contact.startTs - START_TS) / 1000 - arrive_s)).toBeLessThan(1);
        expect(Math.abs((contact.endTs - START_TS) / 1000 - leave_s)).toBeLessThan(1);
      });
    });

    // One of the two cross faces is cross from first to last: at rest, it answers nothing.
    it('qualifies nine, at least nine verdicts of ten are right, and every answer is found', () => {
      expect(contacts.filter(({ qualified }) => qualified)).toHaveLength(9);
      const right = contacts.filter((contact, i) => contact.verdict === VERDICTS[truth[i]?.kind ?? 'no-smile']);
      expect(right.length).toBeGreaterThanOrEqual(9);
      const answered = (kind?: string): boolean => kind === 'happy';
      expect(contacts.map(({ verdict }) => verdict === 'happy')).toEqual(truth.map(({ kind }) => answered(kind)));
    });

    it('gives the Happy-Index within 0.12 of (5 − 2) ÷ 9', () => {
      const { value, low, high } = summarizePoint('till', contacts.map(countedContact), {
        k: metrics.cValueK,
        happyIndex: 'answer',
      });
      expect(Math.abs((value ?? NaN) - 3 / 9)).toBeLessThanOrEqual(0.12);
      expect(low).toBeLessThanOrEqual(3 / 9);
      expect(high).toBeGreaterThanOrEqual(3 / 9);
    });

    it('measures the latency of those who answered within half a second of the truth', () => {
      const errors = contacts.flatMap(({ latencyMs }, i) => {
        const { customer_smile_s: answer = null, seller_smile_s: smile = null } = truth[i] ?? {};
        if (latencyMs === null || answer === null || smile === null) return [];
        return [Math.abs(latencyMs - 1000 * (answer[0] - smile[0]))];
      });
      expect(errors.length).toBeGreaterThanOrEqual(4);
      expect(Math.max(...errors)).toBeLessThan(500);
    });

    it('sees no clock error where there is none, and 2 s where there are 2 s', () => {
      expect(detectClockOffset('till', contacts.map(countedContact))).toBeNull();
      for (const offset of [2000, -2000]) {
        const found = detectClockOffset('till', contactsAt(offset).map(countedContact));
        expect(Math.abs((found?.offsetMs ?? Infinity) - offset)).toBeLessThanOrEqual(500);
      }
    });
  });

  describe('entrance and exit', () => {
    const params = { fromTs: START_TS, toTs: START_TS + 600_000, threshold: 20, smileIndex: 'face' } as const;
    const localTime = new LocalTime('UTC');
    let report: ReturnType<typeof buildMe1>;
    let answers: readonly QuestionAnswer[];

    beforeAll(async () => {
      const roles = ['entrance', 'exit'] as const;
      const results = await Promise.all(roles.map((role) => analysed(service, role, role)));
      const accumulator = new Me1Accumulator(params, localTime, 60_000);
      const visitors = results.flatMap((frames) => {
        const tracks = new TrackAccumulator();
        for (const frame of frames) tracks.add(samplesOf(frame));
        return tracks.flush();
      });
      results.forEach((frames, i) => {
        const role = roles[i] ?? 'entrance';
        for (const frame of frames) accumulator.add(frame, { id: role, role, zones: [] });
      });
      const streams = roles.map((role) => ({ id: role, name: role, role }));
      const aggregates = accumulator.aggregates();
      const common = { localTime, generatedTs: START_TS, streams, aggregates };
      report = buildMe1({ totalName: 'Итого', ...common, params, series: accumulator.series(), bucketMs: 60_000 });
      const limits = { kAnonymity: 5, minorsAge: 18 };
      const findings = questionFindings({
        ...common,
        ...params,
        ...limits,
        contacts: [],
        ...askedOf(visitors, { ...limits, localTime }),
        sellerAnalytics: true,
      });
      answers = wordedAnswers(atOnce(findings), streams);
    }, 600_000);

    it('gives the exit a clearly higher Smile-Index', () => {
      const [entrance, exit] = report.rows;
      expect((exit?.smileIndex.value ?? NaN) - (entrance?.smileIndex.value ?? NaN)).toBeGreaterThan(0.3);
      expect(exit?.mood.value).toBeGreaterThan(entrance?.mood.value ?? NaN);
    });

    it('tells who smiled to a visitor, and a difference whose interval excludes zero', () => {
      const answer = answers.find(({ id }) => id === 'exit-over-entrance');
      const shareOf = (key: string): number => answer?.figures.find((one) => one.key === key)?.figure.value ?? NaN;
      // Of 20 visitors 13 smile, of 24 six.
      expect(Math.abs(20 * shareOf('smiling-persons-exit') - 13)).toBeLessThan(1.01);
      expect(Math.abs(24 * shareOf('smiling-persons-entrance') - 6)).toBeLessThan(1.01);
      const difference = answer?.figures.find(({ key }) => key === 'smiling-persons-difference')?.figure;
      expect(difference?.low).toBeGreaterThan(0);
      // One smile decides whether so few visitors prove it: with 13 the p-value of two comparisons is 0.02, with 12 0.06.
      expect(answer?.verdict).toBe(shareOf('smiling-persons-exit') > 0.61 ? 'yes' : 'unproven');
      expect(answer?.answer.ru).toMatch(/^(Выше|Различие не доказано): /);
    });
  });
});
