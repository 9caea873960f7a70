/** Runs at once; a throw becomes a rejection. */
export const attempt = (work: () => void): Promise<void> =>
  new Promise((resolve) => {
    work();
    resolve();
  });
