import { dockerSettingCheck, isSharedNetwork } from '../_families/docker-setting.ts';

export default dockerSettingCheck({
  id: 'sandbox.browser_network_mode',
  title: 'Sandbox browser shares a network it must not share',
  why: 'A web page in that browser reaches everything that listens on the host or in the other container.',
  remedy: 'Run `openclaw config unset {key}` to use the network made for it.',
  scopes: (model) => model.sandboxBrowserScopes,
  none: 'no sandbox browser is configured',
  key: 'network',
  isDangerous: isSharedNetwork,
});
