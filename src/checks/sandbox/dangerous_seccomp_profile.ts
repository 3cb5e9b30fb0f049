import { dockerSettingCheck } from '../_families/docker-setting.ts';

export default dockerSettingCheck({
  id: 'sandbox.dangerous_seccomp_profile',
  title: 'Sandbox runs without a system call filter',
  why: 'Without seccomp a tool in the sandbox may use any kernel call, which is how containers are escaped.',
  remedy: 'Run `openclaw config unset {key}` to get the default filter back.',
  scopes: (model) => model.dockerScopes,
  none: 'no sandbox container is configured',
  key: 'seccompProfile',
  isDangerous: (value) => value === 'unconfined',
});
