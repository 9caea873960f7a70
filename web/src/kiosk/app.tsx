import { useEffect, useState } from 'preact/hooks';
import type { Kiosk } from './kiosk.js';
import { Feedback } from './screens/feedback.js';
import { Notice } from './screens/notice.js';
import { Pairing } from './screens/pairing.js';
import { t } from './words.js';

/** What the tablet shows: pairing, the faces, or why there are none. */
export const App = ({ kiosk }: { readonly kiosk: Kiosk | null }) => {
  const [isPairing, setPairing] = useState(false);
  const link = kiosk?.link.value;
  useEffect(() => {
    if (link === 'online') setPairing(false);
  }, [link]);
  if (kiosk === null) return <Notice title={t('storage.title')} detail={t('storage.detail')} />;
  if (!kiosk.isPaired.value || isPairing)
    return (
      <Pairing kiosk={kiosk} onPaired={() => setPairing(false)} onBack={isPairing ? () => setPairing(false) : null} />
    );
  if (link === 'revoked')
    return (
      <Notice title={t('revoked.title')} detail={t('revoked.detail')} name="revoked">
        <button type="button" class="plain" onClick={() => setPairing(true)}>
          {t('revoked.again')}
        </button>
      </Notice>
    );
  const device = kiosk.device.value;
  if (device === null) return <Notice title={t('wait.first')} />;
  return <Feedback key={device.id} kiosk={kiosk} device={device} />;
};
