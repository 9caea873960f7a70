import { readBrokerAddress } from '../runtime/address/broker-address.js';
import type { Config } from './schema.js';

/** What is wrong with a configuration, and where. */
export interface Finding {
  readonly path: (string | number)[];
  readonly message: string;
  /** The same for those who read Russian. */
  readonly ru: string;
  /** Set where the law forbids it, whatever else is configured. */
  readonly code?: 'PRIVACY_REFUSED';
}

const duplicates = (ids: readonly string[], path: string, key = 'id'): Finding[] =>
  ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? [{ path: [path, index, key], message: `"${id}" is used twice`, ru: `«${id}» встречается дважды` }]
      : [],
  );

/** Every name a contact point may use: each stream, and each `stream/zone`. */
const viewsOf = (config: Config): Set<string> =>
  new Set(config.streams.flatMap((stream) => [stream.id, ...stream.zones.map((zone) => `${stream.id}/${zone.id}`)]));

const checkContacts = (config: Config): Finding[] => {
  const views = viewsOf(config);
  return config.contacts.flatMap((point, index) => [
    ...(['seller', 'customer'] as const).flatMap((side) =>
      views.has(point[side])
        ? []
        : [
            {
              path: ['contacts', index, side],
              message: `no stream or stream/zone is called "${point[side]}"`,
              ru: `нет камеры или зоны «${point[side]}» (точка контакта «${point.name ?? point.id}»)`,
            },
          ],
    ),
    ...(point.seller === point.customer
      ? [
          {
            path: ['contacts', index],
            message: 'seller and customer must be two different views',
            ru: 'продавец и покупатель должны быть на разных видах',
          },
        ]
      : []),
  ]);
};

/** Art. 5(1)(f) of Regulation (EU) 2024/1689: no inference of emotions at the workplace. */
const checkJurisdiction = (config: Config): Finding[] =>
  config.privacy.jurisdiction === 'eu'
    ? forbiddenInTheEu(config).map((finding) => ({ ...finding, code: 'PRIVACY_REFUSED' }))
    : [];

const forbiddenInTheEu = (config: Config): Finding[] => {
  const article = 'forbidden in the EU: AI Act (Regulation (EU) 2024/1689), Art. 5(1)(f), emotions of people at work';
  const ruArticle = 'запрещено в ЕС: AI Act (Регламент (EU) 2024/1689), ст. 5(1)(f), эмоции людей на работе';
  const wanted = config.privacy.sellerAnalytics;
  return [
    ...(wanted !== undefined && wanted !== 'off'
      ? [{ path: ['privacy', 'sellerAnalytics'], message: `"${wanted}" is ${article}`, ru: `«${wanted}» ${ruArticle}` }]
      : []),
    ...config.streams.flatMap((stream, index) => [
      ...(stream.role === 'seller'
        ? [{ path: ['streams', index, 'role'], message: `"seller" is ${article}`, ru: `роль «продавцы» ${ruArticle}` }]
        : []),
      ...stream.zones.flatMap((zone, zoneIndex) =>
        zone.role === 'seller'
          ? [
              {
                path: ['streams', index, 'zones', zoneIndex, 'role'],
                message: `"seller" is ${article}`,
                ru: `роль «продавцы» ${ruArticle}`,
              },
            ]
          : [],
      ),
    ]),
    ...config.contacts.map((_, index) => ({
      path: ['contacts', index],
      message: `a contact point reads the seller's expression, which is ${article}`,
      ru: `точка контакта читает выражение лица продавца, а это ${ruArticle}`,
    })),
  ];
};

/** A site that measures nothing of its sellers cannot have contact points. */
const checkSellerAnalytics = (config: Config): Finding[] =>
  config.privacy.sellerAnalytics !== 'off' || config.privacy.jurisdiction === 'eu'
    ? []
    : config.contacts.map((_, index) => ({
        path: ['contacts', index],
        message: 'a contact point needs privacy.sellerAnalytics "aggregate" or "on"',
        ru: 'точке контакта нужна privacy.sellerAnalytics: aggregate или on',
      }));

const checkTimeZone = (config: Config): Finding[] => {
  if (config.site.timeZone === 'auto') return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone: config.site.timeZone });
    return [];
  } catch {
    return [
      {
        path: ['site', 'timeZone'],
        message: `"${config.site.timeZone}" is not an IANA time zone`,
        ru: `«${config.site.timeZone}» — не часовой пояс IANA`,
      },
    ];
  }
};

/** The broker's address is read as the sink will read it. */
const checkBroker = ({ mqtt }: Config): Finding[] =>
  mqtt === undefined || readBrokerAddress(mqtt.url) !== null
    ? []
    : [
        {
          path: ['mqtt', 'url'],
          message: 'expected mqtt(s)://user:password@host:port (or ws, wss)',
          ru: 'нужен адрес вида mqtt(s)://имя:пароль@узел:порт (или ws, wss)',
        },
      ];

/** What a single key cannot know: unique ids, references, the law, the time zone. */
export const checkReferences = (config: Config): Finding[] => [
  ...duplicates(
    config.streams.map((stream) => stream.id),
    'streams',
  ),
  ...config.streams.flatMap((stream, index) =>
    duplicates(
      stream.zones.map((zone) => zone.id),
      'zones',
    ).map((finding) => ({ ...finding, path: ['streams', index, ...finding.path] })),
  ),
  ...duplicates(
    config.contacts.map((point) => point.id),
    'contacts',
  ),
  ...checkContacts(config),
  ...checkJurisdiction(config),
  ...checkSellerAnalytics(config),
  ...checkTimeZone(config),
  ...checkBroker(config),
];
