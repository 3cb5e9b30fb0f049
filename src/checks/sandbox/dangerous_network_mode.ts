import { dockerSettingCheck, isSharedNetwork } from '../_families/docker-setting.ts';

export default dockerSettingCheck({
  id: 'sandbox.dangerous_network_mode',
  title: 'Sandbox shares a network it must not share',
  why: 'On the host network the sandbox reaches everything that listens on this machine; in the network of another container it acts as that container.',
  remedy: 'Run `openclaw config set {key} none`, or name a network of its own.',
  scopes: (model) => model.dockerScopes,
  none: 'no sandbox container is configured',
  key: 'network',
  isDangerous: isSharedNetwork,
});
