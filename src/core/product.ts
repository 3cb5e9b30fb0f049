/** Version of openclaw-security; `npm run generate` keeps it equal to package.json. */
export const PRODUCT_VERSION = '0.1.0';

/** Name of the program. */
export const PRODUCT_NAME = 'openclaw-security';
