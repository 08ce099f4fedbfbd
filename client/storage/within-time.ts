/** A database connection that the browser dropped in the background may never answer, not even with an error. */

/** A write on a slow phone takes seconds. */
export const ANSWER_MILLIS = 10_000;

/** Rejects when the work is not done in time. What it does later nobody hears of. */
export async function withinTime<T>(work: Promise<T>, millis: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer')), millis);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
