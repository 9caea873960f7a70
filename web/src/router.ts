import { signal } from '@preact/signals';

/** The address behind `#`: its parts and its query. */
export interface Route {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** A part of the address as it was meant; one that is not properly encoded stands for itself. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const read = (): Route => {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return {
    parts: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query: new URLSearchParams(query),
  };
};

export const route = signal<Route>(read());

addEventListener('hashchange', () => {
  route.value = read();
});

export const link = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`;

export const go = (...parts: readonly string[]): void => {
  location.hash = link(...parts);
};
