import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmdirSync, unlinkSync } from 'node:fs';
import { Socket, type ConnectOpts, type SocketConstructorOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The end of a pipe that is read; ends when nobody holds the other end any more. */
export interface PicturePipe {
  /** Descriptor for the process that writes; to be closed here once that process has it. */
  readonly writeFd: number;
  /** Gives each piece to `onBytes`, which must not keep it: the next one comes in the same memory. */
  read(onBytes: (bytes: Buffer) => void): Socket;
}

const NAME = 'pictures';
/** What a pipe of Linux holds. */
const CHUNK_BYTES = 64 * 1024;

/**
 * A pipe that this process reads into one buffer for good. The pipes of `child_process` take fresh memory for every
 * 64 KiB, outside the collector's heap but on its bill: at 60 MB of pictures a second it collected the whole heap
 * four times a second. null where no pipe can be made (no `mkfifo`, no room for its name).
 */
export const openPicturePipe = (): PicturePipe | null => {
  let folder: string | null = null;
  let readFd: number | null = null;
  try {
    folder = mkdtempSync(join(tmpdir(), 'emoscope-pipe-'));
    const name = join(folder, NAME);
    if (spawnSync('mkfifo', ['-m', '600', name], { stdio: 'ignore' }).status !== 0) return null;
    // Without O_NONBLOCK this would wait for a writer.
    readFd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
    const fd = readFd;
    return {
      writeFd: openSync(name, constants.O_WRONLY),
      read: (onBytes) => reader(fd, onBytes),
    };
  } catch {
    if (readFd !== null) closeSync(readFd);
    return null;
  } finally {
    // Only the name goes; both ends are open.
    if (folder !== null) removeName(folder);
  }
};

/** By calls that open nothing: where no descriptor is left, an error here would leave both ends open for good. */
const removeName = (folder: string): void => {
  try {
    unlinkSync(join(folder, NAME));
  } catch {
    // It was never made.
  }
  try {
    rmdirSync(folder);
  } catch {
    // Swept by the system's own cleaning of temporary files.
  }
};

const reader = (fd: number, onBytes: (bytes: Buffer) => void): Socket => {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  // The constructor takes `onread` too, which the types of Node 20 leave out.
  const options: SocketConstructorOpts & ConnectOpts = {
    fd,
    writable: false,
    onread: {
      buffer,
      callback: (bytes) => {
        onBytes(buffer.subarray(0, bytes));
        return true;
      },
    },
  };
  return new Socket(options).on('error', () => undefined).resume();
};
