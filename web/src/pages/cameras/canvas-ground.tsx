import { t } from '../../i18n/i18n.js';
import { WIDTH } from './zone-geometry.js';

interface Props {
  /** Address of the picture; null while there is none. */
  readonly picture: string | null;
  readonly height: number;
}

/** What zones and lines are drawn on. */
export const CanvasGround = ({ picture, height }: Props) => (
  <>
    <rect width={WIDTH} height={height} class="zone-ground" />
    {picture === null ? (
      <text x={WIDTH / 2} y={60} class="zone-note">
        {t('zones.noframe')}
      </text>
    ) : (
      <image href={picture} width={WIDTH} height={height} preserveAspectRatio="none" />
    )}
  </>
);
