import type { Bilingual } from '../../contracts/bilingual.js';
import type { Language } from '../../contracts/language.js';
import { printable } from '../../report/printable-text.js';
import { durationWords } from './duration-words.js';

/** What the notice for the door is made from: the site and the privacy part of the configuration. */
export interface NoticeInput {
  readonly siteName: string;
  /** Who answers for the processing; empty: a line to fill in by hand. */
  readonly operator: string;
  /** How to reach them; empty: a line to fill in by hand. */
  readonly contact: string;
  readonly jurisdiction: 'ru' | 'eu' | 'other';
  readonly sellerAnalytics: 'off' | 'aggregate' | 'on';
  /** As configured, for example 30d and 5y. */
  readonly retention: { readonly samples: string; readonly rollups: string };
  readonly kAnonymity: number;
  /** Epoch ms UTC. */
  readonly generatedTs: number;
}

export interface NoticeText {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  /** Law that the notice answers to. */
  readonly law: string;
}

const BLANK = '______________________________';

const TITLE: Bilingual = { ru: 'Здесь работает анализ выражения лиц', en: 'Facial expressions are analysed here' };
const LEAD: Readonly<Record<NoticeInput['jurisdiction'], Bilingual>> = {
  ru: {
    ru: 'Камеры этого помещения передают изображение программе, которая оценивает видимое выражение лиц. Личность никого из вошедших она не устанавливает.',
    en: 'The cameras of these premises feed a program that estimates visible facial expressions. It identifies nobody who comes in.',
  },
  eu: {
    ru: 'Вы находитесь в зоне действия системы распознавания эмоций и биометрической категоризации (оценка пола и возраста), как их называет закон. Программа оценивает видимое выражение лиц и личность никого не устанавливает.',
    en: 'You are exposed to an emotion recognition system and a biometric categorisation system (estimates of gender and age), as the law calls them. The program estimates visible facial expressions and identifies nobody.',
  },
  other: {
    ru: 'Камеры этого помещения передают изображение программе, которая оценивает видимое выражение лиц. Личность никого из вошедших она не устанавливает.',
    en: 'The cameras of these premises feed a program that estimates visible facial expressions. It identifies nobody who comes in.',
  },
};

const STAFF: Readonly<Record<NoticeInput['sellerAnalytics'], Bilingual>> = {
  off: { ru: 'Показателей по сотрудникам система не ведёт.', en: 'No figures about staff are kept.' },
  aggregate: {
    ru: 'Показатели о сотрудниках ведутся только в целом по рабочему месту и смене, не по людям.',
    en: 'Figures about staff are kept only per workplace and shift as a whole, never per person.',
  },
  on: {
    ru: 'Ведутся и показатели о сотрудниках; сотрудники извещены отдельно.',
    en: 'Figures about staff are kept as well; staff are informed separately.',
  },
};

const RIGHTS: Readonly<Record<NoticeInput['jurisdiction'], readonly Bilingual[]>> = {
  ru: [
    {
      ru: 'Вы вправе узнать, как обрабатываются данные, возразить против обработки и потребовать её прекратить.',
      en: 'You may learn how data are processed, object to the processing and demand that it stop.',
    },
    {
      ru: 'Жалобу можно подать в Роскомнадзор или в суд.',
      en: 'You may complain to Roskomnadzor (the Russian data protection authority) or to a court.',
    },
  ],
  eu: [
    {
      ru: 'Вы вправе получить доступ к своим данным, потребовать их исправления, удаления или ограничения обработки, возразить против обработки.',
      en: 'You have the right of access to your data, to their rectification, erasure or restriction, and to object to the processing.',
    },
    {
      ru: 'Жалобу можно подать в надзорный орган по защите данных вашей страны.',
      en: 'You may complain to the data protection supervisory authority of your country.',
    },
  ],
  other: [
    {
      ru: 'Вы вправе узнать, как обрабатываются данные, и возразить против обработки.',
      en: 'You may learn how data are processed, and object to the processing.',
    },
  ],
};
const UNLINKED: Bilingual = {
  ru: 'В сохранённых числах нет ничего, по чему можно найти отдельного человека, поэтому выбрать из них «ваши» мы не можем.',
  en: 'Nothing in the stored figures points to a single person, so we cannot pick out “yours”.',
};

const LAW: Readonly<Record<NoticeInput['jurisdiction'], Bilingual>> = {
  ru: {
    ru: 'Федеральный закон № 152-ФЗ «О персональных данных». Биометрические данные для установления личности (статья 11) не обрабатываются.',
    en: 'Federal Law No. 152-FZ on personal data. No biometric data are processed to establish identity (article 11).',
  },
  eu: {
    ru: 'Извещение по статье 50(3) Регламента (ЕС) 2024/1689 (об искусственном интеллекте). Полные сведения по статье 13 Регламента (ЕС) 2016/679 (GDPR) даёт тот, кто отвечает за обработку.',
    en: 'Notice under Article 50(3) of Regulation (EU) 2024/1689 (Artificial Intelligence Act). The full information of Article 13 of Regulation (EU) 2016/679 (GDPR) is given by whoever answers for the processing.',
  },
  other: { ru: '', en: '' },
};

/** The notice for the door in words: what is measured, by whom, for what, how long it is kept, rights, contact. */
export const noticeText = (input: NoticeInput, lang: Language): NoticeText => {
  const say = (ru: string, en: string): string => (lang === 'ru' ? ru : en);
  const { jurisdiction, retention } = input;
  const samples = durationWords(retention.samples, lang);
  const rollups = durationWords(retention.rollups, lang);
  return {
    title: TITLE[lang],
    lead: LEAD[jurisdiction][lang],
    sections: [
      {
        heading: say('Что измеряется', 'What is measured'),
        lines: [
          say(
            'Видимое выражение лица (например, улыбка), примерные возраст и пол, поворот головы, время перед камерой. Это оценка внешнего вида лица, а не чувств человека.',
            'The visible expression of the face (a smile, for instance), approximate age and gender, the turn of the head, the time before the camera. It rates how a face looks, not what a person feels.',
          ),
          STAFF[input.sellerAnalytics][lang],
        ],
      },
      {
        heading: say('Зачем', 'What for'),
        lines: [
          say(
            'Чтобы по общей статистике улучшать обслуживание. Решений об отдельных людях по этим данным не принимают.',
            'To improve service from overall statistics. No decision about a single person is made from these data.',
          ),
        ],
      },
      {
        heading: say('Что и как долго хранится', 'What is kept, and how long'),
        lines: [
          say(
            'Изображения и шаблоны лиц не сохраняются: кадр остаётся в памяти, только пока не придёт следующий.',
            'No picture and no face template is stored: a frame stays in memory only until the next one comes.',
          ),
          say(
            `Оценки по кадрам под случайным номером — ${samples}; итоги посещений, контактов и минут — ${rollups}. Группы меньше ${input.kAnonymity} посетителей не показываются.`,
            `Estimates per frame under a random number: ${samples}; totals of visits, contacts and minutes: ${rollups}. Groups of fewer than ${input.kAnonymity} visitors are not shown.`,
          ),
        ],
      },
      {
        heading: say('Кто отвечает', 'Who answers for it'),
        lines: [
          printable(input.operator) || BLANK,
          `${say('Связаться', 'Contact')}: ${printable(input.contact) || BLANK}`,
        ],
      },
      {
        heading: say('Ваши права', 'Your rights'),
        lines: [...RIGHTS[jurisdiction].map((line) => line[lang]), UNLINKED[lang]],
      },
    ],
    law: LAW[jurisdiction][lang],
  };
};
