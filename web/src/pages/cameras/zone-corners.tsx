import { number } from '../../values/format.js';
import type { ZoneShape } from '../../data/streams.js';
import { t } from '../../i18n/i18n.js';
import { clamp, shaped, stepOf, WIDTH, type Corner } from './zone-geometry.js';

interface Props {
  readonly zone: ZoneShape;
  readonly height: number;
  readonly onChange: (polygon: readonly Corner[]) => void;
  /** A corner is taken hold of by a pointer. */
  readonly onGrab: (index: number, pointerId: number) => void;
}

/** Handles of the selected zone: its corners, and between each two a point that becomes one. */
export const ZoneCorners = (props: Props) => (
  <>
    {props.zone.polygon.map((corner, index) => (
      <g key={index}>
        <MiddleHandle {...props} corner={corner} index={index} />
        <CornerHandle {...props} corner={corner} index={index} />
      </g>
    ))}
  </>
);

interface HandleProps extends Props {
  readonly corner: Corner;
  readonly index: number;
}

const MiddleHandle = ({ zone, height, onChange, corner: [x, y], index }: HandleProps) => {
  const next = zone.polygon[(index + 1) % zone.polygon.length] ?? [x, y];
  const middle: Corner = [clamp((x + next[0]) / 2), clamp((y + next[1]) / 2)];
  const insert = (): void => onChange(shaped.insertAfter(zone.polygon, index, middle));
  return (
    <circle
      class="zone-middle"
      cx={middle[0] * WIDTH}
      cy={middle[1] * height}
      r="8"
      role="button"
      tabindex={0}
      aria-label={t('zones.midpoint', { n: index + 1 })}
      onClick={insert}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        insert();
      }}
    />
  );
};

const CornerHandle = ({ zone, height, onChange, onGrab, corner: [x, y], index }: HandleProps) => {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepOf(event);
    const isRemoval = (event.key === 'Delete' || event.key === 'Backspace') && zone.polygon.length > 3;
    if (step === null && !isRemoval) return;
    event.preventDefault();
    if (step === null) onChange(shaped.removeCorner(zone.polygon, index));
    else onChange(shaped.moveCorner(zone.polygon, index, [x + step[0], y + step[1]]));
  };
  return (
    <circle
      class="zone-corner"
      cx={x * WIDTH}
      cy={y * height}
      r="13"
      role="button"
      tabindex={0}
      aria-label={t('zones.corner', { n: index + 1, x: number(x * 100), y: number(y * 100) })}
      data-corner={index}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus();
        onGrab(index, event.pointerId);
      }}
      onKeyDown={onKeyDown}
    />
  );
};
