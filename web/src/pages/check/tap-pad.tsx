import { useEffect } from 'preact/hooks';
import { CHECK_MINUTES, TAPPED_SEXES } from '../../../../src/contracts/service/spot-check-lists.js';
import { useNow } from '../../hooks/use-now.js';
import { plural, t } from '../../i18n/i18n.js';
import type { Tap } from './counting.js';
import type { Checks } from './use-checks.js';

const PADS = [false, true].flatMap((smiled, row) =>
  TAPPED_SEXES.map((sex, column) => ({ sex, smiled, key: String(3 * row + column + 1) })),
);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName);

/** 1, 2, 3 for a man, a woman, unsure; 4, 5, 6 for the same who smiled; Backspace takes the last one back. */
const useKeys = (tap: Checks['tap'], undo: Checks['undo']): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const pad = PADS.find(({ key }) => key === event.key);
      if (pad !== undefined) tap(pad);
      else if (event.key === 'Backspace') undo();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
};

const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const words = ({ sex, smiled }: Pick<Tap, 'sex' | 'smiled'>): string =>
  t(smiled ? `check.tap.${sex}.smiled` : `check.tap.${sex}`);

interface Props {
  readonly checks: Checks;
  readonly camera: string;
}

/** The counting itself: six large buttons, one tap a visitor. */
export const TapPad = ({ checks, camera }: Props) => {
  const { counting, tap, undo, finish, abandon } = checks;
  const now = useNow();
  useKeys(tap, undo);
  if (counting === null) return null;
  const { taps, fromTs, lengthMs } = counting;
  const countOf = (isSuch: (one: Tap) => boolean): number => taps.filter(isSuch).length;
  const last = taps.at(-1);
  const passedMs = now - fromTs;
  return (
    <section class="card stack check-pad" aria-label={t('check.counting')} data-check="counting">
      <div class="card-head">
        <h2>{camera}</h2>
        <div class="space" />
        <span class="check-clock" role="timer" aria-label={t('check.left')}>
          {clock(lengthMs - passedMs)}
        </span>
      </div>
      <p class="small muted">{t('check.rule')}</p>
      <div class="check-taps">
        {[false, true].map((smiled) => (
          <div
            key={String(smiled)}
            class="check-row"
            role="group"
            aria-label={t(smiled ? 'check.smiled' : 'check.calm')}
          >
            <span class="small" aria-hidden="true">
              {t(smiled ? 'check.smiled' : 'check.calm')}
            </span>
            {PADS.filter((pad) => pad.smiled === smiled).map((pad) => (
              <button
                key={pad.key}
                type="button"
                class={`button check-tap${smiled ? ' smiled' : ''}`}
                data-tap={`${pad.sex}${smiled ? '-smiled' : ''}`}
                aria-keyshortcuts={pad.key}
                onClick={() => tap(pad)}
              >
                <span>{words(pad)}</span>
                <strong>{countOf((one) => one.sex === pad.sex && one.smiled === smiled)}</strong>
                <kbd aria-hidden="true">{pad.key}</kbd>
              </button>
            ))}
          </div>
        ))}
      </div>
      <p class="check-totals" data-check="totals">
        <span>{plural('check.visitors', taps.length)}</span>
        <span>{t('check.smiled.n', { n: countOf(({ smiled }) => smiled) })}</span>
        <span>{t('check.men.n', { n: countOf(({ sex }) => sex === 'men') })}</span>
        <span>{t('check.women.n', { n: countOf(({ sex }) => sex === 'women') })}</span>
      </p>
      <p class="small muted" role="status">
        {last === undefined ? t('check.none') : t('check.last', { what: words(last) })}
      </p>
      <div class="row">
        <button type="button" class="button check-large" disabled={last === undefined} onClick={undo}>
          {t('check.undo')}
        </button>
        <button
          type="button"
          class="button primary check-large"
          disabled={passedMs < CHECK_MINUTES.least * 60_000}
          onClick={finish}
        >
          {t('check.finish')}
        </button>
        <button
          type="button"
          class="button danger check-large"
          onClick={() => {
            if (confirm(t('check.abandon.sure'))) abandon();
          }}
        >
          {t('check.abandon')}
        </button>
      </div>
    </section>
  );
};
