import { test } from 'vitest';
import { malformedFrame } from '../../support/hostile-frames.ts';
import { hasProcessFigures } from '../../support/process-figures.ts';
import { FRAMES, MALLORY, underFire } from '../../support/under-fire.ts';

test.skipIf(!hasProcessFigures)(
  `[DU6] ${FRAMES} malformed frames neither end the server nor disturb who works beside them`,
  () => underFire('DU6', (random) => (isLast) => malformedFrame(random, MALLORY.updates, isLast)),
);
