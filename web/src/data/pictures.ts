import { signal } from '@preact/signals';
import { may } from './session.js';

/** What views show: boxes only, drawn silhouettes (which the API calls blurred), or the picture with faces (audited). */
export const PICTURE_MODES = ['drawn', 'blurred', 'clear'] as const;
export type PictureMode = (typeof PICTURE_MODES)[number];

const STORAGE_KEY = 'emoscope.pictures';

const chosen = signal<PictureMode>(localStorage.getItem(STORAGE_KEY) === 'drawn' ? 'drawn' : 'blurred');

/** The mode in force; `clear` only for those who may see faces. */
export const pictureMode = (): PictureMode => (chosen.value === 'clear' && !may('faces') ? 'blurred' : chosen.value);

/** Kept for this browser, but a clear picture has to be asked for anew each time. */
export const setPictureMode = (mode: PictureMode): void => {
  chosen.value = mode;
  if (mode !== 'clear') localStorage.setItem(STORAGE_KEY, mode);
};
