import type { ContactPointsPort } from '../../api/contacts/contact-points-port.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { RunningConfig } from '../configuration/running-config.js';
import { attempt } from './attempt.js';
import type { ContactWatch } from '../numbers/contact-watch.js';

/** The contact points as the API sees them; changes are checked, written back, then applied. */
export const createContactPointsPort = (watch: ContactWatch, running: RunningConfig): ContactPointsPort => ({
  list: () => running.current.contacts,
  add: (point) =>
    attempt(() => {
      if (running.current.contacts.some(({ id }) => id === point.id)) {
        throw new EmoscopeError('EXISTS', {
          ru: `Точка контакта «${point.id}» уже есть; она не изменена.`,
          en: `A contact point called "${point.id}" exists already; it is as it was.`,
        });
      }
      running.change({ contacts: [...running.current.contacts, point] });
      watch.put(point);
    }),
  put: (point) =>
    attempt(() => {
      const others = running.current.contacts.filter(({ id }) => id !== point.id);
      running.change({ contacts: [...others, point] });
      watch.put(point);
    }),
  remove: (id) =>
    attempt(() => {
      const others = running.current.contacts.filter((point) => point.id !== id);
      if (others.length === running.current.contacts.length) {
        throw new EmoscopeError('NOT_FOUND', {
          ru: `Точки контакта «${id}» нет.`,
          en: `No contact point is called "${id}".`,
        });
      }
      running.change({ contacts: others });
      watch.remove(id);
    }),
});
