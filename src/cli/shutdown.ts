/** Calls `act` on every SIGHUP, by which service managers ask for the configuration to be read again. */
export const onReloadSignal = (act: () => void): void => void process.on('SIGHUP', act);

/**
 * Resolves on the first SIGINT or SIGTERM; a second one ends the process at once with the signal's code.
 * Returns the name of the signal.
 */
export const untilSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
      asked = true;
      resolve(signal);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
