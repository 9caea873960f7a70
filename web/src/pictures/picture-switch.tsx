import { may } from '../data/session.js';
import { t } from '../i18n/i18n.js';
import { PICTURE_MODES, pictureMode, setPictureMode } from '../data/pictures.js';

/** What the views show; the clear picture says that looking is logged. */
export const PictureSwitch = () => {
  const mode = pictureMode();
  return (
    <div class="row">
      {mode === 'clear' && <span class="small muted">{t('picture.audited')}</span>}
      <div class="tabs small" role="group" aria-label={t('picture.label')}>
        {PICTURE_MODES.filter((name) => name !== 'clear' || may('faces')).map((name) => (
          <button key={name} type="button" aria-pressed={mode === name} onClick={() => setPictureMode(name)}>
            {t(`picture.${name}`)}
          </button>
        ))}
      </div>
    </div>
  );
};
