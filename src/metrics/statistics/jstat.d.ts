/** The few distributions that are used; the package brings no types of its own. */
declare module 'jstat' {
  interface Distribution<Parameters extends readonly number[]> {
    cdf(x: number, ...parameters: Parameters): number;
    inv(p: number, ...parameters: Parameters): number;
  }
  const jStat: {
    readonly studentt: Distribution<[df: number]>;
    readonly chisquare: Distribution<[df: number]>;
    readonly binomial: { cdf(k: number, n: number, p: number): number };
  };
  export default jStat;
}
