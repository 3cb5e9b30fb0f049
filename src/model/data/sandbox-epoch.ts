/** The value of the label `openclaw.browserConfigEpoch` that each era gives its sandbox browser containers. */
export function sandboxBrowserEpoch(secondEra: boolean): string {
  return secondEra ? '2026-05-12-cdp-relay-auth' : '2026-02-28-no-sandbox-env';
}
