/**
 * `npm run dev`: the server and the client with live reload, one seeded incident, and a page that shows the app in a
 * phone's size. The seed goes the way every line goes: over the socket into the log.
 */

import { join } from 'node:path';
import { createServer, type Plugin } from 'vite';
import { createLog } from '../../server/log.ts';
import { serve } from '../../server/serve.ts';
import { MINUTE } from '../../shared/domain/time.ts';
import { checkoutOutage } from './checkout-outage.ts';
import { toConfig } from './config.ts';
import { seedIncident } from './seed.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ADDRESS = 'http://localhost:5173';
const PHONE_PAGE = `<!doctype html><title>Logline on a phone</title>
<style>
  body { margin: 0; display: grid; place-items: center; min-height: 100vh; background: #555; }
  iframe { width: 390px; height: 844px; border: 0; border-radius: 28px; background: #000; }
</style>
<iframe src="/" title="Logline"></iframe>`;

const config = toConfig({ PORT: '4400', DATA_DIR: join(ROOT, 'data', 'dev'), LOG_LEVEL: 'warn' });
const server = await serve(config, createLog(config.logLevel), null);
await seed();

const phonePage: Plugin = {
  name: 'phone-page',
  configureServer(running) {
    running.middlewares.use('/phone', (_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(PHONE_PAGE);
    });
  },
};
const vite = await createServer({
  configFile: join(ROOT, 'vite.config.ts'),
  plugins: [phonePage],
});
await vite.listen();
console.info(`Logline is at ${ADDRESS}, in a phone's size at ${ADDRESS}/phone`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await vite.close();
    await server.stop();
    process.exit(0);
  });
}

/** Once: a second start finds what the first one left. */
async function seed(): Promise<void> {
  const known = await (await fetch(new URL('/api/incidents', server.url))).json();
  if (known.rows.length > 0) return;
  await seedIncident(server.url, checkoutOutage(Date.now() - 45 * MINUTE));
}
