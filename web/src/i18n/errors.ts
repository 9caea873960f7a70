import type { Entries } from './entry.js';

/** What the service's error codes mean to a reader. */
export const errors = {
  'error.UNREACHABLE': ['Сервер не отвечает.', 'The server does not answer.'],
  'error.STORE_WRITE': [
    'Не удаётся записать в базу данных: диск полон или защищён от записи.',
    'The database cannot be written: the disk is full or read-only.',
  ],
  'error.STORE_CLOSED': ['База данных уже закрыта.', 'The store has been stopped.'],
  'error.PERIOD_INVALID': ['Период пуст или задан неверно.', 'The period is empty or not understood.'],
  'error.STREAM_UNKNOWN': ['Такой камеры нет.', 'There is no such camera.'],
  'error.STREAM_EXISTS': ['Камера с таким идентификатором уже есть.', 'A camera with this id exists already.'],
  'error.CONTACT_UNKNOWN': ['Такого контакта нет.', 'There is no such contact.'],
  'error.THRESHOLD_INVALID': ['Порог T должен быть числом от 0 до 100.', 'The threshold T has to be from 0 to 100.'],
  'error.PRIVACY_REFUSED': [
    'Правовой профиль объекта запрещает такую обработку.',
    "The site's legal profile forbids such processing.",
  ],
  'error.FORBIDDEN': ['Для этого не хватает прав.', 'Your role does not allow this.'],
  'error.VALIDATION': ['Проверьте поля: что-то заполнено неверно.', 'Check the fields: something is not valid.'],
  'error.CONFIG_INVALID': ['Такая настройка не подходит.', 'This setting does not fit.'],
  'error.NOT_FOUND': ['Ничего не найдено.', 'Nothing was found.'],
  'error.CONFLICT': ['Это противоречит тому, что уже есть.', 'This contradicts what is there already.'],
  'error.RATE_LIMITED': ['Слишком много запросов. Подождите минуту.', 'Too many requests. Wait a minute.'],
  'error.PAYLOAD_TOO_LARGE': ['Слишком много данных за раз.', 'Too much data at once.'],
  'error.ENGINE_UNAVAILABLE': ['Модели не запустились.', 'The models could not be started.'],
  'error.INTERNAL': [
    'Внутренняя ошибка сервиса; подробности в его журнале.',
    'A fault inside; its log has the details.',
  ],
} as const satisfies Entries;
