import { expect, onTestFinished, test, vi } from 'vitest';
import { watchAgain } from '../../../client/storage/watch-again.ts';

test('[S25] a query that failed is asked again, and one that was ended never', () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const failures: ((cause: unknown) => void)[] = [];
  const stop = watchAgain<number>((_listener, onFailed) => {
    failures.push(onFailed);
    return () => undefined;
  })(
    () => undefined,
    () => undefined,
  );
  onTestFinished(stop);
  failures.at(-1)?.(new Error('the connection was dropped'));
  vi.advanceTimersByTime(1_000);
  expect(failures).toHaveLength(2);
  stop();
  failures.at(-1)?.(new Error('too late'));
  vi.advanceTimersByTime(60_000);
  expect(failures).toHaveLength(2);
});
