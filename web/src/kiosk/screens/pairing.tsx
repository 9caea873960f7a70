import { useState } from 'preact/hooks';
import { Refusal } from '../facts/service.js';
import type { Kiosk } from '../kiosk.js';
import { language, t, type Word } from '../words.js';

const LENGTH = 6;
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

const reasonOf = (error: unknown): Word => {
  const status = error instanceof Refusal ? error.status : 0;
  if (status === 429) return 'pair.throttled';
  return status >= 400 && status < 500 ? 'pair.wrong' : 'pair.unreachable';
};

interface PairingProps {
  readonly kiosk: Kiosk;
  readonly onPaired: () => void;
  /** null: there is nothing to go back to. */
  readonly onBack: (() => void) | null;
}

/** A pad for the PIN; the sixth digit sends it. */
export const Pairing = ({ kiosk, onPaired, onBack }: PairingProps) => {
  const [pin, setPin] = useState('');
  const [trouble, setTrouble] = useState<Word | null>(null);
  const isBusy = pin.length === LENGTH;
  const enter = (digit: string): void => {
    if (isBusy) return;
    const next = pin + digit;
    setTrouble(null);
    setPin(next);
    if (next.length < LENGTH) return;
    kiosk.pair(next).then(onPaired, (error: unknown) => {
      setTrouble(reasonOf(error));
      setPin('');
    });
  };
  return (
    <main class="screen pairing" data-screen="pairing">
      <div class="words">
        <h1>{t('pair.title')}</h1>
        <p class={trouble === null ? '' : 'bad'} role="status">
          {trouble !== null ? t(trouble) : isBusy ? t('pair.busy') : t('pair.how')}
        </p>
        <p class="digits" role="img" aria-label={t('pair.entered', pin.length)}>
          {Array.from({ length: LENGTH }, (_, at) => (at < pin.length ? '●' : '○')).join(' ')}
        </p>
      </div>
      <div class="pad">
        {DIGITS.map((digit) => (
          <button type="button" key={digit} class="plain" disabled={isBusy} onClick={() => enter(digit)}>
            {digit}
          </button>
        ))}
        <button
          type="button"
          class="plain"
          aria-label={t('pair.clear')}
          disabled={isBusy}
          onClick={() => setPin(pin.slice(0, -1))}
        >
          ⌫
        </button>
        {onBack === null ? (
          <button
            type="button"
            class="plain small"
            lang={language.value === 'ru' ? 'en' : 'ru'}
            onClick={() => (language.value = language.value === 'ru' ? 'en' : 'ru')}
          >
            {t('language')}
          </button>
        ) : (
          <button type="button" class="plain small" disabled={isBusy} onClick={onBack}>
            {t('pair.back')}
          </button>
        )}
      </div>
    </main>
  );
};
