/** Noise of one coordinate of a motion model; lengths in the caller's unit. */
export interface AxisNoise {
  /** Standard deviation of a measured position. */
  readonly measured: number;
  /** Standard deviation of the speed of a track about which nothing is known yet, per second. */
  readonly firstSpeed: number;
  /** Standard deviation the speed forgets itself towards, per second. */
  readonly speed: number;
  /** Time after which a speed is 63 % forgotten, seconds. */
  readonly memoryS: number;
}

/**
 * Kalman filter of one coordinate whose speed is an Ornstein–Uhlenbeck process. The transition is integrated exactly,
 * so that two half steps equal one whole step and the model behaves alike at 1 and 30 frames a second.
 */
export class DriftingAxis {
  private speedPerS = 0;
  private varPosition: number;
  private covariance = 0;
  private varSpeed: number;

  constructor(
    public position: number,
    private readonly noise: AxisNoise,
  ) {
    this.varPosition = noise.measured ** 2;
    this.varSpeed = noise.firstSpeed ** 2;
  }

  /** Standard deviation of the next measurement around `position`. */
  get spread(): number {
    return Math.sqrt(this.varPosition + this.noise.measured ** 2);
  }

  /** The position expected in so many seconds; the filter stays where it is. */
  ahead(seconds: number): number {
    const { memoryS } = this.noise;
    return this.position + memoryS * (1 - Math.exp(-Math.max(0, seconds) / memoryS)) * this.speedPerS;
  }

  /** Starts anew at a measured position with a measured speed, after a time without measurements. */
  restart(measured: number, speedPerS: number): void {
    this.position = measured;
    this.speedPerS = speedPerS;
    this.varPosition = this.noise.measured ** 2;
    this.covariance = 0;
    this.varSpeed = this.noise.speed ** 2;
  }

  advance(seconds: number): void {
    if (seconds <= 0) return;
    const { memoryS, speed } = this.noise;
    const keep = Math.exp(-seconds / memoryS);
    const reach = memoryS * (1 - keep);
    const drive = speed ** 2;
    this.position += reach * this.speedPerS;
    this.speedPerS *= keep;
    this.varPosition +=
      2 * reach * this.covariance +
      reach ** 2 * this.varSpeed +
      drive * memoryS * (2 * seconds - memoryS * (3 - 4 * keep + keep ** 2));
    this.covariance = keep * (this.covariance + reach * this.varSpeed) + drive * memoryS * (1 - keep) ** 2;
    this.varSpeed = keep ** 2 * this.varSpeed + drive * (1 - keep ** 2);
  }

  correct(measured: number): void {
    const innovation = measured - this.position;
    const total = this.varPosition + this.noise.measured ** 2;
    const gainPosition = this.varPosition / total;
    const gainSpeed = this.covariance / total;
    this.position += gainPosition * innovation;
    this.speedPerS += gainSpeed * innovation;
    this.varSpeed -= gainSpeed * this.covariance;
    this.covariance *= 1 - gainPosition;
    this.varPosition *= 1 - gainPosition;
  }
}
