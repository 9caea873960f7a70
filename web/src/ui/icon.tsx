const PATHS = {
  live: 'M3 12h4l3-8 4 16 3-8h4',
  contact:
    'M8 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM16 12a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 20c0-4 2.5-6 6-6 1.6 0 3 .4 4 1.200M11 21c0-3.5 2-5.5 5-5.500s5.5 2 5.5 5.5',
  reports: 'M5 3h9l5 5v13H5zM14 3v5h5M9 17v-4M12 17v-6M15 17v-2',
  check: 'M9 4h6v3H9zM9 5H5v16h14V5h-4M8 14l3 3 5-6',
  cameras: 'M3 7h12v10H3zM15 11l6-3.500v9L15 13',
  shop: 'M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0M9 20v-5h6v5',
  terminal: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 14c1 2 2.4 3 4 3s3-1 4-3M9 9.500v.5M15 9.500v.5',
  system: 'M4 6h10M18 6h2M4 12h3M11 12h9M4 18h8M16 18h4M16 4v4M9 10v4M14 16v4',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.400M17.6 17.6 19 19M5 19l1.4-1.400M17.6 6.4 19 5',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z',
  up: 'M12 20V4M5 11l7-7 7 7',
  down: 'M12 4v16M5 13l7 7 7-7',
  flat: 'M4 9h16M4 15h16',
  exit: 'M10 4H4v16h6M14 8l4 4-4 4M18 12H8',
  expand: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  eyeOff:
    'M3 3l18 18M6.5 7C3.7 9 2 12 2 12s4 7 10 7c1.8 0 3.4-.6 4.8-1.400M10 5.200A9.6 9.6 0 0 1 12 5c6 0 10 7 10 7s-.8 1.4-2.2 3',
  plus: 'M12 5v14M5 12h14',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative line icon; the label is always text beside it or on the button. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
