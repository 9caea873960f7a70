import { signal } from '@preact/signals';

const STORAGE_KEY = 'emoscope.pictures';

/** Whether views show the camera's picture or only drawn faces; kept for this browser. */
export const picturesShown = signal(localStorage.getItem(STORAGE_KEY) !== 'hidden');

export const setPicturesShown = (shown: boolean): void => {
  picturesShown.value = shown;
  localStorage.setItem(STORAGE_KEY, shown ? 'shown' : 'hidden');
};
