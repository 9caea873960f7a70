import { useEffect, useState } from 'preact/hooks';

/** The value as of some time ago: each change shows only once it has stood for that long. */
export const useLate = <Value>(value: Value, delayMs: number): Value => {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), delayMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, delayMs]);
  return late;
};
