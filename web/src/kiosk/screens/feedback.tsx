import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { OwnDevice } from '../../../../src/contracts/service/device.js';
import { click } from '../click.js';
import { Face, looksOf } from '../faces.js';
import { gradesOf, isLow, type Grade, type Pressed } from '../facts/press.js';
import { takeFreshPage } from '../keep-page.js';
import type { Kiosk } from '../kiosk.js';
import { language, t } from '../words.js';

const THANKS_MS = 3000;
/** A second touch in the same movement does not send the thanks away. */
const DOUBLE_MS = 700;
const LONGEST_TEXT = 1000;

/** Where the customer is. What they said so far is on disk. */
type Step =
  | { readonly at: 'faces' }
  | { readonly at: 'reasons' | 'message'; readonly pressed: Pressed }
  | { readonly at: 'thanks'; readonly sinceMs: number };

const FACES: Step = { at: 'faces' };
const thanks = (): Step => ({ at: 'thanks', sinceMs: performance.now() });

/** Goes back when nothing is touched for a while. */
const useIdle = (isAway: boolean, afterMs: number, back: () => void): void => {
  useEffect(() => {
    if (!isAway) return undefined;
    let timer = setTimeout(back, afterMs);
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(back, afterMs);
    };
    const kinds = ['pointerdown', 'keydown', 'input'] as const;
    for (const kind of kinds) addEventListener(kind, again);
    return () => {
      clearTimeout(timer);
      for (const kind of kinds) removeEventListener(kind, again);
    };
  }, [isAway, afterMs, back]);
};

interface FeedbackProps {
  readonly kiosk: Kiosk;
  readonly device: OwnDevice;
}

/** The faces, the reason, the message, the thanks. */
export const Feedback = ({ kiosk, device }: FeedbackProps) => {
  const { settings } = device;
  const { reasons, message, question, reasonQuestion, languages, sound, idleSeconds } = settings;
  const [step, setStep] = useState<Step>(FACES);
  const [isBroken, setBroken] = useState(false);
  const isBusy = useRef(false);
  const own = languages[0] ?? 'ru';
  const back = useCallback(() => {
    setStep(FACES);
    language.value = own;
    takeFreshPage();
  }, [own]);
  useEffect(() => {
    if (!languages.includes(language.value)) language.value = own;
  }, [languages, own]);
  useIdle(step.at !== 'faces' || language.value !== own, step.at === 'thanks' ? THANKS_MS : idleSeconds * 1000, back);

  /** Nobody is thanked before what they said is on disk; what cannot be kept is said. */
  const keep = (work: Promise<Pressed>, next: (pressed: Pressed) => Step): void => {
    if (isBusy.current) return;
    isBusy.current = true;
    if (sound) click();
    work
      .then(
        (pressed) => {
          setBroken(false);
          setStep(next(pressed));
        },
        () => setBroken(true),
      )
      .finally(() => {
        isBusy.current = false;
      });
  };
  const press = (grade: Grade): void => {
    if (isBusy.current) return;
    keep(kiosk.press(grade, device), (pressed) => {
      if (!isLow(grade)) return thanks();
      if (reasons.length > 0) return { at: 'reasons', pressed };
      return message ? { at: 'message', pressed } : thanks();
    });
  };
  const afterReason = (pressed: Pressed): Step => (message ? { at: 'message', pressed } : thanks());
  const go = (next: Step): void => {
    if (sound) click();
    setStep(next);
  };

  return (
    <main
      class="screen"
      data-screen={step.at}
      onClick={() => {
        if (step.at === 'thanks' && performance.now() - step.sinceMs > DOUBLE_MS) back();
      }}
    >
      {languages.length > 1 && step.at !== 'thanks' && (
        <button
          type="button"
          class="plain language"
          lang={language.value === 'ru' ? 'en' : 'ru'}
          onClick={() => (language.value = language.value === 'ru' ? 'en' : 'ru')}
        >
          {t('language')}
        </button>
      )}
      {step.at === 'faces' && (
        <>
          <h1>{question?.[language.value] ?? t('question')}</h1>
          <div class="faces" data-n={settings.scale}>
            {looksOf(gradesOf(settings.scale)).map(({ grade, word, ...look }) => (
              <button
                type="button"
                key={word}
                class="face"
                aria-label={t(word)}
                data-grade={grade}
                onClick={() => press(grade)}
              >
                <Face {...look} />
              </button>
            ))}
          </div>
        </>
      )}
      {step.at === 'reasons' && (
        <>
          <h1>{reasonQuestion?.[language.value] ?? t('reason')}</h1>
          <div class="choices">
            {reasons.map(({ id, name }) => (
              <button
                type="button"
                key={id}
                class="plain"
                data-reason={id}
                onClick={() => keep(kiosk.add(step.pressed, { reason: id }), afterReason)}
              >
                {name[language.value]}
              </button>
            ))}
          </div>
          <button type="button" class="plain quiet" data-skip onClick={() => go(afterReason(step.pressed))}>
            {t('skip')}
          </button>
        </>
      )}
      {step.at === 'message' && (
        <Message onSend={(text) => keep(kiosk.add(step.pressed, { text }), thanks)} onSkip={() => go(thanks())} />
      )}
      {step.at === 'thanks' && (
        <div class="middle" role="status">
          <h1>{t('thanks')}</h1>
          <p>{t('thanks.detail')}</p>
        </div>
      )}
      <Foot kiosk={kiosk} isBroken={isBroken} />
    </main>
  );
};

interface MessageProps {
  readonly onSend: (text: string) => void;
  readonly onSkip: () => void;
}

const Message = ({ onSend, onSkip }: MessageProps) => {
  const [text, setText] = useState('');
  const isEmpty = text.trim() === '';
  return (
    <>
      <h1>{t('message')}</h1>
      <p>{t('message.private')}</p>
      <textarea
        aria-label={t('message.label')}
        maxLength={LONGEST_TEXT}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div class="choices">
        <button type="button" class="plain" data-send disabled={isEmpty} onClick={() => onSend(text.trim())}>
          {t('message.send')}
        </button>
        <button type="button" class="plain quiet" data-skip onClick={onSkip}>
          {t('skip')}
        </button>
      </div>
    </>
  );
};

/** What staff should see: what waits, and what was refused. */
const Foot = ({ kiosk, isBroken }: { readonly kiosk: Kiosk; readonly isBroken: boolean }) => {
  const { waiting, aside } = kiosk.counts.value;
  const isOffline = kiosk.link.value === 'offline';
  return (
    <p class="foot" data-waiting={waiting} data-aside={aside} data-link={kiosk.link.value}>
      {isBroken && <strong class="bad">{t('storage.title')}</strong>}
      {isOffline && waiting > 0 && <span>{t('unsent', waiting)}</span>}
      {aside > 0 && <span>{t('aside', aside)}</span>}
    </p>
  );
};
