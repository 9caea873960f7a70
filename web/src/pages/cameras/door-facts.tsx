import type { PushDoor } from '../../../../src/contracts/service/probe-answer.js';
import { t } from '../../i18n/i18n.js';

/** From where, and with which key, a stream can be pushed to an address of ours. */
export const DoorFacts = ({ door }: { readonly door: PushDoor }) => (
  <span class="small" data-door={door.reach}>
    {[
      t(`camera.door.${door.reach}`, { networks: door.networks.join(', ') }),
      t(`camera.door.${door.key}`),
      t(door.encrypted ? 'camera.door.encrypted' : 'camera.door.open'),
    ].join('; ')}
  </span>
);
