/** Bodies of requests as JSON Schema: whatever is not named is refused, and what is refused says why. */

const CLOSED = { type: 'object', additionalProperties: false } as const;

export const NAME = { type: 'string', minLength: 1, maxLength: 60 } as const;
export const PERSON = { type: ['string', 'null'], pattern: '^[0-9a-hjkmnp-tv-z]{10}$' } as const;
export const SECRET = { type: 'string', pattern: '^[\\w-]{32,128}$' } as const;
export const CODE = { type: 'string', minLength: 8, maxLength: 20 } as const;
export const INCIDENT = { type: 'string', pattern: '^[0-9a-hjkmnp-tv-z]{22}$' } as const;
export const ROLE = { enum: ['owner', 'responder', 'viewer'] } as const;
export const NOTHING = { ...CLOSED, properties: {} } as const;

export const RENAME = { ...CLOSED, required: ['name'], properties: { name: NAME } } as const;

export const CLAIM = {
  ...CLOSED,
  required: ['secret', 'name', 'person'],
  properties: { secret: SECRET, name: NAME, person: PERSON },
} as const;

const BY = { oneOf: [{ required: ['secret'] }, { required: ['code'] }] } as const;

export const LOOK = { ...CLOSED, ...BY, properties: { secret: SECRET, code: CODE } } as const;

export const JOIN = {
  ...CLOSED,
  ...BY,
  required: ['name', 'person'],
  properties: { secret: SECRET, code: CODE, name: NAME, person: PERSON },
} as const;

export const WISH = {
  type: 'object',
  required: ['for'],
  oneOf: [
    {
      ...CLOSED,
      required: ['for', 'role'],
      properties: { for: { const: 'workspace' }, role: ROLE },
    },
    {
      ...CLOSED,
      required: ['for', 'incident', 'right', 'hours'],
      properties: {
        for: { const: 'incident' },
        incident: INCIDENT,
        right: { enum: ['view', 'log'] },
        hours: { type: 'integer', minimum: 1, maximum: 336 },
      },
    },
    { ...CLOSED, required: ['for'], properties: { for: { const: 'device' } } },
    {
      ...CLOSED,
      required: ['for', 'account'],
      properties: {
        for: { const: 'account' },
        account: { type: 'string', pattern: '^[\\w-]{22}$' },
      },
    },
  ],
} as const;

export const TOKEN = {
  ...CLOSED,
  required: ['name', 'incident', 'right'],
  properties: {
    name: NAME,
    incident: { ...INCIDENT, type: ['string', 'null'] },
    right: { enum: ['view', 'log'] },
  },
} as const;

const BYTES = { type: 'string', pattern: '^[\\w-]*$', maxLength: 16_384 } as const;
const CREDENTIAL = {
  id: { ...BYTES, minLength: 16, maxLength: 1_400 },
  rawId: { ...BYTES, minLength: 16, maxLength: 1_400 },
  type: { const: 'public-key' },
  authenticatorAttachment: { enum: ['platform', 'cross-platform', null] },
  clientExtensionResults: { type: 'object', maxProperties: 8 },
} as const;

/** What `navigator.credentials.create` gave, as JSON. */
export const ATTESTED = {
  ...CLOSED,
  required: ['id', 'rawId', 'type', 'response', 'clientExtensionResults'],
  properties: {
    ...CREDENTIAL,
    response: {
      ...CLOSED,
      required: ['clientDataJSON', 'attestationObject'],
      properties: {
        clientDataJSON: BYTES,
        attestationObject: BYTES,
        authenticatorData: BYTES,
        publicKey: BYTES,
        publicKeyAlgorithm: { type: 'integer' },
        transports: { type: 'array', maxItems: 8, items: { type: 'string', maxLength: 16 } },
      },
    },
  },
} as const;

/** What `navigator.credentials.get` gave, and what it was asked by. */
export const ASSERTED = {
  ...CLOSED,
  required: ['id', 'response'],
  properties: {
    id: { type: 'string', pattern: '^[\\w-]{22}$' },
    response: {
      ...CLOSED,
      required: ['id', 'rawId', 'type', 'response', 'clientExtensionResults'],
      properties: {
        ...CREDENTIAL,
        response: {
          ...CLOSED,
          required: ['clientDataJSON', 'authenticatorData', 'signature'],
          properties: {
            clientDataJSON: BYTES,
            authenticatorData: BYTES,
            signature: BYTES,
            userHandle: { type: ['string', 'null'], pattern: '^[\\w-]*$', maxLength: 128 },
          },
        },
      },
    },
  },
} as const;

export const SENSITIVE = {
  ...CLOSED,
  required: ['isSensitive'],
  properties: { isSensitive: { type: 'boolean' } },
} as const;

export const RIGHT = {
  ...CLOSED,
  required: ['right'],
  properties: { right: { enum: ['view', 'log', null] } },
} as const;

export const CHANGE = {
  ...CLOSED,
  oneOf: [{ required: ['role'] }, { required: ['isSuspended'] }],
  properties: { role: ROLE, isSuspended: { type: 'boolean' } },
} as const;
