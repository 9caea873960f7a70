import { isKey, t } from '../i18n/i18n.js';

/** What was done, in words; the service's own name for what the dictionary does not know. */
export const actionText = (action: string): string => {
  const key = `action.${action}`;
  return isKey(key) ? t(key) : action;
};

/** Who it was: an account by its name, a key as one, and those who did not sign in. */
export const actorText = (actor: string): string => {
  const [kind, ...name] = actor.split(':');
  if (kind === 'user') return name.join(':');
  if (kind === 'cli' && name.length > 0) return t('actor.cli', { name: name.join(':') });
  if (kind === 'key') return t('actor.key', { name: name.join(':') });
  if (kind === 'device') return t('actor.device', { name: name.join(':') });
  return actor === 'loopback' || actor === 'anonymous' || actor === 'service' ? t(`actor.${actor}`) : actor;
};
