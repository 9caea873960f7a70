import type { Entries } from './entry.js';

export const kiosk = {
  'terminal.title': ['Терминал HAPPY-SMILE', 'HAPPY-SMILE terminal'],
  'terminal.about': [
    'Полноэкранная страница для экрана на выходе или у стойки: отвечает на улыбку посетителя. Картинку не показывает и не хранит.',
    'A full-screen page for a screen at the exit or the counter: it answers the visitor’s smile. It neither shows nor stores a picture.',
  ],
  'terminal.open': ['Открыть терминал', 'Open the terminal'],
  'terminal.choose': ['Выберите камеру, перед которой стоит экран', 'Choose the camera beside the screen'],
  'terminal.viewer': [
    'Роль «наблюдатель» не видит отдельных лиц: терминал будет отвечать на среднее за 10 секунд.',
    'The viewer role sees no single faces: the terminal will answer to the 10-second mean.',
  ],
  'kiosk.fullscreen': ['На весь экран', 'Full screen'],
  'kiosk.exit': ['Выйти', 'Leave'],
  'kiosk.calm': ['Улыбнитесь!', 'Smile!'],
  'kiosk.calm.detail': ['Хорошего вам дня', 'Have a good day'],
  'kiosk.hello': ['Здравствуйте!', 'Hello!'],
  'kiosk.hello.detail': ['Улыбнитесь — экран ответит', 'Smile, and the screen will answer'],
  'kiosk.almost': ['Ещё чуть-чуть…', 'Almost there…'],
  'kiosk.thanks': ['Спасибо за улыбку!', 'Thank you for the smile!'],
  'kiosk.thanks.detail': ['Вам она очень идёт', 'It suits you'],
  'kiosk.meter': ['Улыбка', 'Smile'],
  'kiosk.meter.value': ['{n} из 100', '{n} of 100'],
  'kiosk.count': ['{n} улыбка сегодня|{n} улыбки сегодня|{n} улыбок сегодня', '{n} smile today|{n} smiles today'],
  'kiosk.privacy': [
    'Изображение не сохраняется. Оценивается только видимое выражение лица.',
    'No image is stored. Only the visible expression is measured.',
  ],
  'kiosk.pause': ['Терминал отдыхает', 'The terminal is resting'],
} as const satisfies Entries;
