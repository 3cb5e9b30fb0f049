import type { ChannelSpec } from '../spec.ts';

/** Matrix. */
export const matrix: ChannelSpec = {
  id: 'matrix',
  label: 'Matrix',
  dmPolicy: [['dm', 'policy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['dm', 'allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: 'allowlist',
  groups: 'rooms',
  configured: {
    all: [
      { key: 'homeserver', env: 'MATRIX_HOMESERVER' },
      {
        any: [
          { key: 'accessToken', env: 'MATRIX_ACCESS_TOKEN' },
          {
            all: [
              { key: 'userId', env: 'MATRIX_USER_ID' },
              { key: 'password', env: 'MATRIX_PASSWORD' },
            ],
          },
          { file: '{state}/credentials/matrix/credentials.json' },
        ],
      },
    ],
  },
  identity: { strip: [['matrix:', 'user:']], lower: true },
};
