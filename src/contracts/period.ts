/** Half-open period [fromTs, toTs), epoch ms UTC. */
export interface Period {
  readonly fromTs: number;
  readonly toTs: number;
}
