import type { ZoneShape } from '../../data/streams.js';
import { pointsOf, shaped, stepOf, WIDTH, type Corner } from './zone-geometry.js';

interface Props {
  readonly zones: readonly ZoneShape[];
  readonly selected: string | null;
  /** While a new zone is drawn, the others cannot be taken. */
  readonly drawing: boolean;
  readonly height: number;
  readonly onSelect: (id: string) => void;
  readonly onChange: (id: string, polygon: readonly Corner[]) => void;
}

/** Every zone with its name: selected at a click, moved by the arrow keys. */
export const ZoneOutlines = ({ zones, selected, drawing, height, onSelect, onChange }: Props) => {
  const onKeyDown = (event: KeyboardEvent, zone: ZoneShape): void => {
    const step = stepOf(event);
    const isChoice = event.key === 'Enter' || event.key === ' ';
    if (step === null && !isChoice) return;
    event.preventDefault();
    if (step === null) onSelect(zone.id);
    else onChange(zone.id, shaped.moveBy(zone.polygon, step));
  };
  return (
    <>
      {zones.map((zone) => (
        <g key={zone.id} class={zone.id === selected ? 'zone selected' : 'zone'}>
          <polygon
            points={pointsOf(zone.polygon, height)}
            role="button"
            tabindex={drawing ? -1 : 0}
            aria-pressed={zone.id === selected}
            aria-label={zone.name ?? zone.id}
            data-zone={zone.id}
            onClick={() => {
              if (!drawing) onSelect(zone.id);
            }}
            onKeyDown={(event) => onKeyDown(event, zone)}
          />
          <text
            x={(zone.polygon[0]?.[0] ?? 0) * WIDTH + 12}
            y={(zone.polygon[0]?.[1] ?? 0) * height + 32}
            aria-hidden="true"
          >
            {zone.name ?? zone.id}
          </text>
        </g>
      ))}
    </>
  );
};
