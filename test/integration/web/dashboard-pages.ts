/** Every page of the dashboard: its address, and its heading in both languages. */
export const PAGES: readonly (readonly [hash: string, ru: string, en: string])[] = [
  ['live', 'Эфир', 'Live'],
  ['contact', 'Точка контакта', 'Contact point'],
  ['contact/till/seeded-0', 'Точка контакта', 'Contact point'],
  ['reports/me1', 'Отчёты', 'Reports'],
  ['reports/questions', 'Отчёты', 'Reports'],
  ['reports/visitors', 'Отчёты', 'Reports'],
  ['reports/compare', 'Отчёты', 'Reports'],
  ['check', 'Проверка на месте', 'Spot check'],
  ['cameras', 'Камеры', 'Cameras'],
  ['cameras/new', 'Новая камера', 'New camera'],
  ['cameras/till-seller', 'Касса: продавец', 'Касса: продавец'],
  ['terminal', 'Терминал HAPPY-SMILE', 'HAPPY-SMILE terminal'],
  ['system/status', 'Система', 'System'],
  ['system/access', 'Система', 'System'],
  ['system/audit', 'Система', 'System'],
  ['system/privacy', 'Система', 'System'],
];
