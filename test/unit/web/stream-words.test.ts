import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { StreamStatus } from '../../../src/contracts/stream.js';

type Language = 'ru' | 'en';

interface Words {
  readonly leftOutOf: (stream: StreamStatus) => readonly string[];
  readonly streamHints: (stream: StreamStatus, now: number) => readonly string[];
  readonly streamNotes: (stream: StreamStatus, now: number) => string;
}

interface Dictionary {
  readonly settleLanguage: (ofAccount: Language, ofSite: null) => void;
}

/** A module of the pages, which are made for browsers: the types of this project know nothing of them. */
const fromPages = async (file: string): Promise<unknown> =>
  import(/* @vite-ignore */ fileURLToPath(new URL(`../../../web/src/${file}`, import.meta.url)));

let words: Words;
let speak: (language: Language) => void;

beforeAll(async () => {
  // What the modules read of the browser when they are loaded.
  vi.stubGlobal('navigator', { languages: ['ru'] });
  vi.stubGlobal('localStorage', { getItem: () => null });
  vi.stubGlobal('document', { documentElement: {}, baseURI: 'http://localhost/' });
  words = (await fromPages('ui/stream-words.tsx')) as Words;
  const dictionary = (await fromPages('i18n/i18n.ts')) as Dictionary;
  speak = (language) => {
    dictionary.settleLanguage(language, null);
  };
});

const stream = (over: Partial<StreamStatus>): StreamStatus => ({
  ...{ id: 'door', name: 'Вход', role: 'entrance', url: 'rtsp://door', state: 'online', reason: null, detail: null },
  ...{ sinceTs: 0, targetFps: 5, fps: 5, shortfall: null, stillSinceTs: null, lightFault: null, suggestedRotate: null },
  ...{ stillFaces: 0, longStays: 0, framesIn: 0, framesAnalysed: 0, reconnects: 0, lastFrameTs: 0 },
  ...{ drops: { superseded: 0, stopping: 0, 'engine-error': 0 } },
  ...{ latencyP50Ms: null, latencyP95Ms: null, width: 640, height: 360, codec: 'h264' },
  ...over,
});

describe('what the pages say of a camera', () => {
  it.each<readonly [Language, Partial<StreamStatus>, readonly string[]]>([
    ['ru', { longStays: 1 }, ['1 человек постоянно в кадре (дольше 30 минут), к посетителям не отнесён']],
    ['ru', { longStays: 2 }, ['2 человека постоянно в кадре (дольше 30 минут), к посетителям не отнесены']],
    ['ru', { longStays: 5 }, ['5 человек постоянно в кадре (дольше 30 минут), к посетителям не отнесены']],
    ['en', { longStays: 1 }, ['1 person is always in view (longer than 30 minutes) and not counted as a visitor']],
    ['en', { longStays: 2 }, ['2 people are always in view (longer than 30 minutes) and not counted as visitors']],
    ['ru', { stillFaces: 1 }, ['1 неживое лицо (плакат, упаковка, экран) не входит в показатели']],
    ['ru', { stillFaces: 22 }, ['22 неживых лица (плакат, упаковка, экран) не входят в показатели']],
    [
      'en',
      { stillFaces: 1, longStays: 3 },
      [
        '1 face that does not live (poster, packaging, screen) is left out of the figures',
        '3 people are always in view (longer than 30 minutes) and not counted as visitors',
      ],
    ],
    ['en', { stillFaces: 7 }, ['7 faces that do not live (poster, packaging, screen) are left out of the figures']],
    ['ru', {}, []],
    ['en', { state: 'offline', stillFaces: 1, longStays: 1 }, []],
  ])('names in %s who is left out: %o', (language, over, lines) => {
    speak(language);
    expect(words.leftOutOf(stream(over))).toEqual(lines);
  });

  it.each<readonly [Language, StreamStatus['lightFault'], string]>([
    ['ru', 'too-dark', 'слишком темно: лица видны плохо, добавьте света'],
    ['en', 'too-dark', 'too dark: faces are seen badly, add light'],
    [
      'ru',
      'against-light',
      'против света: лица тёмные на светлом фоне, поверните камеру от окна или осветите людей спереди',
    ],
    [
      'en',
      'against-light',
      'against the light: faces are dark before a bright ground, turn the camera from the window or light people from the front',
    ],
  ])('names in %s light by which people are seen badly: %s', (language, lightFault, words_) => {
    speak(language);
    expect(words.streamHints(stream({ lightFault }), 0)).toEqual([words_]);
    expect(words.streamHints(stream({ lightFault, state: 'offline' }), 0)).toEqual([]);
  });

  it.each<readonly [Language, StreamStatus['shortfall'], string]>([
    ['ru', 'overload', 'компьютер перегружен: анализируется меньше кадров, чем задано; '],
    ['ru', 'source', 'камера присылает меньше кадров, чем задано; '],
    ['en', 'overload', 'this computer is overloaded: fewer frames are analysed than asked for; '],
    ['en', 'source', 'the camera sends fewer frames than asked for; '],
  ])('marks in %s a rate too low to follow people by: %s', (language, shortfall, why) => {
    speak(language);
    const means = {
      ru: 'одного человека могут сосчитать несколько раз',
      en: 'one person may be counted several times',
    };
    expect(words.streamHints(stream({ shortfall }), 0)).toEqual([why + means[language]]);
    expect(words.streamNotes(stream({ shortfall }), 0)).toBe(why + means[language]);
    expect(words.streamHints(stream({ shortfall: null }), 0)).toEqual([]);
  });
});
