import type { Problem } from '@/api/types';

/** The API refused the request; the problem says why. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  /** The last part of the problem's type, such as `insufficient-stock`. */
  get reason(): string {
    return this.problem.type.split(/[:/#]/).at(-1) ?? '';
  }
}

/** No usable answer: the network failed, the request timed out, or the service is down or busy. */
export class Unavailable extends Error {
  readonly retryAfterMs: number;

  constructor(retryAfterMs = 0, options?: ErrorOptions) {
    super('The shop cannot be reached.', options);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The service limits the rate of these requests. */
export class TooManyRequests extends Unavailable {}

export function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'type' in body && 'status' in body;
}
