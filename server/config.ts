/** Settings, read from the environment once at start. A bad one refuses to start and says what to set. */

import { z } from 'zod';

const YES_NO = z.enum(['yes', 'no']);
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const schema = z.object({
  PORT: z.coerce
    .number('a whole number from 0 to 65535')
    .int('a whole number from 0 to 65535')
    .min(0, 'a whole number from 0 to 65535')
    .max(65535, 'a whole number from 0 to 65535')
    .default(4400),
  HOST: z.string().min(1, 'an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
  DATA_DIR: z.string().min(1, 'a folder the server may write to').default('./data'),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'the address people open, such as https://logline.example',
    })
    .optional(),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
  LOGLINE_OPEN: z.enum(YES_NO.options, 'yes or no').default('no'),
  LOGLINE_OWNER_TOKEN: z
    .string()
    .regex(/^[\w-]{32,128}$/, 'a secret of 32 to 128 letters, digits, - and _')
    .optional(),
});

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly publicUrl: URL | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Everybody who can reach this server is let in, for as long as nobody owns it. */
  readonly isOpen: boolean;
  /** Whoever knows it makes the first owner; null: the log has a link. */
  readonly ownerToken: string | null;
  /** Files in PEM; null: plain http. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
};

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): ConfigOutcome {
  const parsed = schema.safeParse(withoutEmpty(environment));
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        const given = name === 'LOGLINE_OWNER_TOKEN' ? '' : ` "${environment[name] ?? ''}"`;
        return `${name} is${given || ' not what it should be'}. Set it to ${message}.`;
      }),
    };
  }
  const { PORT, HOST, DATA_DIR, PUBLIC_URL, LOG_LEVEL, LOGLINE_OPEN, TLS_CERT, TLS_KEY } =
    parsed.data;
  if ((TLS_CERT === undefined) !== (TLS_KEY === undefined)) {
    const [set, missing] =
      TLS_CERT === undefined ? ['TLS_KEY', 'TLS_CERT'] : ['TLS_CERT', 'TLS_KEY'];
    return {
      ok: false,
      problems: [
        `${set} is set and ${missing} is not. Set both to files in PEM, or neither for plain http.`,
      ],
    };
  }
  const isOpen = LOGLINE_OPEN === 'yes';
  return {
    ok: true,
    config: {
      port: PORT,
      host: HOST,
      dataDir: DATA_DIR,
      publicUrl: PUBLIC_URL === undefined ? null : new URL(PUBLIC_URL),
      logLevel: LOG_LEVEL,
      isOpen,
      ownerToken: parsed.data.LOGLINE_OWNER_TOKEN ?? null,
      tls: TLS_CERT && TLS_KEY ? { certFile: TLS_CERT, keyFile: TLS_KEY } : null,
    },
  };
}

export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

/** `PORT=` in a shell script means "not set", not "the empty port". */
function withoutEmpty(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  return Object.fromEntries(entries);
}
