import type { CDPSession, Page } from 'playwright-core';

/** One place where words or a focus ring stand out too little, in words. */
export type ContrastFinding = string;

/** The states of a control that a page's sheets may colour; `disabled` is set on the control itself. */
export const CONTROL_STATES = ['rest', 'hover', 'focus', 'active', 'disabled'] as const;
export type ControlState = (typeof CONTROL_STATES)[number];

const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

const FORCED: Readonly<Record<ControlState, readonly string[]>> = {
  rest: [],
  hover: ['hover'],
  focus: ['focus', 'focus-visible', 'focus-within'],
  active: ['hover', 'active'],
  disabled: [],
};

/**
 * Runs in the page: the WCAG contrast of everything written in a control against what it is written on, and, with the
 * focus, of its ring against what is around it. Colours are as computed, half-transparent ones laid over one another.
 */
const MEASURE = `((controls, state) => {
  const parse = (text) => {
    const [r, g, b, a = 1] = (text.match(/[\\d.]+/g) ?? ['0', '0', '0', '0']).map(Number);
    return text.startsWith('color(') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((value, index) => value * a + under[index] * (1 - a));
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ratio = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const groundOf = (element) => {
    const chain = [];
    for (let at = element; at !== null; at = at.parentElement) chain.unshift(at);
    return chain.reduce((under, at) => over(parse(getComputedStyle(at).backgroundColor), under), [255, 255, 255]);
  };
  const fadingOf = (element) => {
    let fading = 1;
    for (let at = element; at !== null; at = at.parentElement) fading *= Number(getComputedStyle(at).opacity);
    return fading;
  };
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.closest('.visually-hidden') === null;
  const written = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '') ||
    element.matches('select, textarea, input:not([type="checkbox"], [type="radio"], [type="range"])');
  const nameOf = (element) => element.tagName.toLowerCase() + (element.className.length > 0 ? '.' + String(element.className).replaceAll(' ', '.') : '') +
    ' «' + (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 30) + '»';
  const findings = [];
  for (const control of controls) {
    for (const element of [control, ...control.querySelectorAll('*')]) {
      if (element instanceof SVGElement || !seen(element) || !written(element)) continue;
      const ground = groundOf(element);
      const [r, g, b, a] = parse(getComputedStyle(element).color);
      const found = ratio(over([r, g, b, a * fadingOf(element)], ground), ground);
      if (found < 4.5) findings.push(state + ': ' + nameOf(control) + ' words at ' + found.toFixed(2) + ':1');
    }
    for (const icon of control.querySelectorAll('svg.icon')) {
      if (!icon.checkVisibility({ visibilityProperty: true })) continue;
      const ground = groundOf(control);
      const found = ratio(over(parse(getComputedStyle(icon).stroke), ground), ground);
      if (found < 3) findings.push(state + ': ' + nameOf(control) + ' icon at ' + found.toFixed(2) + ':1');
    }
    if (state !== 'focus') continue;
    const style = getComputedStyle(control);
    const around = groundOf(control.parentElement);
    const ring = ratio(over(parse(style.outlineColor), around), around);
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 || ring < 3)
      findings.push(state + ': ' + nameOf(control) + ' ring ' + style.outlineStyle + ' ' + style.outlineWidth + ' at ' + ring.toFixed(2) + ':1');
  }
  return { count: controls.length, findings: [...new Set(findings)] };
})`;

const pick = `[...document.querySelectorAll('${CONTROLS}')].filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0)`;

const withForced = async (session: CDPSession, state: ControlState, look: () => Promise<void>): Promise<void> => {
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  // Whoever is over a control is over its row and its list as well.
  const selector = `${CONTROLS}, tr, li`;
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
  const force = (forcedPseudoClasses: readonly string[]) =>
    Promise.all(
      nodeIds.map((nodeId) =>
        // A live page may have taken the element away meanwhile.
        session
          .send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: [...forcedPseudoClasses] })
          .catch(() => undefined),
      ),
    );
  await force(FORCED[state]);
  await look();
  await force([]);
};

/** Measures every control of the page as it stands, in every state; needs Chromium, which can be told that all are hovered. */
export const contrastFindings = async (
  page: Page,
): Promise<{ readonly controls: number; readonly findings: readonly ContrastFinding[] }> => {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const findings: ContrastFinding[] = [];
  let controls = 0;
  const measure = async (state: ControlState): Promise<void> => {
    const found = await page.evaluate<{ count: number; findings: string[] }>(`(() => {
      const controls = ${pick}.filter((one) => '${state}' !== 'disabled' || 'disabled' in one);
      const were = controls.map((one) => one.disabled);
      if ('${state}' === 'disabled') controls.forEach((one) => (one.disabled = true));
      document.getAnimations().forEach((one) => one.finish());
      const found = ${MEASURE}(controls, '${state}');
      if ('${state}' === 'disabled') controls.forEach((one, index) => (one.disabled = were[index]));
      return found;
    })()`);
    controls = Math.max(controls, found.count);
    findings.push(...found.findings);
  };
  for (const state of CONTROL_STATES) await withForced(session, state, () => measure(state));
  await session.detach();
  return { controls, findings };
};
