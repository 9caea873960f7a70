import { readFileSync } from 'node:fs';

/** Descriptors that are open while no camera is, with a browser or two. */
const BASE_FILES = 256;
/** Pipes of a decoder, its relay and what opens it. */
const FILES_PER_CAMERA = 8;

/** Fewer do not even load the program. */
export const LEAST_FILES = BASE_FILES;

/** Descriptors that a service with so many cameras needs, clients of the live views apart. */
export const neededFiles = (cameras: number): number => BASE_FILES + FILES_PER_CAMERA * cameras;

/** How many files and sockets this process may have open; Infinity where nobody says so. */
export const openFilesLimit = (): number => {
  try {
    // Node has raised the soft limit to the hard one.
    const text = /^Max open files +(\d+|unlimited) +(\d+|unlimited)/m.exec(
      readFileSync('/proc/self/limits', 'utf8'),
    )?.[2];
    return text === undefined || text === 'unlimited' ? Infinity : Number(text);
  } catch {
    return Infinity;
  }
};
