import { readFileSync, readlinkSync } from 'node:fs';

/** When a process began, in ticks since the machine did, where the system says so. */
const startedAt = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; the time is the 20th field behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

/** A word for this process by which others find out whether it still runs, also when its number has been given anew. */
export const processMark = (): string => `${process.pid}-${startedAt(process.pid)}`;

/** Digits that tell the numbering of processes this one belongs to (a container has its own) from others; empty where there is one. */
export const processSpace = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '';
  }
};

const hasProcess = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Whether the process of such a word runs on this machine; what is no such word belongs to none. */
export const isRunning = (mark: string): boolean => {
  const [pid, started] = mark.split('-');
  const number = Number(pid);
  if (started === undefined || !Number.isInteger(number) || number <= 0) return false;
  return hasProcess(number) && startedAt(number) === started;
};
