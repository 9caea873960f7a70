import { signal } from '@preact/signals';
import type { Language } from '../../../src/contracts/language.js';

/** What the pages of a kiosk say of themselves, Russian and English; small, since a tablet loads it over a shop's network. */
const words = {
  'pair.title': ['Подключение планшета', 'Pair this tablet'],
  'pair.how': ['Введите PIN, который дал администратор.', 'Enter the PIN that an administrator gave you.'],
  'pair.entered': ['Введено цифр: {n} из 6', '{n} of 6 digits entered'],
  'pair.clear': ['Стереть', 'Clear'],
  'pair.back': ['Назад', 'Back'],
  'pair.busy': ['Подключение…', 'Pairing…'],
  'pair.wrong': [
    'PIN не подходит. Он действует 10 минут и один раз.',
    'This PIN does not fit. It is valid for 10 minutes, and once.',
  ],
  'pair.throttled': ['Слишком много попыток. Подождите 15 минут.', 'Too many tries. Wait for 15 minutes.'],
  'pair.unreachable': ['Сервис не отвечает. Проверьте сеть.', 'The service does not answer. Look at the network.'],
  'revoked.title': ['Устройство отключено', 'This device is revoked'],
  'revoked.detail': [
    'Администратор отключил его. Оценки не отправляются.',
    'An administrator has revoked it. Nothing is sent.',
  ],
  'revoked.again': ['Подключить снова', 'Pair again'],
  'storage.title': ['Оценки не сохраняются', 'Grades cannot be kept'],
  'storage.detail': [
    'Браузер не даёт хранить данные. Откройте страницу не в частном окне.',
    'The browser does not let this page keep data. Open it outside a private window.',
  ],
  'wait.first': ['Связь с сервисом…', 'Reaching the service…'],
  question: ['Вам у нас понравилось?', 'How was your visit?'],
  reason: ['Что не понравилось?', 'What went wrong?'],
  message: ['Расскажите подробнее', 'Tell us more'],
  'message.label': ['Ваше сообщение', 'Your message'],
  'message.private': ['Не пишите имён и телефонов.', 'Please write no names or phone numbers.'],
  'message.send': ['Отправить', 'Send'],
  skip: ['Пропустить', 'Skip'],
  thanks: ['Спасибо!', 'Thank you!'],
  'thanks.detail': ['Ваша оценка учтена', 'Your grade counts'],
  language: ['English', 'Русский'],
  unsent: ['Ждут отправки: {n}', 'Waiting to be sent: {n}'],
  aside: ['Не приняты: {n}', 'Not accepted: {n}'],
  'face.liked': ['Понравилось', 'Good'],
  'face.disliked': ['Не понравилось', 'Bad'],
  'face.soso': ['Так себе', 'So-so'],
  'face.excellent': ['Отлично', 'Excellent'],
  'face.good': ['Хорошо', 'Good'],
  'face.fair': ['Нормально', 'Fair'],
  'face.bad': ['Плохо', 'Bad'],
  'face.awful': ['Ужасно', 'Awful'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

export type Word = keyof typeof words;

export const language = signal<Language>(navigator.language.toLowerCase().startsWith('en') ? 'en' : 'ru');

language.subscribe((value) => {
  document.documentElement.lang = value;
});

/** The words in the present language, `{n}` replaced. */
export const t = (word: Word, n = 0): string => words[word][language.value === 'ru' ? 0 : 1].replace('{n}', String(n));
