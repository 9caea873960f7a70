import type { StreamStatus } from '../../../src/contracts/stream.js';
import { t } from '../i18n/i18n.js';

interface Props {
  readonly streams: readonly StreamStatus[];
  /** Empty: all. */
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Cameras to include; none ticked means all. */
export const StreamPicker = ({ streams, value, onChange }: Props) => (
  <div class="field">
    <span id="stream-picker">{t('params.streams')}</span>
    <details class="picker">
      <summary class="input" aria-labelledby="stream-picker stream-picker-value">
        <span id="stream-picker-value">
          {value.length === 0
            ? t('params.streams.all')
            : t('params.streams.some', { n: value.length, m: streams.length })}
        </span>
      </summary>
      <div class="picker-list">
        {streams.map((stream) => (
          <label key={stream.id} class="check">
            <input
              type="checkbox"
              checked={value.includes(stream.id)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...value, stream.id] : value.filter((id) => id !== stream.id))
              }
            />
            {stream.name}
          </label>
        ))}
      </div>
    </details>
  </div>
);
