import type { Emotion } from '../../../src/contracts/emotion.js';
import { EMOTIONS } from '../values/emotions.js';
import { number } from '../values/format.js';
import { t } from '../i18n/i18n.js';

type Scores = Readonly<Record<Emotion, number>>;

/** The seven expressions, each with its name, a bar and its percentage. */
export const ExpressionBars = ({ scores }: { readonly scores: Scores | null }) => (
  <div class="bars">
    {EMOTIONS.map((emotion) => (
      <BarLine key={emotion} emotion={emotion} percent={scores?.[emotion] ?? null} />
    ))}
  </div>
);

const BarLine = ({ emotion, percent }: { readonly emotion: Emotion; readonly percent: number | null }) => (
  <>
    <span>{t(`emotion.${emotion}`)}</span>
    <span class="track" aria-hidden="true">
      <span
        class="fill"
        style={{
          display: 'block',
          background: `var(--${emotion})`,
          transform: `scaleX(${String(Math.min(1, (percent ?? 0) / 100))})`,
        }}
      />
    </span>
    <span class="num">{number(percent)}</span>
  </>
);

/** The same in one line: a bar split by expression, read out as text. */
export const ExpressionStrip = ({ scores }: { readonly scores: Scores }) => (
  <span
    class="stackbar"
    role="img"
    aria-label={EMOTIONS.map((emotion) => `${t(`emotion.${emotion}`)} ${number(scores[emotion])}`).join(', ')}
    title={EMOTIONS.map((emotion) => `${t(`emotion.${emotion}`)} ${number(scores[emotion])}`).join('\n')}
  >
    {EMOTIONS.map((emotion) => (
      <span key={emotion} style={{ width: `${String(scores[emotion])}%`, background: `var(--${emotion})` }} />
    ))}
  </span>
);
