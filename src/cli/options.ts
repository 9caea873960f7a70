import { InvalidArgumentError, Option } from 'commander';

/** Reads a number of a range; commander says the complaint. */
export const numberBetween = (low: number, high: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high)) {
    throw new InvalidArgumentError(`expected a number from ${low} to ${high}`);
  }
  return value;
};

/** Which configuration a command reads. */
export const configOption = (): Option => new Option('--config <file>', 'configuration file (default: emoscope.yaml)');

/** Items of a comma-separated list. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
