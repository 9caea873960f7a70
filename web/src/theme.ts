import { signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const STORAGE_KEY = 'emoscope.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const stored = (): Theme | null => {
  const value = localStorage.getItem(STORAGE_KEY);
  return value === 'light' || value === 'dark' ? value : null;
};

export const theme = signal<Theme>(stored() ?? (system.matches ? 'dark' : 'light'));

theme.subscribe((value) => {
  document.documentElement.dataset['theme'] = value;
});

system.addEventListener('change', () => {
  if (stored() === null) theme.value = system.matches ? 'dark' : 'light';
});

export const toggleTheme = (): void => {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem(STORAGE_KEY, theme.value);
};

/** The present value of a colour token, for canvas drawing. */
export const colour = (token: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
