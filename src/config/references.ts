import { COUNTER_ROLE } from '../contracts/role.js';
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

/** What a place says that sees it, or what is served there, has to be there. */
const checkPlaces = (config: Config): Finding[] => {
  const views = viewsOf(config);
  const points = new Set(config.contacts.map(({ id }) => id));
  return config.places.flatMap(({ id, name, views: own = [], contact }, index) => [
    ...own.flatMap((view, at) =>
      views.has(view)
        ? []
        : [
            {
              path: ['places', index, 'views', at],
              message: `no stream or stream/zone is called "${view}"`,
              ru: `нет камеры или зоны «${view}» (место «${name}»)`,
            },
          ],
    ),
    ...(contact === undefined || points.has(contact)
      ? []
      : [
          {
            path: ['places', index, 'contact'],
            message: `no contact point is called "${contact}" (place "${id}")`,
            ru: `нет точки контакта «${contact}» (место «${name}»)`,
          },
        ]),
  ]);
};

/** Points closer than this on a picture's side are a slip of the hand and no line. */
const SHORTEST_LINE = 0.02;

interface LineProblem extends Omit<Finding, 'path'> {
  readonly key: 'line' | 'zones';
}

const lineProblem = ({ role, line, zones }: Config['streams'][number]): LineProblem | null => {
  if (role !== COUNTER_ROLE) {
    if (line === null) return null;
    return {
      key: 'line',
      message: `a line is for role "counter" alone; the role here is "${role}"`,
      ru: `линия нужна только счётчику (роль counter), а здесь роль «${role}»`,
    };
  }
  if (line === null)
    return {
      key: 'line',
      message: 'a counter needs a line: two points, as [[0, 0.5], [1, 0.5]]',
      ru: 'счётчику нужна линия: две точки, например [[0, 0.5], [1, 0.5]]',
    };
  const [[x1, y1], [x2, y2]] = line;
  if (Math.hypot(x2 - x1, y2 - y1) < SHORTEST_LINE)
    return {
      key: 'line',
      message: 'the two points of the line are the same place',
      ru: 'обе точки линии — одно и то же место',
    };
  if (zones.length > 0)
    return {
      key: 'zones',
      message: 'a counter has a line and no zones: it looks for no faces',
      ru: 'у счётчика есть линия, а зон нет: лиц он не ищет',
    };
  return null;
};

/** A counter has a line, and nothing else has one. */
const checkLines = (config: Config): Finding[] =>
  config.streams.flatMap((stream, index) => {
    const problem = lineProblem(stream);
    if (problem === null) return [];
    const { key, ...finding } = problem;
    return [{ ...finding, path: ['streams', index, key] }];
  });

/** A contact point reads faces, which a counter does not look for. */
const checkCounterContacts = (config: Config): Finding[] => {
  const counters = new Set(config.streams.filter(({ role }) => role === COUNTER_ROLE).map(({ id }) => id));
  return config.contacts.flatMap((point, index) =>
    (['seller', 'customer'] as const)
      .filter((side) => counters.has(point[side]))
      .map((side) => ({
        path: ['contacts', index, side],
        message: `"${point[side]}" is a counter, which looks for no faces`,
        ru: `«${point[side]}» — счётчик, лиц он не ищет`,
      })),
  );
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
  ...duplicates(
    config.places.map((place) => place.id),
    'places',
  ),
  ...duplicates(
    config.factors.map((factor) => factor.id),
    'factors',
  ),
  ...duplicates(
    config.employees.map((employee) => employee.id),
    'employees',
  ),
  ...checkPlaces(config),
  ...checkLines(config),
  ...checkContacts(config),
  ...checkCounterContacts(config),
  ...checkJurisdiction(config),
  ...checkSellerAnalytics(config),
  ...checkTimeZone(config),
  ...checkBroker(config),
];
