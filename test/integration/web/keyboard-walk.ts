import type { Page } from 'playwright-core';

/** What a walk over a page by the Tab key found; elements are named by tag and text. */
export interface KeyboardWalk {
  /** Controls that were never reached. */
  readonly missed: readonly string[];
  /** Controls that look the same with the focus as without it. */
  readonly unmarked: readonly string[];
  /** Whether the focus left the page at its end instead of going round in it. */
  readonly left: boolean;
}

/** Runs in the page: numbers its controls (of a group of radio buttons the chosen one) and puts the focus before the first. */
const PREPARE = `(() => {
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter((one) => {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) return false;
    return one.type !== 'radio' || one.checked;
  });
  controls.forEach((one, index) => (one.dataset.walk = String(index)));
  document.activeElement?.blur();
  document.body.tabIndex = -1;
  document.body.focus();
  return controls.length;
})()`;

/** Runs in the page: the control with the focus, its name, and whether anything marks it. */
const HERE = `(() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return null;
  const style = getComputedStyle(one);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return {
    index: one.dataset.walk === undefined ? null : Number(one.dataset.walk),
    name: one.tagName.toLowerCase() + ' ' + (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent).trim().slice(0, 40),
    marked: outlined || style.boxShadow !== 'none',
  };
})()`;

interface Here {
  readonly index: number | null;
  readonly name: string;
  readonly marked: boolean;
}

/** Presses Tab until the focus leaves the page, and says what was met on the way. */
export const walkByTab = async (page: Page): Promise<KeyboardWalk> => {
  const count = await page.evaluate<number>(PREPARE);
  const seen = new Set<number>();
  const unmarked: string[] = [];
  let left = false;
  // A date has several fields of its own, and lists may grow while the walk is under way.
  for (let step = 0; step < 4 * count + 30 && !left; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate<Here | null>(HERE);
    left = here === null;
    if (here === null) break;
    if (here.index !== null) seen.add(here.index);
    if (!here.marked) unmarked.push(here.name);
  }
  const missed = await page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-walk]')]
      .filter((one) => !${JSON.stringify([...seen])}.includes(Number(one.dataset.walk)))
      .map((one) => one.tagName.toLowerCase() + ' ' + (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent).trim().slice(0, 40))`,
  );
  return { missed, unmarked, left };
};
