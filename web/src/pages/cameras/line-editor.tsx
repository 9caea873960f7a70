import type { LineShape } from '../../data/streams.js';
import { t } from '../../i18n/i18n.js';
import { LineCanvas } from './line-canvas.js';

interface Props {
  readonly line: LineShape;
  readonly picture: string | null;
  readonly ratio: number;
  readonly onChange: (line: LineShape) => void;
}

/** The line of a counter on a frame, and which way is in. */
export const LineEditor = ({ line, picture, ratio, onChange }: Props) => (
  <section class="card" aria-labelledby="line-title">
    <div class="card-head">
      <h2 id="line-title">{t('line.title')}</h2>
      <div class="space" />
      <button type="button" class="button" data-line-swap onClick={() => onChange([line[1], line[0]])}>
        {t('line.swap')}
      </button>
    </div>
    <p class="small muted">{t('line.help')}</p>
    <LineCanvas line={line} picture={picture} ratio={ratio} onChange={onChange} />
    <p class="small muted">{t('line.privacy')}</p>
  </section>
);
