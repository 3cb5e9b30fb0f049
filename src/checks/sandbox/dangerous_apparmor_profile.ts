import { dockerSettingCheck } from '../_families/docker-setting.ts';

export default dockerSettingCheck({
  id: 'sandbox.dangerous_apparmor_profile',
  title: 'Sandbox runs without its AppArmor profile',
  why: 'Without it a tool in the sandbox may touch host interfaces that the profile keeps away.',
  remedy: 'Run `openclaw config unset {key}` to get the default profile back.',
  scopes: (model) => model.dockerScopes,
  none: 'no sandbox container is configured',
  key: 'apparmorProfile',
  isDangerous: (value) => value === 'unconfined',
});
