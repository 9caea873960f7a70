import { EMOTIONS } from '../../src/contracts/emotion.js';
import { EMOTION_WORDS } from '../../src/contracts/words.js';
import type { Language } from '../../src/contracts/language.js';

/** Puts a name of the simulation into the language of the document. */
export type Word = (name: string) => string;

/** English beginnings to Russian, the longer before the shorter that they contain. */
const RUSSIAN: readonly (readonly [RegExp, string])[] = [
  [/^figure$/, 'показатель'],
  [/^case$/, 'случай'],
  [/^false verdicts$/, 'ложные выводы'],
  [/^contacts$/, 'контакты'],
  [/^qualified$/, 'зачтено'],
  [/^net response$/, 'прирост ответов'],
  [/^literal reading$/, 'буквальное прочтение'],
  [/^(\d+) replications, seed (\d+)$/, 'Повторений: $1, зерно $2'],
  [/(\d+) s, (\d+) own smiles a minute/, '$1 с, своих улыбок в минуту: $2'],
  [/resting red of (\d+)/, 'красная в покое $1'],
  [/one bad frame in a hundred/, 'один неверный кадр из ста'],
  [/half answer/, 'отвечает половина'],
  [/^question 4/, 'вопрос 4'],
  [/, 1\.1 against 2\.3 faces in a frame, (\d+) visitors/, ', 1,1 против 2,3 лица в кадре, посетителей: $1'],
  [/(\d+) against (\d+) visitors/, '$1 против $2 посетителей'],
  [/(\d+) against (\d+) days that differ/, '$1 против $2 несхожих дней'],
  [/table of 12 hours of (\d+) visitors against (\d+)/, 'таблица из 12 часов по $1 посетителей против $2'],
  [/^difference of/, 'разница:'],
  [/n against 50/, 'n против 50'],
  [/n against n/, 'n против n'],
  [/n days/, 'n дней'],
  [/n shifts/, 'n смен'],
  [/one shift/, 'одна смена'],
  [/passage/, 'проход'],
  [/crowd/, 'толпа'],
  [/rare answers/, 'редкие ответы'],
  [/rare bursts/, 'редкие всплески'],
  [/rare/, 'редкий'],
  [/^age over 65/, 'возраст от 65'],
  [/^age /, 'возраст '],
  [/mood of visitors/, 'настроение посетителей'],
  [/mood/, 'настроение'],
  [/mean dwell/, 'среднее время в кадре'],
  [/median dwell/, 'медиана времени в кадре'],
  [/mean attention/, 'среднее внимание'],
  [/looked/, 'посмотрели'],
  [/glances/, 'взгляды'],
  [/mean age/, 'средний возраст'],
  [/median look/, 'медиана взгляда'],
  [/median latency/, 'медиана задержки'],
  [/median rise/, 'медиана подъёма'],
  [/seller smile/, 'улыбка продавца'],
  [/share with a smile/, 'доля контактов с улыбкой'],
  [/male/, 'мужчины'],
  ...EMOTIONS.map((emotion) => [new RegExp(emotion), EMOTION_WORDS[emotion].ru.toLowerCase()] as const),
];

const russian: Word = (name) => RUSSIAN.reduce((text, [english, word]) => text.replace(english, word), name);

export const inLanguage = (language: Language): Word => (language === 'ru' ? russian : (name) => name);
